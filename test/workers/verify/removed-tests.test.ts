import { expect, test } from "vitest";
import type { CheckRun } from "../../../src/domain/evidence.ts";
import { removedTests } from "../../../src/workers/verify/removed-tests.ts";

const SUBJECT = { base: "a".repeat(40), tree: "b".repeat(40) };

function ran(names: readonly string[]): CheckRun {
  return {
    kind: "check",
    name: "test",
    on: "base",
    subject: SUBJECT,
    command: "npm test",
    status: "passed",
    exitCode: 0,
    durationMs: 1,
    tail: "",
    outputBytes: 0,
    tests: names.map((name) => ({ name, status: "passed" })),
  };
}

/** Each row: a test that is gone, the test files of the base that the change touches, whether it took the test out. */
test.each<readonly [string, Readonly<Record<string, string>>, boolean]>([
  ["test/a.test.js > x", { "test/a.test.js": "" }, true],
  ["a.test.js > x", { "packages/a/a.test.js": "" }, true],
  ["test/a.test.js > x", { "test/b.test.js": "x" }, false],
  ["shop.PriceTest$Deep > x", { "src/test/java/shop/PriceTest.java": "" }, true],
  ["tests.test_price > test_x[1-a]", { "tests/test_price.py": "" }, true],
  ["example.com/shop > TestX/deep", { "price_test.go": "func TestX(t *testing.T)" }, true],
  ["example.com/shop > TestY", { "price_test.go": "func TestX(t *testing.T)" }, false],
  ["greets nobody", { "test/a.js": 'test("greets nobody", f)' }, true],
  ["test/a.test.js > x", {}, false],
  // A place alone is no title, and a title of blanks names nothing.
  ["shop.PriceTest", { "src/test/java/shop/PriceTest.java": "" }, false],
  ["shop.v1 > TestY", { "pkg/shop/v1.test/price_test.go": "" }, false],
  ["example.com/shop > Test (slow)", { "price_test.go": "func Test(t *testing.T)" }, true],
  ["example.com/shop > [1]", { "price_test.go": "func TestX(t *testing.T)" }, false],
])("%s with %j touched", (name, files, expected) => {
  const tests = Object.entries(files).map(([path, text]) => ({ path, text }));
  const touched = { files: Object.keys(files), tests, code: [], sources: [], written: [] };
  const runs = { base: ran([name]), withTests: ran([]) };
  expect(removedTests([name], runs, touched)).toEqual(expected ? [name] : []);
});

test("took nothing out that still runs on the base with the changed tests", () => {
  const name = "test/a.test.js > x";
  const tests = [{ path: "test/a.test.js", text: "x" }];
  const touched = { files: ["test/a.test.js"], tests, code: [], sources: [], written: [] };
  expect(removedTests([name], { base: ran([name]), withTests: ran([name]) }, touched)).toEqual([]);
});

test.each([
  ["src/lib.rs (shop) > tests::x", true],
  ["doc-tests shop > src/lib.rs - price", true],
  ["src/other.rs (shop) > tests::x", false],
  ["doc-tests shop > src/other.rs - price", false],
  ["shop > src/lib.rs - price", false],
])("took %s out of a source that it touches: %s", (name, expected) => {
  const touched = {
    files: [],
    tests: [],
    code: [],
    written: [],
    sources: [{ path: "src/lib.rs", text: "" }],
  };
  const runs = { base: ran([name]), withTests: ran([name]) };
  expect(removedTests([name], runs, touched)).toEqual(expected ? [name] : []);
});
