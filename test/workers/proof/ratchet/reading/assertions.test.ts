import { expect, test } from "vitest";
import { casesOf } from "../../../../../src/workers/proof/ratchet/rules/pair-tests.ts";
import { toldOf } from "../edits.ts";
import { readText } from "./read.ts";

const it = (body: string) => `it("a", () => {\n  ${body}\n});\n`;
const calls = (from: string, to: string) => `function ${from}(got) {\n  ${to}(got);\n}\n`;
const IS_3 = "expect(got).toBe(3);";
const check = (body: string) => `function check(got) {\n  ${body}\n}\n`;
const java = (marks: string) => `=class ATest {\n  ${marks}\n  void a() {\n    f(1);\n  }\n}\n`;

/** What stands in a test, and each assertion: its line, strength, text, what it is about and the values that it names. */
type Row = readonly [
  language: string,
  text: string,
  ...told: readonly (readonly [number, string, string, readonly string[], readonly string[]])[],
];
const ROWS: readonly Row[] = [
  [
    "javascript",
    `=${it('expect(f(2)).toBe("x");')}`,
    [2, "equal", 'expect(f(2)).toBe("x")', ["f(2)"], ["2", "x"]],
  ],
  // Through functions of the same file, three deep, each as strong as the strongest in it.
  [
    "javascript",
    `=${check("expect(got.a).toBe(3);\n  expect(got.b).toBeDefined();")}${it("check(f(1));\n  expect(f(2)).toBe(4);")}`,
    [6, "equal", "check(f(1))#0", ["f(1)"], ["1"]],
    [6, "equal", "check(f(1))#1expect(got.b).toBeDefined()", ["f(1)"], ["1"]],
    [7, "equal", "expect(f(2)).toBe(4)", ["f(2)"], ["2", "4"]],
  ],
  [
    "javascript",
    `=${check("expect(got).toMatchSnapshot();\n  expect(got).toBeDefined();")}${it("check(f(1));")}`,
    [6, "recorded", "check(f(1))#0", ["f(1)"], ["1"]],
    [6, "recorded", "check(f(1))#1expect(got).toBeDefined()", ["f(1)"], ["1"]],
  ],
  [
    "javascript",
    `=${check("expect(got).toBeDefined();\n  expect(got).toMatchSnapshot();")}${it("check(f(1));")}`,
    [6, "weak", "check(f(1))#0", ["f(1)"], ["1"]],
    [6, "weak", "check(f(1))#1expect(got).toMatchSnapshot()", ["f(1)"], ["1"]],
  ],
  [
    "javascript",
    `=${check(`expect(got).toBeDefined();\n  ${IS_3}`)}${it("check(f(1));")}`,
    [6, "equal", "check(f(1))#0", ["f(1)"], ["1"]],
    [6, "equal", "check(f(1))#1expect(got).toBe(3)", ["f(1)"], ["1"]],
  ],
  [
    "javascript",
    `=function three(got) {\n  ${IS_3}\n}\n${calls("two", "three")}${calls("one", "two")}${it("one(f(1));")}`,
    [11, "equal", "one(f(1))#0", ["f(1)"], ["1"]],
  ],
  [
    "javascript",
    `=function four(got) {\n  ${IS_3}\n}\n${calls("three", "four")}${calls("two", "three")}${calls("one", "two")}${it("one(f(1));")}`,
  ],
  ["javascript", `=${check("g(got);")}${it("check(f(1));")}`],
  ["javascript", `=${check(IS_3)}${it("return;\n  check(f(1));")}`],
  [
    "javascript",
    `=${check(`${IS_3}\n  check(got);`)}${it("check(f(1));")}`,
    [6, "equal", "check(f(1))#0", ["f(1)"], ["1"]],
    [6, "equal", "check(f(1))#1check(got)#0", ["f(1)"], ["1"]],
    [6, "equal", "check(f(1))#2check(got)#1check(got)#0", ["f(1)"], ["1"]],
  ],
  // A function inside the test stands there itself.
  [
    "javascript",
    `=${it(`check(f(1));\n  ${check(IS_3)}`)}`,
    [2, "equal", "check(f(1))#0", ["f(1)"], ["1"]],
    [4, "equal", "expect(got).toBe(3)", ["got"], ["3"]],
  ],
  // Words of assertions are no helpers, whatever the file calls its own.
  [
    "javascript",
    `=function equal(got) {\n  expect(got).toBeDefined();\n}\n${it("assert.equal(f(1), 3);")}`,
    [5, "equal", "assert.equal(f(1),3)", ["f(1)"], ["1", "3"]],
  ],
  [
    "java",
    "=class ATest {\n  void assertEquals(int a, int b) {\n    assertNotNull(a);\n  }\n  @Test\n  void a() {\n    this.assertEquals(2, f(1));\n  }\n}\n",
    [7, "equal", "this.assertEquals(2,f(1))", ["f(1)"], ["2", "1"]],
  ],
  [
    "javascript",
    `=function assertQuote(got) {\n  expect(got).toBeDefined();\n}\n${it("assertQuote(f(1));")}`,
    [5, "weak", "assertQuote(f(1))#0", ["f(1)"], ["1"]],
  ],
  [
    "java",
    "=class ATest {\n  void assertQuote(int a) {\n    assertNotNull(a);\n  }\n  @Test\n  void a() {\n    assertQuote(f(1));\n  }\n}\n",
    [7, "weak", "assertQuote(f(1))#0", ["f(1)"], ["1"]],
  ],
  // Nor is a test that is called as what it tests.
  [
    "javascript",
    '=it("total", () => {\n  expect(total(1)).toBe(2);\n});\n',
    [2, "equal", "expect(total(1)).toBe(2)", ["total(1)"], ["1", "2"]],
  ],
  // Branches that fail.
  [
    "go",
    '=package a\nfunc TestA(t *testing.T) {\n\tif f(2) != 3 {\n\t\tt.Error("x")\n\t}\n}\n',
    [4, "equal", "fails-if:f(2)!=3", ["f(2)"], ["2", "3"]],
  ],
  [
    "go",
    '=package a\nfunc TestA(t *testing.T) {\n\tswitch f(2) {\n\tcase 3:\n\t\tt.Fatal("x")\n\t}\n}\n',
    [5, "weak", "fails-if:f(2)", ["f(2)"], ["2"]],
  ],
  [
    "go",
    '=package a\nfunc TestA(t *testing.T) {\n\tt.Fatal("x")\n}\n',
    [3, "partial", 't.Fatal("x")', [], ["x"]],
  ],
  [
    "rust",
    '=#[test]\nfn a() {\n    if f(2) != 3 {\n        panic!("x");\n    }\n}\n',
    [4, "equal", "fails-if:f(2)!=3", ["f(2)"], ["2", "3"]],
  ],
  // What Go hands around is no subject; a test inside a test has its own.
  [
    "go",
    '=package a\nfunc TestA(t *testing.T) {\n\tt.Run("x", func(t *testing.T) {\n\t\tassert.Equal(t, 3, f(2))\n\t})\n}\n',
    [4, "equal", "assert.Equal(t,3,f(2))", ["f(2)"], ["3", "2"]],
  ],
  // Marks.
  [
    "rust",
    "=#[should_panic]\n#[test]\nfn a() {}\n",
    [1, "weak", "should_panic", ["should_panic"], []],
  ],
  [
    "rust",
    '=#[should_panic(expected = "less")]\n#[test]\nfn a() {}\n',
    [1, "partial", 'should_panic(expected="less")', ["should_panic"], ["less"]],
  ],
  [
    "java",
    java("@Test(expected = E.class)"),
    [2, "partial", "@Test(expected=E.class)", ["Test"], []],
  ],
  [
    "java",
    java("@Test(timeout = 5, expected = E.class)"),
    [2, "partial", "@Test(timeout=5,expected=E.class)", ["Test"], ["5"]],
  ],
  ["java", java("@Test(timeout = 5)")],
  ["java", java("@Test @Quote(expected = 5)")],
  // Statements: the sides of an operator, and a call as one thing.
  [
    "python",
    '=def test_a():\n    assert f(2) == "x"\n',
    [2, "equal", 'assertf(2)=="x"', ["f(2)"], ["2", "x"]],
  ],
  ["python", "=def test_a():\n    assert f(2)\n", [2, "weak", "assertf(2)", ["f(2)"], ["2"]]],
  ["python", "=def test_a():\n    assert a and b\n", [2, "weak", "assertaandb", ["a", "b"], []]],
  [
    "kotlin",
    "=class ATest {\n    @Test\n    fun a() {\n        f(2) to 4\n        f(2) shouldBe 3\n    }\n}\n",
    [5, "equal", "f(2)shouldBe3", ["f(2)"], ["2", "3"]],
  ],
];

