import { expect, test } from "vitest";
import { isWrittenAnew } from "../../../../src/workers/proof/criteria/written-anew.ts";

const GO = (body: string) =>
  `package x\n\nfunc TestOther(t *testing.T) {\n\tTestFlag(t)\n}\n\nfunc TestFlag(t *testing.T) {\n\t${body}\n}\n`;
const RUST = (body: string) => `#[test]\nfn flag() {\n    ${body}\n}\n\n#[test]\nfn other() {}\n`;
const JAVA = (body: string) => `class T {\n  @Test\n  void flag() {\n    ${body}\n  }\n}\n`;
const TS = (body: string) => `test("a flag", () => {\n  ${body}\n});\ntest("other", () => {});\n`;
const PYTHON = (body: string) => `def test_flag():\n    ${body}\n\ndef test_other():\n    pass\n`;

test.each([
  ["Go", GO, "pkg > TestFlag/deep"],
  ["Rust", RUST, "tests/a.rs > flag"],
  ["Java", JAVA, "x.T > flag"],
  ["TypeScript", TS, "a.test.ts > a flag"],
  ["Python", PYTHON, "tests.test_a > test_flag[1]"],
])(
  "tells a test in %s that the change writes anew from one that it leaves alone",
  (_language, file, name) => {
    const before = file("one();");
    expect(isWrittenAnew(name, [{ before, after: file("two();") }])).toBe(true);
    expect(isWrittenAnew(name, [{ before, after: before }])).toBe(false);
    // A test beside it is no change of this one.
    const beside = `${before}${file("two();").replaceAll(/flag/gi, "next")}`;
    expect(isWrittenAnew(name, [{ before, after: beside }])).toBe(false);
  },
);

test.each([
  ["is new", "", TS("one();")],
  ["is there twice", TS("one();"), `${TS("one();")}${TS("two();")}`],
  ["is only called", "run(flag);\n", "run(flag, flag);\n"],
])("cannot tell of a test that %s", (_what, before, after) => {
  expect(isWrittenAnew("a.test.ts > a flag", [{ before, after }])).toBeUndefined();
});

test.each<readonly [string, string, string, boolean | undefined]>([
  ["the end of it", TS("one();"), TS("one();").replace("});", "}, 9_000);"), true],
  [
    "what stands behind a blank line in it",
    PYTHON("a()\n\n    b()"),
    PYTHON("a()\n\n    c()"),
    true,
  ],
  ["blanks alone", PYTHON("a()\n    b()"), PYTHON("a()\n\n    b()"), false],
  ["its depth alone", TS("one();"), TS("one();").replaceAll(/^/gm, "  "), false],
  [
    "the next one",
    PYTHON("a()"),
    PYTHON("a()").replace("\n\ndef test_other", "\ndef test_next"),
    false,
  ],
  ["the one below", TS("one();"), TS("one();").replace('"other"', '"next"'), false],
])("tells %s from another text", (_what, before, after, anew) => {
  const title = before.startsWith("def") ? "test_flag" : "a flag";
  expect(isWrittenAnew(title, [{ before, after }])).toBe(anew);
});

test.each<readonly [string, string, string, string]>([
  ["is gone", "a flag", TS("one();"), ""],
  ["was there twice and is gone", "a flag", `${TS("one();")}${TS("two();")}`, ""],
  ["is new, and twice", "a flag", "", `${TS("one();")}${TS("two();")}`],
  ["has no title", "[1]", 'test("", () => {});\n', 'test("", () => {});\n'],
  ["only looks like another", "a.b", 'test("axb", f); // a.b\n', 'test("axb", g); // a.b\n'],
])("cannot tell of a test that %s", (_what, name, before, after) => {
  expect(isWrittenAnew(name, [{ before, after }])).toBeUndefined();
});

test("follows a test to another file", () => {
  const moved = [
    { before: TS("one();"), after: "" },
    { before: "", after: TS("one();") },
  ];
  expect(isWrittenAnew("a flag", moved)).toBe(false);
});
