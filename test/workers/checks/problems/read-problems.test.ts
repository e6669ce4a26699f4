import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { MOST_PROBLEMS, Problem } from "../../../../src/domain/evidence/problem.ts";
import { filesOf } from "../../../../src/workers/checks/problems/file-of.ts";
import { readProblems } from "../../../../src/workers/checks/problems/read-problems.ts";
import { ANY_CHARACTER } from "../../../any-character.ts";
import { cases } from "../../../cases.ts";

const TREE = [
  "src/quote.ts",
  "src/quote.py",
  "src/main.rs",
  "src/lib.rs",
  "src/quote.c",
  "src/Quote.php",
  "src/Quote.cs",
  "src/main/java/shop/Quote.java",
  "src/main/kotlin/Quote.kt",
  "pkg/price/price_test.go",
  "pkg/price/price.go",
  "spec/quote_spec.rb",
  "test/quote.test.ts",
  "test/quote.test.js",
  "tests/test_quote.py",
  "tests/QuoteTest.php",
  "one/index.ts",
  "two/index.ts",
];
const place = { fileOf: filesOf(TREE, ["/home/me/space", "/ws"]), level: "failure" as const };
const read = (output: string) =>
  readProblems(output, place).problems.map(
    ({ path, line, column, level, message }) =>
      `${path}:${line}${column === undefined ? "" : `:${column}`} ${level} ${message}`,
  );

