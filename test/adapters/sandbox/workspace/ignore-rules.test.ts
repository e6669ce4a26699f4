import { execFileSync, spawnSync } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { createIgnoreRules } from "../../../../src/adapters/sandbox/workspace/ignore-rules.ts";
import { cases } from "../../../cases.ts";

describe("createIgnoreRules", () => {
  const rules = createIgnoreRules([
    { directory: "a/b", text: "!keep.log\n/only\n" },
    { directory: "", text: "# comment\nnode_modules/\n*.log\n/dist\n!important.log\r\n" },
    { directory: "a", text: "deep/file\n  \n\\#odd\n" },
    { directory: "we[i]rd *", text: "x\n" },
  ]);

  test.each([
    ["node_modules/", true],
    ["node_modules", false],
    ["a/node_modules/", true],
    ["x.log", true],
    ["a/x.log", true],
    ["a/b/keep.log", false],
    ["a/keep.log", true],
    ["important.log", false],
    ["dist/", true],
    ["a/dist/", false],
    ["a/b/only", true],
    ["a/b/c/only", false],
    ["only", false],
    ["a/deep/file", true],
    ["a/c/deep/file", false],
    ["a/#odd", true],
    ["we[i]rd */x", true],
    ["weird */x", false],
    ["# comment", false],
    ["X.LOG", false],
    ["../outside", false],
  ])("%s: %s", (path, expected) => {
    expect(rules(path)).toBe(expected);
  });
});

describe("git agrees", () => {
  let folder: string;
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), "ignore-"));
    execFileSync("git", ["init", "-q"], { cwd: folder });
  });
  afterAll(() => rmSync(folder, { recursive: true }));

  const name = fc.constantFrom("a", "b", "build", "x.log", "y");
  const directory = fc.constantFrom("", "a", "a/b", "b");
  const pattern = fc
    .tuple(
      fc.constantFrom("", "", "!"),
      fc.constantFrom("", "/", "**/"),
      fc.array(fc.oneof(name, fc.constantFrom("*", "*.log", "?", "[ab]")), {
        minLength: 1,
        maxLength: 3,
      }),
      fc.constantFrom("", "/", "/**"),
    )
    .map(([negation, start, middle, end]) => `${negation}${start}${middle.join("/")}${end}`);
  const files = fc.uniqueArray(
    fc.record({
      directory,
      text: fc.array(pattern, { maxLength: 4 }).map((all) => all.join("\n")),
    }),
    { selector: ({ directory }) => directory, maxLength: 3 },
  );
  const path = fc.array(name, { minLength: 1, maxLength: 4 }).map((parts) => parts.join("/"));

  test("about which files are left out, for random rules in nested folders", () => {
    fc.assert(
      fc.property(files, fc.uniqueArray(path, { minLength: 1, maxLength: 6 }), (rules, paths) => {
        execFileSync("bash", ["-c", "rm -rf -- *  .gitignore"], { cwd: folder });
        for (const { directory, text } of rules) {
          mkdirSync(join(folder, directory), { recursive: true });
          writeFileSync(join(folder, directory, ".gitignore"), text);
        }
        const isIgnored = createIgnoreRules(rules);
        // A path that is a folder of the fixture is asked by git as a folder.
        for (const file of paths.filter((path) => !existsSync(join(folder, path)))) {
          const { status } = spawnSync("git", ["check-ignore", "-q", "--no-index", "--", file], {
            cwd: folder,
          });
          // As the walk asks: a folder that is left out is not entered.
          const folders = file
            .split("/")
            .slice(0, -1)
            .map((_, index, all) => `${all.slice(0, index + 1).join("/")}/`);
          const ours = folders.some(isIgnored) || isIgnored(file);
          expect({ file, rules, ignored: ours }).toEqual({ file, rules, ignored: status === 0 });
        }
      }),
      cases(60),
    );
  });
});
