import { expect, test } from "vitest";
import { findSymbols } from "../../../../src/workers/proof/criteria/gone-symbols.ts";
import { createFakeRepository } from "../../../fakes/repository.ts";

type Files = Readonly<Record<string, string>>;
const BASE: Files = { "src/a.js": "export function part() {}\n", "README.md": "part\n" };

async function found(after: Files, symbols: readonly string[], before = BASE) {
  const repository = createFakeRepository();
  const base = repository.commit(before);
  const tree = await repository.treeOf(repository.commit(after, "change"));
  return Object.fromEntries(await findSymbols(symbols, { base, tree }, repository));
}

test.each([
  ["gone from every program", { "src/a.js": "export const apart = 1;\n" }, "gone"],
  ["still told in prose", { "src/a.js": "x\n", "README.md": "part is gone\n" }, "gone"],
  ["still called", { "src/a.js": "x\n", "src/b.js": "part();\n" }, "still-there"],
  ["in a file too large to read", { "src/a.js": "x".repeat(1_000_001) }, "still-there"],
  ["not in the largest file that is read", { "src/a.js": "x".repeat(1_000_000) }, "gone"],
  ["not in an empty file", { "src/a.js": "" }, "gone"],
  ["one of two words", { "src/a.js": "x\n", "src/b.js": "a.part\n" }, "still-there"],
])("a name is %s", async (_what, after, expected) => {
  expect(await found(after, ["part"])).toEqual({ part: expected });
});

test("a name that was not there, or is none, was never there", async () => {
  const asked = ["other", "no name", "part", "part"];
  expect(await found({ "src/a.js": "x\n" }, asked)).toEqual({
    other: "never-there",
    part: "gone",
  });
});

test("nobody knows what stood in a base that is too large to be read", async () => {
  const before = { ...BASE, "src/b.js": "x".repeat(1_000_001) };
  expect(await found({ "src/a.js": "x\n" }, ["part"], before)).toEqual({ part: "never-there" });
});

test.each([
  [5_000, "gone"],
  [5_001, "still-there"],
])("a tree of %i files: %s", async (count, expected) => {
  const after = Object.fromEntries(Array.from({ length: count }, (_, at) => [`src/${at}.js`, "x"]));
  expect(await found(after, ["part"])).toEqual({ part: expected });
});

test("without a name nothing is read", async () => {
  const repository = { ...createFakeRepository(), list: () => Promise.reject(new Error("read")) };
  expect(await findSymbols(["no name"], { base: "", tree: "" }, repository)).toEqual(new Map());
});
