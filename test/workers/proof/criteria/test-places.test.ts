import { expect, test } from "vitest";
import { testPlaces, titleOf } from "../../../../src/workers/proof/criteria/test-places.ts";

const TREE = [
  "src/quote.ts",
  "test/quote.test.ts",
  "test/routes.test.ts",
  "packages/a/index.test.js",
  "packages/b/index.test.js",
  "tests/test_price.py",
  "lib.v1/tests/test_rate.py",
  "src/test/java/shop/PriceTest.java",
  "rates/rates_test.go",
  "rates/more_test.go",
  "tables/tables_test.go",
  "deep/rates/deep_test.go",
  "root_test.go",
  "plain/plain.go",
  "near/near_test.go",
  `test/${"x".repeat(300)}.test.ts`,
  `${"y".repeat(300)}/y_test.go`,
  "test/one/same.test.ts",
  "test/two/same.test.ts",
];
const CHANGED = [
  { path: "src/quote.ts", text: "" },
  { path: "test/quote.test.ts", text: 'test("a weight of nothing", () => {' },
  { path: "rates/rates_test.go", text: "func TestRates(t *testing.T) {" },
  { path: "near/near.go", text: "func TestNear(t *testing.T) {" },
  { path: "test/two/same.test.ts", text: "" },
  { path: `notes/${"z".repeat(300)}.txt`, text: "only its text tells\n" },
];

/** Each row: a test by its name in the report, the file in which it stands, whether the change writes that file. */
test.each<readonly [string, string | undefined, boolean | undefined]>([
  ["test/quote.test.ts > quote > a", "test/quote.test.ts", true],
  ["test/routes.test.ts > a", "test/routes.test.ts", false],
  ["quote.test.ts > a", "test/quote.test.ts", true],
  ["index.test.js > a", undefined, false],
  ["tests.test_price > test_x[1-a]", "tests/test_price.py", false],
  ["tests.test_rate > test_it", "lib.v1/tests/test_rate.py", false],
  // pytest joins the classes of a file to its module.
  ["tests.test_price.TestPrice > test_x", "tests/test_price.py", false],
  ["tests.test_price.TestPrice.TestDeep > test_x[1]", "tests/test_price.py", false],
  ["test_rate.TestRate > test_it", "lib.v1/tests/test_rate.py", false],
  ["tests.test_gone.TestPrice > test_x", undefined, false],
  ["shop.PriceTest$Deep > adds", "src/test/java/shop/PriceTest.java", false],
  ["example.com/shop/rates > TestRates/deep", "rates/rates_test.go", true],
  ["example.com/shop/rates > TestMore", "rates/", true],
  ["example.com/shop/tables > TestTables", "tables/", false],
  // The longest folder in which the import path ends, and the root of the module else.
  ["example.com/shop/deep/rates > TestDeep", "deep/rates/", false],
  ["rates > TestRates", "rates/rates_test.go", true],
  ["example.com/shop > TestRoot", undefined, false],
  ["example.com/shop/plain > TestPlain", undefined, false],
  ["example.com/crates > TestCrates", undefined, false],
  // A function of that name stands in a file that is no test.
  ["example.com/shop/near > TestNear", "near/", false],
  ["example.com/shop > Test a b", undefined, false],
  // A report that leaves the folder away tells nothing where the change writes one of them.
  ["same.test.ts > a", undefined, undefined],
  // A path longer than evidence holds is cut.
  [`test/${"x".repeat(300)}.test.ts > a`, `test/${"x".repeat(295)}`, false],
  [`${"y".repeat(300)} > TestLong`, "y".repeat(300), false],
  ["only its text tells", `notes/${"z".repeat(294)}`, true],
  // No title, no module, no package: nothing to look for.
  ["[1]", undefined, undefined],
  ["test_price", undefined, undefined],
  ["tests test_price > test_x", undefined, undefined],
  ["price > test_x", undefined, false],
  ["a weight of nothing", "test/quote.test.ts", true],
  ["nobody knows", undefined, undefined],
])("%s stands in %s, part of the change: %s", (name, file, inChange) => {
  expect(testPlaces(TREE, CHANGED)(name)).toEqual({
    ...(file === undefined ? {} : { file }),
    ...(inChange === undefined ? {} : { inChange }),
  });
});

test.each([
  ["a > b > adds(int)", "adds"],
  ["a > adds one (of\ntwo)", "adds one"],
  ["pkg > TestX/deep", "TestX"],
  ["test_x[1-a]", "test_x"],
])("the title of %s is %s", (name, title) => {
  expect(titleOf(name)).toBe(title);
});
