import { expect, test } from "vitest";
import { hunksOf } from "../../../../src/workers/proof/noticed/hunks.ts";
import { silentHunks } from "../../../../src/workers/proof/noticed/silent.ts";
import { syntax } from "../../syntax.ts";

async function silent(
  path: string,
  before: string | undefined,
  after: string | undefined,
): Promise<readonly boolean[]> {
  const version = (text: string) => ({
    bytes: new TextEncoder().encode(text),
    mode: "100644" as const,
  });
  const file = {
    path,
    ...(before === undefined ? {} : { before: version(before) }),
    ...(after === undefined ? {} : { after: version(after) }),
  };
  const hunks = hunksOf(file);
  const found = await silentHunks(file, hunks, syntax);
  return hunks.map((hunk) => found.has(hunk));
}

test.each<readonly [string, string, string | undefined, string | undefined]>([
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
  [
    "a comment further down in Go",
    "a.go",
    "package a\n",
    "package a\n\n// One // +build says nothing.\n",
  ],
  [
    "a module of tests alone",
    "src/lib.rs",
    undefined,
    "#[cfg( test )]\n#[allow(x)]\nmod tests {\n}\n",
  ],
  ["an empty comment in Go", "a.go", "package a\n", "//\npackage a\n"],
  [
    "a comment behind a line of code",
    "a.ts",
    "f();\ng();\n",
    "f();\n  // one\n  /* two */ // three\ng();\n",
  ],
  ["a comment behind a string", "a.ts", "f(`\n`);\n", "f(`\n`);\n// a\n"],
  ["a new file of comments", "a.ts", undefined, "// a\n"],
  ["a file of comments that is gone", "a.ts", "// a\n", undefined],
  [
    "a test that is new in Rust",
    "src/lib.rs",
    "fn a() {}\n",
    "fn a() {}\n#[allow(x)]\n#[test]\nfn b() {}\n",
  ],
])("%s is nothing that a test could miss", async (_title, path, before, after) => {
  expect(await silent(path, before, after)).toEqual([true]);
});

const DEEP = `${"(".repeat(3_000)}1${")".repeat(3_000)}`;

test.each<readonly [string, string, string | undefined, string | undefined]>([
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
  ["code before a comment", "a.ts", "g();\n", "g();\nf(1); // one\n"],
  ["code behind a comment", "a.ts", "g();\n", "g();\n/* one */ f(1);\n"],
  ["code between comments", "a.ts", "g();\n", "g();\n/* one */ f(1); /* two */\n"],
  ["a mark that leaves a type out", "src/lib.rs", "struct B;\n", "#[cfg(test)]\nstruct B;\n"],
  [
    "a mark that leaves others' code out",
    "src/lib.rs",
    'extern "C" {}\n',
    '#[cfg(test)]\nextern "C" {}\n',
  ],
  ["a preamble that looks like a comment in it", "a.go", "package a\n", "package a\n/* // x */\n"],
  ["the preamble of cgo", "a.go", "package a\n", "package a\n/* #include <a.h> */\n"],
  ["a new file of code", "a.ts", undefined, "// a\nf();\n"],
  ["a function of Rust", "src/lib.rs", "fn a() {}\n", "fn a() {}\nfn b() {}\n"],
  [
    "a type of Rust with marks",
    "src/lib.rs",
    "fn a() {}\n",
    "fn a() {}\n#[cfg(test)]\nstruct B;\n",
  ],
  ["a mark of nothing", "src/lib.rs", "fn a() {}\n", "fn a() {}\n#[cfg(test)]\n"],
  [
    "what only other builds have",
    "src/lib.rs",
    "fn a() {}\n",
    "fn a() {}\n#[cfg(not(test))]\nfn b() {}\n",
  ],
  [
    "what stands behind a marked test",
    "src/lib.rs",
    "#[test]\nfn a() {}\n",
    "#[test]\nfn a() {}\n#[inline]\nfn b() {}\n",
  ],
  ["a file that can no longer be read", "a.ts", "f();\n", "f(;\n"],
  ["a file that could not be read", "a.ts", "f(;\n", "f();\n"],
  ["a file nested too deep", "a.ts", DEEP, `// a\n${DEEP}`],
  ["a file without a grammar", "a.zig", "f();\n", "// a\nf();\n"],
  ["a file that cannot be read", "a.ts", "f(;\n", "// a\nf(;\n"],
])("%s counts", async (_title, path, before, after) => {
  expect(await silent(path, before, after)).toEqual([false]);
});
