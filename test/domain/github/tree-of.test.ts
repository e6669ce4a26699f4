import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { findGit } from "../../../src/adapters/repository/git.ts";
import { treeWithTexts } from "../../../src/domain/github/tree-of.ts";

let folder = "";
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "millwright-tree-"));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

function git(...words: readonly string[]): string {
  return execFileSync(findGit(), ["-C", folder, ...words], { encoding: "utf8" }).trim();
}

function write(path: string, content: string): void {
  mkdirSync(dirname(join(folder, path)), { recursive: true });
  writeFileSync(join(folder, path), content);
}

test("the tree that git itself makes of the same files, in folders that sort as git sorts them", () => {
  git("init", "--quiet");
  const files = ["a.txt", "a/b.txt", "a-b/c.txt", "ä/ö.txt", "AGENTS.md", "z"];
  for (const path of files) write(path, `${path}\n`);
  git("add", "--all");
  const listed = git("-c", "core.quotePath=false", "ls-files", "--stage").split("\n");
  const before = listed.map((line) => {
    const [, mode = "", blob = "", path = ""] = /^(\d+) ([0-9a-f]+) 0\t(.+)$/.exec(line) ?? [];
    return { path, mode, blob };
  });
  expect(treeWithTexts(before, [])).toBe(git("write-tree"));
  const texts = [
    { path: "AGENTS.md", content: "# Guide ü\n" },
    { path: ".github/factory/lessons/0123456789ab.yml", content: "id: 1\n" },
  ];
  for (const { path, content } of texts) write(path, content);
  git("add", "--all");
  expect(treeWithTexts(before, texts)).toBe(git("write-tree"));
  for (const path of ["a", "a.txt/b"]) {
    expect(treeWithTexts(before, [{ path, content: "" }])).toBeUndefined();
  }
  const linked = before.map((file) => ({ ...file, mode: "120000" }));
  expect(treeWithTexts(linked, [{ path: "AGENTS.md", content: "" }])).toBeUndefined();
  expect(treeWithTexts([], texts)).toBeUndefined();
});