test.each(ROWS.map(([language, text, ...told]) => ({ language, text, told })))(
  "$language: $text",
  async ({ language, text, told }) => {
    const found = casesOf(await readText(language, text)).flatMap(({ assertions }) => assertions);
    expect(
      found.map(({ line, strength, text: whole, subjects, values }) => [
        ...[line, strength, whole, subjects, values],
      ]),
    ).toEqual(told);
  },
);

/** What stands before an assertion is what it is about: a plain value there says nothing. */
const OBJECTS: readonly (readonly [language: string, text: string, vacuous: boolean])[] = [
  ["kotlin", "f(2).shouldBe(3)", false],
  ["kotlin", '"a".shouldBe("b")', true],
  ["ruby", "_(f(2)).must_equal 3", false],
  ["ruby", "f(2).wont_equal 3", false],
  ["ruby", "2.must_equal 3", true],
  ["javascript", "expect(t).toBe(3);\n  expect(b).toBe(3);", false],
  ["go", "assert.Equal(t, 2, 3)", true],
  ["c-sharp", "F(2).ShouldBe(3);", false],
  ["c-sharp", "F(2).Should().Be(3);", false],
  ["c-sharp", "2.Should().Be(3);", true],
  ["php", "$rates->shouldReceive('total')->once();", false],
  ["javascript", "f(2).should.equal(3);", false],
];

test.each(OBJECTS)("%s: %s", async (language, text, vacuous) => {
  const told = await toldOf(["", language, "", text, []]);
  expect(told.some((one) => one.endsWith(" assertion-vacuous"))).toBe(vacuous);
});
