import { type OrdinaryChange, text } from "./changes.ts";

/**
 * Reads tests of many languages instead of running them, as `repository.ts` does for one: a name for each declaration, title or
 * row of a table, by the file that it stands in. All of them pass.
 */
export const READS_TESTS = String.raw`mkdir -p reports && find . -type f \( -iname '*test*' -o -name '*_spec.rb' -o -name lib.rs \) ! -path './reports/*' | LC_ALL=C sort | xargs awk '
function say(name) { gsub(/[<>&"]/, "", name); print "<testcase classname=\"" FILENAME "\" name=\"" name "\"/>" }
match($0, /(def|func|fn|fun|function|void) +(test_|test|Test|checks_)[A-Za-z0-9_]*/) { split(substr($0, RSTART, RLENGTH), words, / +/); say(words[2]) }
match($0, /(test|it)[ (]+["\047][^"\047]+/) { title = substr($0, RSTART, RLENGTH); sub(/^[^"\047]+["\047]/, "", title); say(title) }
match($0, /name: "[^"]+/) { say(substr($0, RSTART + 7, RLENGTH - 7)) }
BEGIN { print "<testsuites>" } END { print "</testsuites>" }' > reports/junit.xml`;

const js = (...tests: readonly string[]) =>
  `import test from "node:test";\nimport assert from "node:assert/strict";\nimport { price } from "../src/price.js";\n\n${tests.join("\n")}`;
const go = (...rows: readonly string[]) =>
  `package price\n\nimport "testing"\n\nfunc TestPrice(t *testing.T) {\n\trows := []struct {\n\t\tname string\n\t\twant int\n\t}{\n${rows.map((row) => `\t\t{name: "${row}", want: ${row.length}},\n`).join("")}\t}\n\tfor _, row := range rows {\n\t\tif got := Price(row.name); got != row.want {\n\t\t\tt.Errorf("got %d", got)\n\t\t}\n\t}\n}\n`;
const ONE = 'test("costs one", () => {\n  assert.equal(price(1), 1);\n});\n';
const TWO = 'test("costs two", () => {\n  assert.equal(price(2), 2);\n});\n';
const PYTHON = "from shop.price import price\n\n\ndef test_one():\n    assert price(1) == 1\n";
const JAVA = (more = "") =>
  `package shop;\n\nclass PriceTest {\n  @Test\n  void testOne() {\n    assertEquals(1, Price.of(1));\n  }\n${more}}\n`;
const PHP = (more = "") =>
  `<?php\nfinal class PriceTest extends TestCase\n{\n    public function testOne(): void\n    {\n        $this->assertSame(1, price(1));\n    }\n${more}}\n`;
const KOTLIN = (more = "") =>
  `package shop\n\nclass PriceTest {\n    @Test\n    fun testOne() {\n        assertEquals(1, price(1))\n    }\n${more}}\n`;
const RUST = (more = "") =>
  `//! Prices.\n\n/// The price of a piece.\npub fn price(count: u32) -> u32 {\n    count\n}\n\n#[cfg(test)]\nmod tests {\n    use super::*;\n\n    #[test]\n    fn test_one() {\n        assert_eq!(price(1), 1);\n    }\n${more}}\n`;
const C = (more = "") =>
  `#include <assert.h>\n#include "price.h"\n\nvoid test_one(void) {\n  assert(price(1) == 1);\n}\n${more}`;
const RUBY = (more = "") =>
  `RSpec.describe Price do\n  it "costs one" do\n    expect(Price.of(1)).to eq(1)\n  end\n${more}end\n`;