describe("places in the output of a tool", () => {
  test.each<[string, string, readonly string[]]>([
    [
      "tsc",
      "src/quote.ts(4,7): error TS2304: Cannot find name 'x'.",
      ["src/quote.ts:4:7 failure TS2304: Cannot find name 'x'."],
    ],
    [
      "tsc --pretty",
      "\u001b[96msrc/quote.ts\u001b[0m:\u001b[93m4\u001b[0m:\u001b[93m7\u001b[0m - \u001b[91merror\u001b[0m\u001b[90m TS2304: \u001b[0mCannot find name 'x'.\n\n4 const a = x;\n            ~\n",
      ["src/quote.ts:4:7 failure TS2304: Cannot find name 'x'."],
    ],
    [
      "eslint",
      "\n/ws/src/quote.ts\n  3:7   error    'a' is never used  no-unused-vars\n  4:11  warning  Unexpected any     no-explicit-any\n\n✖ 2 problems\n",
      [
        "src/quote.ts:3:7 failure 'a' is never used  no-unused-vars",
        "src/quote.ts:4:11 warning Unexpected any     no-explicit-any",
      ],
    ],
    [
      "eslint --format unix",
      "/ws/src/quote.ts:3:7: 'a' is never used. [Error/no-unused-vars]",
      ["src/quote.ts:3:7 failure 'a' is never used. [Error/no-unused-vars]"],
    ],
    [
      "Biome",
      "src/quote.ts:3:7 lint/style/useConst  FIXABLE  ━━━━━━━━━━\n\n  × This let declares a variable that is only assigned once.\n\n  > 3 │ let a = 1;\n",
      ["src/quote.ts:3:7 failure This let declares a variable that is only assigned once."],
    ],
    [
      "pytest",
      "    def test_quote():\n>       assert quote('NO') == 1140\nE       assert 1200 == 1140\nE        +  where 1200 = quote('NO')\n\ntests/test_quote.py:5: AssertionError\n=== short test summary info ===\nFAILED tests/test_quote.py::test_quote - assert 1200 == 1140\n",
      ["tests/test_quote.py:5 failure assert 1200 == 1140"],
    ],
    [
      "mypy",
      'src/quote.py:4: error: Name "x" is not defined  [name-defined]\nsrc/quote.py:4: note: See https://mypy.example\n',
      [
        'src/quote.py:4 failure Name "x" is not defined  [name-defined]',
        "src/quote.py:4 notice See https://mypy.example",
      ],
    ],
    [
      "ruff --output-format concise, flake8",
      "src/quote.py:1:8: F401 [*] `os` imported but unused",
      ["src/quote.py:1:8 failure F401 [*] `os` imported but unused"],
    ],
    [
      "ruff",
      "F401 [*] `os` imported but unused\n --> src/quote.py:1:8\n  |\n1 | import os\n",
      ["src/quote.py:1:8 failure F401 [*] `os` imported but unused"],
    ],
    [
      "go vet and go build",
      "# example.com/shop/pkg/price\nvet: pkg/price/price.go:3:9: undefined: x\n./price.go:4:2: declared and not used: y\n",
      [
        "pkg/price/price.go:3:9 failure undefined: x",
        "pkg/price/price.go:4:2 failure declared and not used: y",
      ],
    ],
    [
      "go test, which names files without their folder",
      "--- FAIL: TestPrice (0.00s)\n    price_test.go:12: got 3, want 4\nFAIL\n",
      ["pkg/price/price_test.go:12 failure got 3, want 4"],
    ],
    [
      "rustc",
      'error[E0308]: mismatched types\n --> src/main.rs:2:18\n  |\n2 |     let a: i32 = "";\n',
      ["src/main.rs:2:18 failure mismatched types"],
    ],
    [
      "a test of Rust",
      "thread 'prices' panicked at src/lib.rs:9:5:\nassertion `left == right` failed\n  left: 1\n",
      ["src/lib.rs:9:5 failure assertion `left == right` failed"],
    ],
    [
      "javac",
      "src/main/java/shop/Quote.java:7: error: cannot find symbol\n    x();\n    ^\n",
      ["src/main/java/shop/Quote.java:7 failure cannot find symbol"],
    ],
    [
      "Maven",
      "[ERROR] /ws/src/main/java/shop/Quote.java:[7,5] cannot find symbol\n[WARNING] /ws/src/main/java/shop/Quote.java:[9,1] unchecked call\n",
      [
        "src/main/java/shop/Quote.java:7:5 failure cannot find symbol",
        "src/main/java/shop/Quote.java:9:1 warning unchecked call",
      ],
    ],
    [
      "kotlinc",
      "e: file:///ws/src/main/kotlin/Quote.kt:3:5 Unresolved reference: x",
      ["src/main/kotlin/Quote.kt:3:5 failure Unresolved reference: x"],
    ],
    [
      "gcc and clang",
      "src/quote.c:3:5: warning: unused variable 'a' [-Wunused-variable]\nsrc/quote.c:9:1: fatal error: no.h: No such file\n",
      [
        "src/quote.c:3:5 warning unused variable 'a' [-Wunused-variable]",
        "src/quote.c:9:1 failure no.h: No such file",
      ],
    ],
    [
      "dotnet",
      "/ws/src/Quote.cs(3,5): error CS1002: ; expected [/ws/shop.csproj]",
      ["src/Quote.cs:3:5 failure CS1002: ; expected [/ws/shop.csproj]"],
    ],
    [
      "RSpec",
      "Failed examples:\n\nrspec ./spec/quote_spec.rb:12 # Quote prices Norway\n",
      ["spec/quote_spec.rb:12 failure Quote prices Norway"],
    ],
    [
      "PHPUnit",
      "1) QuoteTest::testNorway\nFailed asserting that 1200 matches expected 1140.\n\n/ws/tests/QuoteTest.php:12\n",
      ["tests/QuoteTest.php:12 failure Failed asserting that 1200 matches expected 1140."],
    ],
    [
      "phpstan",
      " ------ ------------------\n  Line   src/Quote.php\n ------ ------------------\n  12     Undefined variable: $x\n ------ ------------------\n",
      ["src/Quote.php:12 failure Undefined variable: $x"],
    ],
    [
      "phpstan --error-format raw",
      "/ws/src/Quote.php:12:Undefined variable: $x",
      ["src/Quote.php:12 failure Undefined variable: $x"],
    ],
    [
      "vitest",
      " FAIL  test/quote.test.ts > prices\nAssertionError: expected 1200 to be 1140\n ❯ test/quote.test.ts:5:20\n      3| \n",
      ["test/quote.test.ts:5:20 failure AssertionError: expected 1200 to be 1140"],
    ],
    [
      "jest, and the first file of the tree in a stack",
      "    TypeError: price is no function\n\n      at call (node_modules/x/index.js:1:2)\n      at Object.<anonymous> (test/quote.test.js:5:3)\n      at deeper (src/quote.ts:9:9)\n",
      ["test/quote.test.js:5:3 failure TypeError: price is no function"],
    ],
    [
      "node --test",
      "Error [ERR_TEST]: no price\n    at file:///ws/test/quote.test.js:5:3\n",
      ["test/quote.test.js:5:3 failure Error [ERR_TEST]: no price"],
    ],
  ])("are read as %s writes them", (_tool, output, problems) => {
    expect(read(output)).toEqual(problems);
  });

  test.each<[string, string]>([
    ["a file that is not in the tree", "src/other.ts(4,7): error TS2304: Cannot find name 'x'."],
    ["a file outside of the workspace", "/usr/include/quote.c:1:2: error: no"],
    ["a name that several files have", "index.ts:1:2: no"],
    ["a way out of the tree", "../src/quote.ts:1:2: no"],
    ["line 0", "src/quote.ts:0:1: no"],
    ["a place of which nothing is said", "src/quote.ts:3"],
    ["prose", "see src/quote.ts:3 for more"],
    ["an address", "http://src/quote.ts:3: no"],
    ["a line without end", `src/quote.ts:1:2: ${"x".repeat(3_000)}`],
  ])("are none for %s", (_what, output) => {
    expect(read(output)).toEqual([]);
  });

  const BIOME = "src/quote.ts:3:7 lint/style/useConst ━━━━";
  const PANIC = "thread 'prices' panicked at src/lib.rs:9:5:";
  test.each<[string, string, readonly string[]]>([
    [
      "the first assertion of an output",
      "E       assert 1 == 2\n\ntests/test_quote.py:5: AssertionError",
      ["tests/test_quote.py:5 failure assert 1 == 2"],
    ],
    [
      "an error by its name where nothing else is said",
      "tests/test_quote.py:5: AssertionError",
      ["tests/test_quote.py:5 failure AssertionError"],
    ],
    ["a row without a file above it", "  3:7  error  'a' is never used", []],
    ["a row behind a blank line", "/ws/src/quote.ts\n \n  3:7  error  'a' is never used", []],
    ["a place with nothing to say, above a line", "src/quote.ts:3\nfoo", []],
    [
      "a reason of one place alone",
      "Error: no price\n    at a (src/quote.ts:1:2)\n    at b (src/quote.c:3:4)\nfoo",
      ["src/quote.ts:1:2 failure Error: no price"],
    ],
    [
      "what stands three lines below",
      `${BIOME}\n\n\n  × odd  \n`,
      ["src/quote.ts:3:7 failure odd"],
    ],
    ["what stands four lines below", `${BIOME}\n\n\n\n  × odd\n`, []],
    ["what stands above", `× odd\n${BIOME}\n`, []],
    ["a sign within what is said", `${PANIC}\na × b`, ["src/lib.rs:9:5 failure a × b"]],
    [
      "what stands below a line too long",
      `${PANIC}\n${"x".repeat(2_001)}\nodd`,
      ["src/lib.rs:9:5 failure odd"],
    ],
    ["blanks around a message", "src/quote.ts(4,7): error   odd", ["src/quote.ts:4:7 failure odd"]],
    [
      "one message of one line, by its first column",
      "src/quote.c:3:5: odd\nsrc/quote.c:3:9: odd",
      ["src/quote.c:3:5 failure odd"],
    ],
  ])("are read with what is around them: %s", (_what, output, problems) => {
    expect(read(output)).toEqual(problems);
  });

  const PLACE = "src/quote.c:3:5: odd";
  test.each<[string, string, number]>([
    ["20,000 lines from the end", `${PLACE}${"\n".repeat(19_999)}`, 1],
    ["one line more", `${PLACE}${"\n".repeat(20_000)}`, 0],
    [
      "a million letters from the end",
      `${PLACE}\n${`${"x".repeat(999)}\n`.repeat(1_000)}`.slice(0, 1_000_000),
      1,
    ],
    ["more letters", `${PLACE}\n${`${"x".repeat(999)}\n`.repeat(1_000)}`, 0],
    ["2,000 letters of a line", `${PLACE}${"x".repeat(1_980)}`, 1],
    ["one letter more", `${PLACE}${"x".repeat(1_981)}`, 0],
  ])("are looked for within bounds: %s", (_what, output, count) => {
    expect(read(output)).toHaveLength(count);
  });

  test("are none of a path longer than evidence holds, and counted up to ten times of what is told", () => {
    const path = `${"x".repeat(400)}/far.c`;
    const far = { ...place, fileOf: () => path };
    expect(readProblems("far.c:1:2: odd", far).problems).toEqual([]);
    const flood = Array.from(
      { length: 10 * MOST_PROBLEMS + 5 },
      (_, at) => `src/quote.c:${at + 1}: odd`,
    );
    expect(readProblems(flood.join("\n"), place).more).toBe(9 * MOST_PROBLEMS);
  });

  test("are named once, as warnings where the check passed, and beyond the bound counted", () => {
    const lines = Array.from({ length: 300 }, (_, index) => `src/quote.c:${index + 1}:1: odd`);
    const twice = [...lines, ...lines].join("\n");
    const { problems, more } = readProblems(twice, { ...place, level: "warning" });
    expect([problems.length, more]).toEqual([MOST_PROBLEMS, 300 - MOST_PROBLEMS]);
    expect(problems[0]).toMatchObject({ line: 1, level: "warning" });
  });

  test("of any text are problems of files of the tree, within bounds", () => {
    const piece = fc.oneof(
      fc.constantFrom(
        ...TREE,
        "error",
        ":",
        "(",
        ",",
        ")",
        " --> ",
        "\n",
        "1",
        "999999999",
        "E   ",
      ),
      fc.constantFrom("\u001b[1m", "━", "×", " at ", "❯ ", "rspec ", "[ERROR] ", "thread '", "\r"),
      fc.string({ unit: ANY_CHARACTER, maxLength: 20 }),
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 60 }), (pieces) => {
        const { problems, more } = readProblems(pieces.join(""), place);
        expect(more).toBeGreaterThanOrEqual(0);
        for (const problem of problems) {
          expect(Problem.safeParse(problem).success).toBe(true);
          expect(TREE).toContain(problem.path);
        }
      }),
      cases(300),
    );
  });

  test.each<[string, string]>([
    ["one letter", "a"],
    ["blanks", " "],
    ["line ends", "\n"],
    ["colons", ":"],
    ["openings", "("],
    ["a path without an end", "src/"],
    ["digits", "1"],
    ["places", "src/quote.ts:1:"],
    ["places that are nowhere", "index.ts:1:2: no\n"],
    ["the beginnings of stacks", " at ("],
    ["the beginnings of panics", "thread 'a"],
    ["rows below a file", "  1:1  error  "],
    ["reasons", "ErrorErrorError: "],
    ["long lines", `${"src/a".repeat(390)}\n`],
  ])("of a flood of %s take time by its length", (_what, unit) => {
    const flood = (letters: number) => unit.repeat(Math.ceil(letters / unit.length));
    const took = (output: string) => {
      const begin = performance.now();
      readProblems(output, place);
      return performance.now() - begin;
    };
    took(flood(50_000));
    const small = Math.max(5, took(flood(100_000)));
    // Ten times as much: a hundred times would be the square.
    expect(took(flood(1_000_000))).toBeLessThan(60 * small);
  });
});
