import { expect, test } from "vitest";
import { readPackaged } from "../../../../src/adapters/syntax/grammar-files.ts";
import { createSyntax } from "../../../../src/adapters/syntax/syntax.ts";
import { hunksOf } from "../../../../src/workers/proof/noticed/hunks.ts";
import { silentHunks } from "../../../../src/workers/proof/noticed/silent.ts";

const syntax = createSyntax(readPackaged(import.meta.url));

async function silent(path: string, before: string, after: string): Promise<readonly boolean[]> {
  const version = (text: string) => ({
    bytes: new TextEncoder().encode(text),
    mode: "100644" as const,
  });
  const file = { path, before: version(before), after: version(after) };
  const hunks = hunksOf(file);
  const found = await silentHunks(file, hunks, syntax);
  return hunks.map((hunk) => found.has(hunk));
}

test.each([
  ["a comment", "a.ts", "f();\n", "// Says why.\nf();\n"],
  ["a comment of many lines", "a.ts", "/* a\n b\n*/\nf();\n", "/* c\n\n d\n*/\nf();\n"],
  ["a blank line", "a.py", "f()\ng()\n", "f()\n\ng()\n"],
  ["a comment in Rust", "src/lib.rs", "fn a() {}\n", "/// Does é.\nfn a() {}\n"],
  [
    "a test beside its code in Rust",
    "src/lib.rs",
    "fn a() {}\n#[cfg(test)]\nmod tests {\n}\n",
    "fn a() {}\n#[cfg(test)]\nmod tests {\n    #[test]\n    fn b() { a(); }\n}\n",
  ],
  [
    "a module of tests that is new in Rust",
    "src/lib.rs",
    "fn a() {}\n",
    "fn a() {}\n#[cfg(test)]\n#[allow(dead_code)]\nmod tests {\n    fn b() {}\n}\n",
  ],
  ["a comment in Go", "a.go", "package a\n", "// Package a counts.\npackage a\n"],
])("%s is nothing that a test could miss", async (_title, path, before, after) => {
  expect(await silent(path, before, after)).toEqual([true]);
});

test.each([
  ["code", "a.ts", "f();\n", "f();\ng();\n"],
  ["code beside a comment", "a.ts", "f();\n", "f(1); // one\n"],
  ["a comment that becomes code", "a.ts", "// f();\n", "f();\n"],
  ["a blank line in a string", "a.ts", "f(`a\nb`);\n", "f(`a\n\nb`);\n"],
  ["a comment in a string", "a.py", 'X = """\na\n"""\n', 'X = """\na\n# b\n"""\n'],
  ["what Go's tools read", "a.go", "package a\n", "//go:build linux\n\npackage a\n"],
  ["a constraint of old", "a.go", "package a\n", "// +build linux\n\npackage a\n"],
  [
    "a module that is left out for something else",
    "src/lib.rs",
    "fn a() {}\n",
    '#[cfg(feature = "x")]\nmod b {\n    fn c() {}\n}\nfn a() {}\n',
  ],
  [
    "code behind a test in Rust",
    "src/lib.rs",
    "#[test]\nfn a() {}\nfn b() {}\n",
    "#[test]\nfn a() {}\nfn b() { c(); }\n",
  ],
  ["a file without a grammar", "a.zig", "f();\n", "// a\nf();\n"],
  ["a file that cannot be read", "a.ts", "f(;\n", "// a\nf(;\n"],
])("%s counts", async (_title, path, before, after) => {
  expect(await silent(path, before, after)).toEqual([false]);
});