/** Source and tests of many languages, each where its tools look for them. */
export const LANGUAGES: readonly OrdinaryChange[] = [
  {
    name: "Python: a test with parameters",
    before: {
      "py/src/shop/price.py": "def price(count):\n    return count\n",
      "py/tests/test_price.py": PYTHON,
    },
    after: {
      "py/src/shop/price.py": text("def price(count: int) -> int:\n    return count\n"),
      "py/tests/test_price.py": text(
        `import pytest\n\n${PYTHON}\n\n@pytest.mark.parametrize("count", [2, 3, 5])\ndef test_many(count):\n    assert price(count) == count\n`,
      ),
    },
  },
  {
    name: "Go: a row of a table",
    before: { "go/price.go": "package price\n", "go/price_test.go": go("one", "three") },
    after: { "go/price_test.go": text(go("one", "three", "fifteen")) },
  },
  {
    name: "Java, as Maven has it",
    before: {
      "java/src/main/java/shop/Price.java": "package shop;\n\nclass Price {}\n",
      "java/src/test/java/shop/PriceTest.java": JAVA(),
    },
    after: {
      "java/src/test/java/shop/PriceTest.java": text(
        JAVA("\n  @Test\n  void testTwo() {\n    assertEquals(2, Price.of(2));\n  }\n"),
      ),
    },
  },
  {
    name: "C",
    before: { "c/src/price.c": "int price(int n) { return n; }\n", "c/tests/test_price.c": C() },
    after: {
      "c/tests/test_price.c": text(C("\nvoid test_two(void) {\n  assert(price(2) == 2);\n}\n")),
    },
  },
  {
    name: "PHP",
    before: { "php/tests/PriceTest.php": PHP() },
    after: {
      "php/tests/PriceTest.php": text(
        PHP(
          "\n    public function testTwo(): void\n    {\n        $this->assertSame(2, price(2));\n    }\n",
        ),
      ),
    },
  },
  {
    name: "Ruby",
    before: { "ruby/spec/price_spec.rb": RUBY() },
    after: {
      "ruby/spec/price_spec.rb": text(
        RUBY('\n  it "costs two" do\n    expect(Price.of(2)).to eq(2)\n  end\n'),
      ),
    },
  },
  {
    name: "Kotlin",
    before: { "kt/src/test/kotlin/shop/PriceTest.kt": KOTLIN() },
    after: {
      "kt/src/test/kotlin/shop/PriceTest.kt": text(
        KOTLIN("\n    @Test\n    fun testTwo() {\n        assertEquals(2, price(2))\n    }\n"),
      ),
    },
  },
  {
    name: "TypeScript in one package of several",
    before: { "packages/web/src/price.ts": "export const price = (n: number) => n;\n" },
    after: {
      "packages/web/src/price.ts": text("export const price = (n: number): number => n;\n"),
      "packages/web/test/price.test.ts": text(
        'import { price } from "../src/price.ts";\ntest("web costs one", () => expect(price(1)).toBe(1));\n',
      ),
    },
  },
  {
    name: "tests that share a function and assert what they did",
    before: { "lib/price.js": "", "lib/price.test.js": js(ONE, TWO) },
    after: {
      "lib/price.test.js": text(
        js(
          "const expectPrice = (count, expected) => {\n  assert.equal(price(count), expected);\n};\n",
          ONE.replace("assert.equal(price(1), 1)", "expectPrice(1, 1)").replace(
            "expectPrice",
            "assert.equal(price(1), 1);\n  expectPrice",
          ),
          TWO,
        ),
      ),
    },
  },
];

/** What takes something out of tests, makes what they compare with, or changes a test and its source in one file: a person merges it. */
export const RETOLD: readonly OrdinaryChange[] = [
  {
    name: "Rust: a test in the source, and one in its documentation",
    before: { "rs/src/lib.rs": RUST() },
    after: {
      "rs/src/lib.rs": text(
        RUST(
          "\n    #[test]\n    fn test_two() {\n        assert_eq!(price(2), 2);\n    }\n",
        ).replace(
          "of a piece.",
          "of a piece.\n///\n/// ```\n/// assert_eq!(rs::price(3), 3);\n/// ```",
        ),
      ),
    },
  },
  {
    name: "Go: a row of a table that is renamed",
    after: { "go/price_test.go": text(go("one", "three", "half a score and five")) },
  },
  {
    name: "a test file that moves",
    after: {
      "php/tests/PriceTest.php": null,
      "php/tests/unit/PriceTest.php": text(
        PHP(
          "\n    public function testTwo(): void\n    {\n        $this->assertSame(2, price(2));\n    }\n",
        ),
      ),
    },
  },
  {
    name: "a snapshot that is other for a reason",
    before: { "lib/__snapshots__/price.test.js.snap": "exports[`costs one 1`] = `1`;\n" },
    after: {
      "lib/__snapshots__/price.test.js.snap": text("exports[`costs one 1`] = `1.00`;\n"),
    },
  },
  {
    name: "a function that goes with its tests",
    before: {
      "old/farewell.js": "export const farewell = () => 1;\n",
      "old/farewell.test.js": 'test("says farewell", () => assert.equal(farewell(), 1));\n',
    },
    after: { "old/farewell.js": null, "old/farewell.test.js": null },
  },
];
