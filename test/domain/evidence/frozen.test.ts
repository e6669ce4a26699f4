import { describe, expect, test } from "vitest";
import type { ChangedFile } from "../../../src/domain/change-set.ts";
import { touchedFiles } from "../../../src/domain/evidence/frozen.ts";

const BASE = "a".repeat(40);
const text = (path: string, content = "x\n"): ChangedFile => ({
  path,
  mode: "100644",
  encoding: "utf-8",
  content,
});
const OURS = text("test/quote.test.ts", "assert\n");

function touched(
  files: readonly ChangedFile[],
  may: {
    paths?: readonly string[];
    approved?: readonly string[];
    commands?: readonly string[];
  } = {},
) {
  const bounds = { paths: ["src/**", "test/**"], approved: [], commands: ["npm test"], ...may };
  return touchedFiles([OURS], { base: BASE, files: [...files] }, bounds);
}

describe("the tester's files", () => {
  test.each<readonly [string, readonly ChangedFile[], string]>([
    ["another byte", [text(OURS.path, "assert \n")], "edited"],
    ["another mode", [{ ...OURS, mode: "100755" } as ChangedFile], "edited"],
    ["deleted", [{ path: OURS.path, deleted: true }], "removed"],
    ["no part of the change any more", [text("src/quote.ts")], "removed"],
    ["renamed", [text("test/other.test.ts", "assert\n")], "removed"],
  ])("%s is touched", (_name, files, how) => {
    expect(touched(files)).toEqual([{ path: OURS.path, how }]);
  });

  test("are untouched as they were written, beside whatever else the coder writes", () => {
    const files = [OURS, text("src/quote.ts"), text("test/finer.test.ts"), text("docs/rates.md")];
    expect(touched(files)).toEqual([]);
  });

  test("keep nothing where there are none", () => {
    const files = [text("vitest.config.ts"), text("test/quote.test.ts.snap")];
    const bounds = { paths: [], approved: [], commands: [] };
    expect(touchedFiles([], { base: BASE, files }, bounds)).toEqual([]);
  });
});

describe("what runs the tests", () => {
  test.each([
    "vitest.config.ts",
    "test/vitest.config.ts",
    "package.json",
    "test/conftest.py",
    "pytest.ini",
    "tox.ini",
    ".mocharc.json",
    "src/.mocharc.yml",
    "Makefile",
    "scripts/test.sh",
    "phpunit.xml",
    "spec/spec_helper.rb",
    "Cargo.toml",
    "pom.xml",
    "build.gradle.kts",
    "test/setup.vitest.config.ts",
  ])("%s is not the coder's", (path) => {
    expect(touched([OURS, text(path)])).toEqual([{ path, how: "steers-tests" }]);
    expect(touched([OURS, { path, deleted: true }])).toHaveLength(1);
  });

  test("a file that a check's command names is not, whatever it is", () => {
    const file = text("tools/all.mjs");
    const of = (command: string) => touched([OURS, file], { commands: [command] });
    expect(of("node ./tools/all.mjs --report")).toEqual([
      { path: "tools/all.mjs", how: "steers-tests" },
    ]);
    expect(of("node tools/all.mjs.bak")).toEqual([]);
  });

  test.each([
    ["package.json", ["src/**", "package.json"]],
    ["packages/a/tsconfig.json", ["**/tsconfig.json"]],
    [".github/dependabot.yml", [".github/**"]],
    ["Config/Phpunit.XML", ["config/phpunit.xml"]],
  ])("%s is where the contract names it: %j", (path, paths) => {
    expect(touched([OURS, text(path)], { paths })).toEqual([]);
  });

  test.each([
    ["package.json", ["**"]],
    ["package.json", ["*.json"]],
    ["src/vitest.config.ts", ["src/**"]],
    ["package.json", ["packages/*/package.json"]],
  ])("%s is not where a pattern merely covers it, or names another: %j", (path, paths) => {
    expect(touched([OURS, text(path)], { paths })).toHaveLength(1);
  });

  test("a lockfile whose bytes a person approved is not touched", () => {
    const file = text("package-lock.json");
    expect(touched([OURS, file])).toHaveLength(1);
    expect(touched([OURS, file], { approved: [file.path] })).toEqual([]);
  });

  test.each(["test/__snapshots__/quote.test.ts.snap", "__mocks__/fs.ts", "src/__mocks__/rates.ts"])(
    "%s would stand in for the tests",
    (path) => {
      expect(touched([OURS, text(path)])).toEqual([{ path, how: "stands-in" }]);
    },
  );

  test("a snapshot of the coder's own test is its own", () => {
    expect(touched([OURS, text("test/__snapshots__/finer.test.ts.snap")])).toEqual([]);
  });
});

test("a file that the tester took out stays out", () => {
  const gone: ChangedFile = { path: "test/old.test.ts", deleted: true };
  const bounds = { paths: ["**"], approved: [], commands: [] };
  const how = (...files: readonly ChangedFile[]) =>
    touchedFiles([gone, OURS], { base: BASE, files: [...files, OURS] }, bounds);
  expect(how(gone)).toEqual([]);
  expect(how(text(gone.path))).toEqual([{ path: gone.path, how: "edited" }]);
  expect(how()).toEqual([{ path: gone.path, how: "removed" }]);
});

test("the same text in another encoding is another file", () => {
  const encoded = { ...OURS, encoding: "base64" } as ChangedFile;
  expect(touched([encoded])).toEqual([{ path: OURS.path, how: "edited" }]);
});

test("words for agents steer no test", () => {
  expect(touched([OURS, text("AGENTS.md")])).toEqual([]);
});

test.each([
  [["node scripts/all.mjs"], true],
  [["npm test", "node ././scripts/all.mjs"], true],
  [["npm test; node scripts/all.mjs"], true],
  [["sh -c 'node scripts/all.mjs'"], true],
  [["node scripts/all.mjs.old"], false],
  [["node x./scripts/all.mjs"], false],
  [["npm test"], false],
])("of the commands %j one runs a script, or none does: %j", (commands, runs) => {
  const path = "scripts/all.mjs";
  const found = touched([OURS, text(path)], { paths: ["scripts/**"], commands });
  expect(found).toEqual(runs ? [{ path, how: "steers-tests" }] : []);
});
