import { expect, test } from "vitest";
import { standsInModule } from "../../../../src/workers/proof/compare/module-files.ts";

const TREE = ["Cargo.toml", "src/lib.rs", "src/price.rs", "src/tests.rs", "tests/it.rs"];

test.each<readonly [string, readonly string[], boolean, readonly string[]]>([
  ["src/lib.rs (shop) > tests::below", ["src/tests.rs"], true, TREE],
  ["src/lib.rs (shop) > tests::deep::below", ["src/tests.rs"], true, TREE],
  ["src/lib.rs (shop) > tests::below", ["src/tests/mod.rs"], true, TREE],
  ["src/lib.rs (shop) > price::tests::below", ["src/price/tests.rs"], true, TREE],
  // Inline, in the source that it tests: its file is not the one that the change brought.
  ["src/lib.rs (shop) > price::tests::below", ["src/tests.rs"], false, TREE],
  ["src/lib.rs (shop) > below", ["src/tests.rs"], false, TREE],
  ["src/lib.rs (shop) > tests::below", ["tests/tests.rs", "src/testsuite.rs"], false, TREE],
  ["doc-tests shop > src/lib.rs - tests::below", ["src/tests.rs"], false, TREE],
  ["tests/it.rs > tests::below", ["src/tests.rs"], false, TREE],
  ["src/lib.rs (shop) > tests", ["src/tests.rs"], false, TREE],
  ["src/lib.rs (shop) > tests::below with more", ["src/tests.rs"], false, TREE],
  ["see src/lib.rs (shop) > tests::below", ["src/tests.rs"], false, TREE],
  ["lib.rs (shop) > tests::below", ["tests.rs"], true, ["lib.rs"]],
  ["a title", ["src/.rs"], false, ["x/"]],
  // In a workspace the report leaves the folder of the package away.
  ["src/lib.rs (shop) > tests::below", ["shop/src/tests.rs"], true, ["shop/src/lib.rs"]],
  ["src/lib.rs (a) > tests::below", ["a/src/tests.rs"], false, ["a/src/lib.rs", "b/src/lib.rs"]],
])("%s stands in one of %j: %s", (name, files, expected, tree) => {
  expect(standsInModule(name, { tree, files })).toBe(expected);
});
