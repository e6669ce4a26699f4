import { expect, test } from "vitest";
import { findSymbols } from "../../../../src/workers/proof/criteria/gone-symbols.ts";
import { createFakeRepository } from "../../../fakes/repository.ts";

async function found(after: Readonly<Record<string, string>>, ...symbols: readonly string[]) {
  const repository = createFakeRepository();
  const base = repository.commit({
    "src/a.js": "export function part() {}\n",
    "README.md": "part\n",
  });
  const tree = await repository.treeOf(repository.commit(after, "change"));
  return Object.fromEntries(await findSymbols(symbols, { base, tree }, repository));
}

test.each([
  ["gone from every program", { "src/a.js": "export const apart = 1;\n" }, "gone"],
  ["still told in prose", { "src/a.js": "x\n", "README.md": "part is gone\n" }, "gone"],
  ["still called", { "src/a.js": "x\n", "src/b.js": "part();\n" }, "still-there"],
  ["in a file too large to read", { "src/a.js": "x".repeat(1_000_001) }, "still-there"],
])("a name is %s", async (_what, after, expected) => {
  expect(await found(after, "part")).toEqual({ part: expected });
});

test("a name that was not there, or is none, was never there", async () => {
  expect(await found({ "src/a.js": "x\n" }, "other", "no name")).toEqual({ other: "never-there" });
});
