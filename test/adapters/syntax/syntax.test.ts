import { expect, test } from "vitest";
import { readPackaged } from "../../../src/adapters/syntax/grammar-files.ts";
import { createSyntax } from "../../../src/adapters/syntax/syntax.ts";
import { GRAMMARS } from "../../../src/ports/syntax.ts";

const packaged = readPackaged(import.meta.url);

test("a grammar is read when a text asks for it, and once", async () => {
  const read: string[] = [];
  const syntax = createSyntax(async (name) => {
    read.push(name);
    return await packaged(name);
  });
  expect(read).toEqual([]);
  await Promise.all([syntax.parse("go", "package a"), syntax.parse("go", "package b")]);
  await syntax.parse("python", "a = 1");
  expect(read).toEqual(["parser", "go", "python"]);
});

test.each(GRAMMARS)("the grammar of %s is installed and fits the parser", async (grammar) => {
  const tree = await createSyntax(packaged).parse(grammar, "");
  expect(tree).toMatchObject({ text: "", unreadAt: undefined });
});

test("nodes know their lines, also behind signs of two units", async () => {
  const text = "// 𝒜 ü\nf(1);\n\ng(2);\n";
  const tree = await createSyntax(packaged).parse("javascript", text);
  if ("problem" in tree) throw new Error(tree.problem);
  const told = tree.root.children.map(({ start, end, line }) => [line, text.slice(start, end)]);
  expect(told).toEqual([
    [1, "// 𝒜 ü"],
    [2, "f(1);"],
    [4, "g(2);"],
  ]);
});

test("a place that the grammar cannot read has its line", async () => {
  const tree = await createSyntax(packaged).parse("go", "package a\n\nfunc f() { } }\n");
  expect(tree).toMatchObject({ unreadAt: 3 });
});

test("what is too large or too deep has no tree", async () => {
  const syntax = createSyntax(packaged);
  expect(await syntax.parse("go", " ".repeat(400_001))).toEqual({ problem: "too-large" });
  expect(await syntax.parse("typescript", `${"[".repeat(3_000)}${"]".repeat(3_000)}`)).toEqual({
    problem: "too-deep",
  });
});
