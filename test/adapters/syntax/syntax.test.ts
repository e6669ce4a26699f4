import { mkdir, mkdtempDisposable, readFile, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { brotliCompressSync, constants } from "node:zlib";
import { expect, test } from "vitest";
import { readBundled, readPackaged } from "../../../src/adapters/syntax/grammar-files.ts";
import { createSyntax } from "../../../src/adapters/syntax/syntax.ts";
import { GRAMMARS } from "../../../src/ports/syntax.ts";

const packaged = readPackaged(import.meta.url);

test("a grammar is read when a text asks for it, and once", async () => {
  const read: string[] = [];
  const syntax = createSyntax({
    ...packaged,
    readWasm: async (name) => {
      read.push(name);
      return await packaged.readWasm(name);
    },
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

test("a bundle has them beside its program, compressed", async () => {
  await using folder = await mkdtempDisposable(join(tmpdir(), "millwright-syntax-"));
  const params = { [constants.BROTLI_PARAM_QUALITY]: 1 };
  await mkdir(join(folder.path, "grammars"));
  for (const name of ["parser", "go"] as const) {
    const bytes = brotliCompressSync(await packaged.readWasm(name), { params });
    await writeFile(join(folder.path, "grammars", `${name}.wasm.br`), bytes);
  }
  await writeFile(join(folder.path, "package.json"), '{ "type": "module" }\n');
  const library = (await readFile(packaged.library, "utf8")).replace(/^\/\/# source.*$/m, "");
  await writeFile(join(folder.path, "grammars/parser.js"), library);
  const syntax = createSyntax(readBundled(join(folder.path, "index.js")));
  expect(await syntax.parse("go", "package a\n")).toMatchObject({ unreadAt: undefined });
});
