import { expect, test } from "vitest";
import { casesOf } from "../../../../../src/workers/proof/ratchet/rules/pair-tests.ts";
import { type Edit, toldOf } from "../edits.ts";
import { readText } from "./read.ts";

/** What the claim in each language is; `CLAIM` stands for it. */
const CLAIMS: Readonly<Record<string, string>> = {
  javascript: "expect(f(9)).toBe(2)",
  python: "assert f(9) == 2",
  go: "assert.Equal(t, 2, f(9))",
  rust: "assert_eq!(f(9), 2)",
  java: "assertEquals(2, f(9))",
  kotlin: "assertEquals(2, f(9))",
  "c-sharp": "Assert.Equal(2, F(9))",
  ruby: "expect(f(9)).to eq(2)",
  php: "$this->assertSame(2, f(9))",
};

const REACHED: readonly (readonly [language: string, text: string])[] = [
  ["javascript", "if (x) return;\n  CLAIM;"],
  ["javascript", "if (x) return; else CLAIM;"],
  ["javascript", "if (true) g();\n  CLAIM;"],
  ["javascript", "if (true) g(); else return;\n  CLAIM;"],
  ["javascript", "if (false) return;\n  CLAIM;"],
  ["javascript", "if (false) g(); else CLAIM;"],
  ["javascript", "if (true) CLAIM;"],
  ["javascript", "do { CLAIM; } while (false);"],
  ["javascript", "return CLAIM;"],
  ["javascript", "CLAIM;\n  return;"],
  ["javascript", "list.map(() => { return 1; });\n  CLAIM;"],
  ["javascript", "const error = CLAIM;"],
  ["javascript", "const check = () => { CLAIM; };\n  check();"],
  ["javascript", "const $check = () => { CLAIM; };\n  $check();"],
  ["javascript", "const { check } = () => { CLAIM; };"],
  ["javascript", "act(now, () => { CLAIM; });"],
  ["python", "if x:\n        return\n    CLAIM"],
  ["python", "while True:\n        CLAIM"],
  ["go", "check := func() {\n\t\tCLAIM\n\t}\n\tcheck()"],
  ["go", "check, other := func() {\n\t\tCLAIM\n\t}, 1\n\tcheck(other)"],
  ["javascript", "this.check = () => { CLAIM; };\n  this.check();"],
  ["kotlin", "val check = { CLAIM }\n        check()"],
  ["ruby", "CLAIM unless false"],
  ["php", "$check = function () { CLAIM; };\n        $check();"],
];

const CUT_OFF: readonly (readonly [language: string, text: string])[] = [
  ["javascript", "return;\n  CLAIM;"],
  ["javascript", "if (true) return;\n  CLAIM;"],
  ["javascript", "if (true) { return; }\n  CLAIM;"],
  ["javascript", "if (true) { g(); return; }\n  CLAIM;"],
  ["javascript", "if (false) CLAIM;"],
  ["javascript", "if (false) { g(); CLAIM; }"],
  ["javascript", "while (false) { CLAIM; }"],
  ["javascript", "false ? CLAIM : g();"],
  ["javascript", "{\n    return;\n    CLAIM;\n  }"],
  ["javascript", "const check = () => { CLAIM; };"],
  ["javascript", "const $check = () => { CLAIM; };"],
  ["python", "if False:\n        CLAIM"],
  ["python", "if True:\n        return\n    CLAIM"],
  ["go", "check := func() {\n\t\tCLAIM\n\t}"],
  ["rust", "return;\n    CLAIM;"],
  ["rust", "if true { return; }\n    CLAIM;"],
  ["rust", "let check = || { CLAIM; };"],
  ["java", "if (true) return;\n    CLAIM;"],
  ["java", "Runnable check = () -> { CLAIM; };"],
  ["kotlin", "return\n        CLAIM"],
  ["kotlin", "if (true) return\n        CLAIM"],
  ["kotlin", "val check = { CLAIM }"],
  ["c-sharp", "if (true) return;\n        CLAIM;"],
  ["ruby", "return if true\n  CLAIM"],
  ["ruby", "CLAIM if false"],
  ["ruby", "CLAIM unless true"],
  ["ruby", "unless true\n    CLAIM\n  end"],
  ["php", "if (FALSE) { CLAIM; }"],
  ["php", "$check = function () { CLAIM; };"],
];

async function isSeen(language: string, text: string): Promise<boolean> {
  const file = await readText(language, text.replace("CLAIM", CLAIMS[language] ?? ""));
  return casesOf(file)
    .flatMap(({ assertions }) => assertions)
    .some((one) => /f\(9\)/i.test(one.text));
}

test.each(REACHED)("%s reaches: %s", async (language, text) => {
  expect(await isSeen(language, text)).toBe(true);
});

test.each(CUT_OFF)("%s does not reach: %s", async (language, text) => {
  expect(await isSeen(language, text)).toBe(false);
});

const A = 'it("a", () => {\n  expect(f(1)).toBe(2);\n});\n';
const TESTS: readonly Edit[] = [
  ["behind false", "javascript", `=${A}`, `=if (false) {\n${A}}\n`, ["2 test-skipped"]],
  [
    "behind a return",
    "javascript",
    `=describe("g", () => {\n${A}});\n`,
    `=describe("g", () => {\nreturn;\n${A}});\n`,
    ["3 test-skipped"],
  ],
  ["as before", "javascript", `=if (false) {\n${A}}\n`, `=g();\nif (false) {\n${A}}\n`, []],
  ["that others call", "javascript", `=${A}`, `=export const suite = () => {\n${A}};\n`, []],
];

test.each(TESTS)("a test %s", async (...row) => {
  expect(await toldOf(row)).toEqual(row[4]);
});
