import { expect, test } from "vitest";
import { type Edit, toldOf } from "../edits.ts";

const A = '("a", () => {\n  expect(f(1)).toBe(2);\n});\n';
const B = '("b", () => {\n  expect(f(2)).toBe(3);\n});\n';
const group = (words: string, inner: string) => `${words}("g", () => {\n${inner}});\n`;
const javaClass = (inner: string) => `=class ATest {\n${inner}}\n`;
const JAVA_TEST = "  @Test\n  void a() {\n    assertEquals(2, f(1));\n  }\n";
const sharpFact = (mark: string, value = 2) =>
  `    [Fact${mark}]\n    public void A()\n    {\n        Assert.Equal(${value}, F(1));\n    }\n`;
const sharpClass = (inner: string) => `=class ATests\n{\n${inner}}\n`;
const rubyTest = (options: string, line = "", end = "") =>
  `=it "a"${options} do\n${line}  expect(f(1)).to eq(2)\nend${end}\n`;

const ROWS: readonly Edit[] = [
  // What held before is no news.
  ["skipped as before", "javascript", `=it.skip${A}`, `=it.skip${A.replace("2", "3")}`, []],
  ["skipped, now alone", "javascript", `=it.skip${A}`, `=it.only${A}`, ["1 test-focused"]],
  ["skipped on a condition as before", "javascript", "if (a) t.skip();", "if (a) t.skip(b);", []],
  ["no condition left", "javascript", "if (a) t.skip();", "t.skip();", ["3 test-skipped"]],
  [
    "on another condition",
    "rust",
    "^#[cfg_attr(windows, ignore)]",
    "^#[cfg_attr(unix, ignore)]",
    ["1 test-conditional"],
  ],
  ["more tries", "javascript", "this.retries(3);", "this.retries(5);", ["3 retry-added"]],
  // New tests: a plan is none, and a group that was skipped holds for what comes into it.
  ["in a new file", "javascript", undefined, `=it.skip${A}`, ["1 test-skipped"]],
  ["a plan", "javascript", `=it${A}`, `=it${A}it.todo("b");\n`, []],
  [
    "a new test beside one that is skipped",
    "javascript",
    `=it.skip${A}`,
    `=it.skip${A}it.skip${B}`,
    ["4 test-skipped"],
  ],
  [
    "a new test of a skipped group",
    "javascript",
    `=${group("describe.skip", `it${A}`)}`,
    `=${group("describe.skip", `it${A}it${B}`)}`,
    [],
  ],
  [
    "an old test into a skipped group",
    "javascript",
    `=${group("describe.skip", `it${A}`)}it${B}`,
    `=${group("describe.skip", `it${A}it${B}`)}`,
    ["1 test-skipped"],
  ],
  // What stands around.
  [
    "a group two above",
    "javascript",
    `=${group("describe", group("describe", group("describe", `it${A}`)))}`,
    `=${group("describe", group("describe.skip", group("describe", `it${A}`)))}`,
    ["2 test-skipped"],
  ],
  ["tries for a file", "javascript", `=it${A}`, `=jest.retryTimes(3);\nit${A}`, ["1 retry-added"]],
  [
    "tries for a group",
    "javascript",
    `=${group("describe", `it${A}`)}`,
    `=${group("describe", `jest.retryTimes(3);\nit${A}`)}`,
    ["2 retry-added"],
  ],
  [
    "tries for another function",
    "python",
    "",
    "=@tenacity.retry(3)\ndef connect():\n    g()\n\n\ndef test_a():\n    assert f(1) == 2\n",
    [],
  ],
  [
    "a preparation",
    "java",
    javaClass(JAVA_TEST),
    javaClass(`  @BeforeEach\n  void setUp() {\n    assumeTrue(x);\n  }\n${JAVA_TEST}`),
    ["4 test-conditional"],
  ],
  [
    "a function that prepares nothing",
    "java",
    javaClass(JAVA_TEST),
    javaClass(`  void linux() {\n    assumeTrue(x);\n  }\n${JAVA_TEST}`),
    [],
  ],
  [
    "a preparation of another class",
    "java",
    javaClass(JAVA_TEST),
    `=class Other {\n  void setUp() {\n    assumeTrue(x);\n  }\n}\n${javaClass(JAVA_TEST).slice(1)}`,
    [],
  ],
  [
    "a group that is called as a preparation is",
    "ruby",
    '=describe "g" do\n  describe "before" do\n    it "b" do\n      skip\n    end\n  end\nend\n',
    '=describe "g" do\n  describe "before" do\n    it "b" do\n      skip\n    end\n  end\n  it "a" do\n    expect(f(1)).to eq(2)\n  end\nend\n',
    [],
  ],
  [
    "a function outside all groups",
    "javascript",
    `=it${A}`,
    `=function before() {\n  t.skip();\n}\nit${A}`,
    [],
  ],
  // Built sometimes.
  [
    "built nightly",
    "c-sharp",
    sharpClass(sharpFact("")),
    sharpClass(`#if NIGHTLY\n${sharpFact("")}#endif\n`),
    ["3 test-conditional"],
  ],
  [
    "built nightly as before",
    "c-sharp",
    sharpClass(`#if NIGHTLY\n${sharpFact("")}#endif\n`),
    sharpClass(`#if NIGHTLY\n${sharpFact("", 3)}#endif\n`),
    [],
  ],
  ["as every test is built", "rust", "", "^#[cfg(test)]", []],
  ["also with a feature", "rust", "", "^#[cfg(all(test, slow))]", ["1 test-conditional"]],
  ["another attribute there", "rust", "", "^#[cfg_attr(windows, allow(dead_code))]", []],
  // Arguments of marks.
  ["a name that says skip", "c-sharp", "", sharpClass(sharpFact('(DisplayName = "Skip")')), []],
  [
    "TestNG: not enabled",
    "java",
    javaClass(JAVA_TEST),
    javaClass(JAVA_TEST.replace("@Test", "@Test(enabled = false)")),
    ["2 test-skipped"],
  ],
  [
    "TestNG: enabled",
    "java",
    javaClass(JAVA_TEST),
    javaClass(JAVA_TEST.replace("@Test", "@Test(enabled = true)")),
    [],
  ],
  [
    "TestNG: half of the runs",
    "java",
    javaClass(JAVA_TEST),
    javaClass(JAVA_TEST.replace("@Test", "@Test(successPercentage = 50)")),
    ["2 retry-added"],
  ],
  [
    "TestNG: a text about runs",
    "java",
    javaClass(JAVA_TEST),
    javaClass(JAVA_TEST.replace("@Test", '@Test(description = "retryAnalyzer=none")')),
    [],
  ],
  ["where a variable is", "ruby", "", rubyTest(', if: ENV["A"]'), ["1 test-conditional"]],
  ["where a variable is not", "ruby", "", rubyTest(', unless: ENV["A"]'), ["1 test-conditional"]],
  ["where the code is ready", "ruby", "", rubyTest(", if: ready?"), []],
  ["a tag that ends like it", "ruby", "", rubyTest(', gif: ENV["A"]'), []],
  ["a tag that begins like it", "ruby", "", rubyTest(', iffy: ENV["A"]'), []],
  [
    "an option by the environment",
    "javascript",
    "",
    '=it("a", { skip: process.env.CI }, async () => {\n  expect(f(1)).toBe(2);\n});\n',
    ["1 test-conditional"],
  ],
  // Calls: skipped where nothing is asked within the test.
  ["a call", "javascript", "", "t.skip();", ["3 test-skipped"]],
  ["a call on a condition", "javascript", "", "if (ready) t.skip();", ["3 test-conditional"]],
  [
    "a call that asks",
    "javascript",
    "",
    'test.skip(process.env.CI !== "", "x");',
    ["3 test-conditional"],
  ],
  [
    "a condition around the test",
    "javascript",
    `=if (ready) {\n  it${A}}\n`,
    '=if (ready) {\n  it("a", (t) => {\n    t.skip();\n    expect(f(1)).toBe(2);\n  });\n}\n',
    ["3 test-skipped"],
  ],
  [
    "a condition behind the test",
    "ruby",
    rubyTest("", "", " if ready"),
    rubyTest("", '  skip "x"\n', " if ready"),
    ["2 test-skipped"],
  ],
  // Ruby's word without arguments.
  ["a bare word", "ruby", "", "skip", ["3 test-skipped"]],
  ["a bare word in a block", "ruby", "", "begin\n    skip\n  end", ["4 test-skipped"]],
  ["a condition behind a word", "ruby", "", "skip if x", ["3 test-conditional"]],
  ["a condition around a word", "ruby", "", "if x\n    skip\n  end", ["4 test-conditional"]],
  ["otherwise", "ruby", "", "if x\n    g\n  else\n    skip\n  end", ["6 test-conditional"]],
  ["one of two", "ruby", "", "x ? skip : g", ["3 test-conditional"]],
  ["in a case", "ruby", "", "case x when 1 then skip end", ["3 test-conditional"]],
  ["a value of that name", "ruby", "", "skip = g(skip)", []],
  ["a condition of that name", "ruby", "", "g if skip", []],
  ["a choice by that name", "ruby", "", "skip ? g : h", []],
  ["another word", "ruby", "", "skipped", []],
];

test.each(ROWS)("%s (%s)", async (...row) => {
  expect(await toldOf(row)).toEqual(row[4]);
});
