import { expect, test } from "vitest";
import { testPlaces, titleOf } from "../../../../src/workers/proof/criteria/test-places.ts";

const TREE = [
  "src/quote.ts",
  "test/quote.test.ts",
  "test/routes.test.ts",
  "packages/a/index.test.js",
  "packages/b/index.test.js",
  "tests/test_price.py",
  "src/test/java/shop/PriceTest.java",
  "rates/rates_test.go",
  "rates/more_test.go",
  "tables/tables_test.go",
];
const CHANGED = [
  { path: "src/quote.ts", text: "" },
  { path: "test/quote.test.ts", text: 'test("a weight of nothing", () => {' },
  { path: "rates/rates_test.go", text: "func TestRates(t *testing.T) {" },
];

/** Each row: a test by its name in the report, the file in which it stands, whether the change writes that file. */
test.each<readonly [string, string | undefined, boolean | undefined]>([
  ["test/quote.test.ts > quote > a", "test/quote.test.ts", true],
  ["test/routes.test.ts > a", "test/routes.test.ts", false],
  ["quote.test.ts > a", "test/quote.test.ts", true],
  ["index.test.js > a", undefined, false],
  ["tests.test_price > test_x[1-a]", "tests/test_price.py", false],
  ["shop.PriceTest$Deep > adds", "src/test/java/shop/PriceTest.java", false],
  ["example.com/shop/rates > TestRates/deep", "rates/rates_test.go", true],
  ["example.com/shop/rates > TestMore", "rates/", true],
  ["example.com/shop/tables > TestTables", "tables/", false],
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
  ["pkg > TestX/deep", "TestX"],
  ["test_x[1-a]", "test_x"],
])("the title of %s is %s", (name, title) => {
  expect(titleOf(name)).toBe(title);
});
