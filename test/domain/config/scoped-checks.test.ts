import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Check } from "../../../src/domain/config/check.ts";
import { readConfig } from "../../../src/domain/config/read-config.ts";
import { Config } from "../../../src/domain/config/schema.ts";
import { checksFor, partsOf, scopesOf } from "../../../src/domain/config/scoped-checks.ts";
import { faultsOfConfig } from "./faults.ts";

const { checks: CHECKS } = Config.parse({
  checks: {
    setup: "npm ci",
    format: { run: "prettier", paths: ["docs/**"] },
    lint: "biome",
    test: [
      { run: "test money", paths: ["packages/money/**"], report: "money.xml" },
      { run: "test basket", paths: ["packages/{basket,money}/**"], report: "basket.xml" },
      { run: "test web", paths: ["packages/web/**"], report: "web.xml" },
    ],
    build: [{ run: "build web", paths: ["packages/web/**"] }],
  },
});

function runsFor(...paths: readonly string[]): readonly string[] {
  const found = Object.values(checksFor(CHECKS, paths));
  return found.flatMap((check) => partsOf(check).map(({ run }) => run));
}

const ALL = Object.values(CHECKS).flatMap((check) => partsOf(check).map(({ run }) => run));

describe("a change has to pass", () => {
  test.each<readonly [string, readonly string[], readonly string[]]>([
    [
      "a package that another needs",
      ["packages/money/src/a.ts"],
      ["npm ci", "biome", "test money", "test basket"],
    ],
    ["a package alone", ["packages/basket/a.ts"], ["npm ci", "biome", "test basket"]],
    [
      "two packages",
      ["packages/basket/a.ts", "packages/web/b.ts"],
      ["npm ci", "biome", "test basket", "test web", "build web"],
    ],
    [
      "another spelling of a package",
      ["Packages/WEB/a.ts"],
      ["npm ci", "biome", "test web", "build web"],
    ],
    ["what a scope of another check names", ["docs/a.md"], ["npm ci", "prettier", "biome"]],
    ["a file that belongs to no package", ["tsconfig.json"], ALL],
    ["one of them beside a package", ["packages/web/b.ts", "package.json"], ALL],
    ["nobody knows what", [], ALL],
  ])("the checks of %s", (_title, paths, expected) => {
    expect(runsFor(...paths)).toEqual(expected);
  });

  test("one command alone is a check as it would stand without a list", () => {
    const { test } = checksFor(CHECKS, ["packages/web/b.ts"]);
    expect(test).toMatchObject({ run: "test web", paths: ["packages/web/**"] });
  });
});

describe("narrowing", () => {
  const path = fc.constantFrom(
    ...["packages/money/a.ts", "packages/basket/b.ts", "packages/web/c.ts", "docs/d.md", "e.ts"],
  );
  const paths = fc.uniqueArray(path, { minLength: 1 });
  const runs = (...of: readonly string[]) => new Set(runsFor(...of));

  test("never leaves out what one of the paths alone asks for", () => {
    fc.assert(
      fc.property(paths, (some) => {
        const together = runs(...some);
        for (const one of some) for (const run of runs(one)) expect(together).toContain(run);
      }),
    );
  });

  test("never leaves out a check without a scope, nor brings one that the config has not", () => {
    fc.assert(
      fc.property(paths, (some) => {
        expect([...runs(...some)]).toEqual(expect.arrayContaining(["npm ci", "biome"]));
        expect(ALL).toEqual(expect.arrayContaining([...runs(...some)]));
      }),
    );
  });

  test("a second time changes nothing", () => {
    fc.assert(
      fc.property(paths, (some) => {
        const once = checksFor(CHECKS, some);
        expect(checksFor(once, some)).toEqual(once);
      }),
    );
  });
});

describe("what a run is about", () => {
  test.each<readonly [string, Check | undefined, readonly string[]]>([
    ["everything", CHECKS.lint, []],
    ["one scope", CHECKS.format, ["docs/**"]],
    ["everything beside a scope", [{ run: "a" }, { run: "b", paths: ["b/**"] }], ["**", "b/**"]],
  ])("%s", (_title, check, expected) => {
    expect(scopesOf(check ?? [])).toEqual(expected);
  });
});

describe("a scope in a config", () => {
  test("is read as it was written, and a second time alike", () => {
    const read = readConfig({ checks: { lint: [{ run: "x", paths: ["a/**"] }, { run: "y" }] } });
    if ("faults" in read) throw new Error(JSON.stringify(read.faults));
    expect(partsOf(read.config.checks.lint).map(({ paths }) => paths)).toEqual([
      ["a/**"],
      undefined,
    ]);
    expect(Config.parse(JSON.parse(JSON.stringify(read.config)))).toEqual(read.config);
  });

  test.each([
    [
      "setup prepares the base, for every change",
      { setup: { run: "x", paths: ["a/**"] } },
      'checks.setup.paths: unknown key "paths"',
    ],
    [
      "a path outside",
      { lint: { run: "x", paths: ["../a"] } },
      "checks.lint.paths.0: expected a path or a glob below the root",
    ],
    [
      "a negation",
      { lint: { run: "x", paths: ["!a/**"] } },
      "checks.lint.paths.0: expected a path or a glob below the root",
    ],
    ["no path", { lint: { run: "x", paths: [] } }, "checks.lint.paths: expected at least 1 entry"],
    ["no command", { lint: [] }, "checks.lint: expected at least 1 entry"],
    [
      "tests alone without a report",
      { test: [{ run: "x", only: 'x "$@"' }] },
      "checks.test.0.only: needs a report",
    ],
  ])("is refused: %s", (_title, checks, expected) => {
    expect(faultsOfConfig({ checks }).join("\n")).toContain(expected);
  });
});
