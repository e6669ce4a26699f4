import { describe, expect, test } from "vitest";
import { hunksOf } from "../../../../../src/workers/proof/noticed/hunks.ts";
import { piecesOf } from "../../../../../src/workers/proof/noticed/pieces/pieces.ts";
import { syntax } from "../../../syntax.ts";
import { contentOf, fileOf } from "./files.ts";

/** What a file's only hunk can be tried by: its range, its lines that are new, and the lines of the file without it. */
async function pieces(path: string, before: string | undefined, after: string) {
  const file = fileOf(path, before, after);
  const [hunk, ...others] = hunksOf(file);
  if (hunk === undefined || others.length > 0) throw new Error("expected one hunk");
  const found = await piecesOf(file, hunk, syntax);
  if (typeof found === "string") return found;
  return found.map((piece) => ({
    place: `${piece.as} ${piece.from}-${piece.to} (${piece.lines})`,
    left: contentOf(piece.without()),
  }));
}

const places = (found: Awaited<ReturnType<typeof pieces>>) =>
  typeof found === "string" ? found : found.map(({ place }) => place);

/** A function of two statements in each language, behind what was there, and its text with the body left out. */
test.each<readonly [string, string, string, string]>([
  [
    "a.ts",
    "a();\n",
    "function f(): number {\n  b();\n  return 1;\n}\n",
    `throw new Error("taken back");`,
  ],
  [
    "a.js",
    "a();\n",
    "const f = () => {\n  b();\n  return 1;\n};\n",
    `throw new Error("taken back");`,
  ],
  [
    "a.tsx",
    "a();\n",
    "class F {\n  f() {\n  b();\n  return 1;\n} }\n",
    `throw new Error("taken back");`,
  ],
  ["a.py", "a()\n", "def f():\n    b()\n    return 1\n", "raise NotImplementedError"],
  ["a.go", "package a\n", "func f() int {\n\tb()\n\treturn 1\n}\n", `panic("taken back")`],
  ["a.rs", "mod a;\n", "fn f() -> u8 {\n    b();\n    1\n}\n", "unimplemented!()"],
  ["a.c", "int a;\n", "int f(void) {\n  b();\n  return 1;\n}\n", "__builtin_trap();"],
  [
    "A.java",
    "package a;\n",
    "class A { int f() {\n  b();\n  return 1;\n} }\n",
    "throw new UnsupportedOperationException();",
  ],
  [
    "a.kt",
    "package a\n",
    "fun f(): Int {\n  b()\n  return 1\n}\n",
    "throw UnsupportedOperationException()",
  ],
  [
    "A.cs",
    "using A;\n",
    "class A { int F() {\n  B();\n  return 1;\n} }\n",
    "throw new System.NotSupportedException();",
  ],
  ["a.rb", "a\n", "def f\n  b()\n  1\nend\n", "raise NotImplementedError"],
  ["a.php", "<?php\n", "function f() {\n  b();\n  return 1;\n}\n", "throw new \\LogicException();"],
])(
  "a function that is new in %s is left out as a whole, then by its statements",
  async (path, base, own, failing) => {
    const found = await pieces(path, base, `${base}${own}`);
    if (typeof found === "string") throw new Error(found);
    const from = `${base}${own}`.split("\n").findIndex((line) => /^\s*[bB]\(\)/.test(line)) + 1;
    expect(found[0]?.place).toBe(`body ${from}-${from + 1} (2)`);
    expect(found[0]?.left.split("\n")[from - 1]?.trim()).toBe(failing);
    expect(found.slice(1).map(({ place }) => place)).toEqual(
      expect.arrayContaining([
        `statement ${from}-${from} (1)`,
        `statement ${from + 1}-${from + 1} (1)`,
      ]),
    );
    const [first] = found.filter(({ place }) => place === `statement ${from}-${from} (1)`);
    expect(first?.left.split("\n")[from - 1]?.trim()).toBe(path.endsWith(".py") ? "pass" : "");
  },
);

describe("of a function that was there", () => {
  const base = "int f(int a)\n{\n    go(a);\n    return a;\n}\n";

  test("only what was put in is left out, the largest first", async () => {
    const after = base.replace(
      "go(a);",
      "go(a);\n    if (a > 3) {\n        stop();\n    }\n    b();",
    );
    const found = await pieces("a.c", base, after);
    expect(places(found)).toEqual(["statement 4-6 (3)", "statement 5-5 (1)", "statement 7-7 (1)"]);
    expect(typeof found === "string" ? "" : found[0]?.left).toBe(
      after.replace("if (a > 3) {\n        stop();\n    }", ""),
    );
  });

  test("a statement in the place of another is left out, and none of its lines is new", async () => {
    const after = base.replace("go(a);", "if (a > 3) {\n        stop();\n    }\n    go(a, 1);");
    expect(places(await pieces("a.c", base, after))).toEqual([
      "statement 3-5 (0)",
      "statement 6-6 (0)",
      "statement 4-4 (0)",
    ]);
  });

  test("a statement of which a part was there is not", async () => {
    const after = base.replace("go(a);", "while (a) {\n    go(a);\n    }");
    const file = fileOf("a.c", base, after);
    const found = await Promise.all(hunksOf(file).map((hunk) => piecesOf(file, hunk, syntax)));
    expect(new Set(found)).toEqual(new Set(["no-statement"]));
  });
});

test("text beside a piece stays as it is, byte for byte", async () => {
  const found = await pieces(
    "a.ts",
    "\uFEFFa();\r\n",
    '\uFEFFa();\r\nif (é) {\r\n  b("日");\r\n}\r\n',
  );
  expect(typeof found === "string" ? [] : found.map(({ left }) => left)).toEqual([
    "\uFEFFa();\r\n\r\n",
    "\uFEFFa();\r\nif (é) {\r\n  \r\n}\r\n",
  ]);
});

test.each<readonly [string, string, string | undefined, string, string]>([
  ["no grammar reads", "a.zig", "", "fn f() void {\n  b();\n}\n", "no-grammar"],
  ["the grammar gives up on", "a.c", "", "int a;\n".repeat(60_000), "no-grammar"],
  ["is prose", "a.py", "a()\n", 'a()\n"""Says why."""\n', "no-statement"],
  ["holds declarations alone", "a.h", "int a;\n", "int a;\nint b(void);\n", "no-statement"],
  ["imports", "a.ts", "a();\n", 'import b from "b";\na();\n', "no-statement"],
])("what %s has no piece", async (_title, path, before, after, because) => {
  expect(await pieces(path, before, after)).toBe(because);
});

test("bytes that are no UTF-8 have no piece, and a file that is gone has none", async () => {
  const bytes = new Uint8Array([...Buffer.from("a();\n// "), 0xe9, 10]);
  const latin = { path: "a.ts", after: { bytes, mode: "100644" as const } };
  const gone = { path: "a.ts", before: { bytes, mode: "100644" as const } };
  const found = [latin, gone].flatMap((file) =>
    hunksOf(file).map((hunk) => piecesOf(file, hunk, syntax)),
  );
  expect(await Promise.all(found)).toEqual(["no-grammar", "no-statement"]);
});

test("what the grammar cannot read is no statement, while what stands beside it is one", async () => {
  const after = "void f(void) {\n  b();\n  x = = 2;\n}\n";
  expect(places(await pieces("a.c", undefined, after))).toContain("statement 2-2 (1)");
  expect(places(await pieces("a.c", undefined, after))).not.toContain("statement 3-3 (1)");
});
