import { describe, expect, test } from "vitest";
import { hunksOf } from "../../../../../src/workers/proof/noticed/hunks.ts";
import { piecesOf } from "../../../../../src/workers/proof/noticed/pieces/pieces.ts";
import { syntax } from "../../../syntax.ts";
import { fileOf } from "./files.ts";

/** Of each hunk of a file what can be left out of it, in the order in which it is tried. */
async function places(path: string, before: string, after: string) {
  const file = fileOf(path, before, after);
  const found = await Promise.all(hunksOf(file).map((hunk) => piecesOf(file, hunk, syntax)));
  return found.map((pieces) =>
    typeof pieces === "string" ? pieces : pieces.map(({ as, from, to }) => `${as} ${from}-${to}`),
  );
}

describe("what is tried of a hunk", () => {
  test("is its own, whatever other hunks put in before it and behind it", async () => {
    const kept = ["a();", "b();", "c();", "d();", "e();", "f();", "g();", "h();", "i();"];
    const before = ["a0();", ...kept, "b0();", ...kept, "c0();"].join("\n");
    const after = before.replace("a0", "x").replace("b0", "y").replace("c0", "z");
    expect(await places("a.js", before, after)).toEqual([
      ["statement 1-1"],
      ["statement 11-11"],
      ["statement 21-21"],
    ]);
  });

  test.each<readonly [string, string, readonly string[]]>([
    ["by its lines", "a(1);\nb(\n2);\nc(\n3\n);\n", ["4-6", "2-3", "1-1"]],
    ["by its lines before its letters", "a(1, 2, 3, 4, 5, 6);\nb(\n2\n);\n", ["2-4", "1-1"]],
    ["of as many lines by its letters", "a(1);\nb(12);\n", ["2-2", "1-1"]],
    ["of one size by its place", "a(1);\nb(2);\nc(3);\n", ["1-1", "2-2", "3-3"]],
  ])("is the largest first: %s", async (_title, after, expected) => {
    const [found] = await places("a.js", "", after);
    expect(found).toEqual(expected.map((place) => `statement ${place}`));
  });

  test("is a body of one statement, and then the statement", async () => {
    const after = "const f = () => {\n  b();\n};\n";
    const [found] = await places("a.js", "", after);
    expect(found).toEqual(["body 2-2", "statement 2-2"]);
  });

  test("is nothing of a function without a body", async () => {
    expect(await places("A.java", "", "interface A {\n  int f();\n}\n")).toEqual(["no-statement"]);
  });

  test("is a statement that begins with a text and does more", async () => {
    expect(await places("a.py", "a()\n", 'a()\n"b", c()\n')).toEqual([["statement 2-2"]]);
  });
});
