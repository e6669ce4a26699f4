import { expect, test } from "vitest";
import {
  fileOf,
  holdsTests,
  mayStandInTestFile,
} from "../../../../src/workers/proof/compare/where-tests-stand.ts";

test.each([
  ["test/a.test.ts > quote > prices", "test/a.test.ts", true],
  ["src/a.ts > quote > prices", "src/a.ts", false],
  ["src/lib.rs (shop) > tests::prices", "src/lib.rs", false],
  ["tests/light.rs > prices", "tests/light.rs", true],
  ["doc-tests shop > src/lib.rs - price", undefined, false],
  ["shop.PriceTest > prices", undefined, true],
  ["tests.test_price > test_it", undefined, true],
  ["src/a (old).ts > prices", "src/a (old).ts", false],
  ["github.com/nats-io/nats.go > TestIt", undefined, true],
  ["quote > prices", undefined, true],
])("%s stands in %s", (name, file, inTestFile) => {
  expect(fileOf(name)).toBe(file);
  expect(mayStandInTestFile(name)).toBe(inTestFile);
});

test.each([
  ["src/lib.rs", "pub fn a() {}\n#[cfg(test)]\nmod tests {}\n", [], true],
  ["src/lib.rs", "#[cfg(all(test, unix))]\nmod tests {}\n", [], true],
  ["src/lib.rs", "#[test]\nfn a() {}\n", [], true],
  ["src/lib.rs", "#[tokio::test]\nasync fn a() {}\n", [], true],
  ["src/lib.rs", "#[derive(Clone)]\npub struct Contest;\n", [], false],
  ["src/a.ts", "if (import.meta.vitest) {}\n", [], true],
  ["src/a.ts", "export const a = 1;\n", ["src/b.ts > prices"], false],
  ["src/a.ts", "export const a = 1;\n", ["src/a.ts > prices"], true],
  ["packages/shop/src/a.ts", "", ["src/a.ts > prices"], true],
  ["checks/prices.py", "def check(): pass\n", ["checks.prices > check"], true],
  ["checks/prices.py", "def check(): pass\n", ["checks.weights > check"], false],
  ["checks/prices.py", "", ["checks.prices.TestRates > adds"], true],
  ["checks/price.py", "", ["checks.prices.TestRates > adds"], false],
  ["checks/Prices.java", "", ["checks.Prices.Rates > adds"], false],
  ["checks/v1.x/prices.py", "", ["checks.v1.x.prices > check"], true],
  ["test/a.test.ts", "", [], true],
  // A title alone names no file.
  ["checks/prices.py", "", ["prices Sweden", "checks.rates > a"], false],
  ["checks/prices.py", "", ["prices Sweden", "checks.prices > a"], true],
] as const)("%s with %j holds tests", (path, text, tests, expected) => {
  expect(holdsTests({ path, text }, tests)).toBe(expected);
});
