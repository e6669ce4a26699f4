import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { ChangedFile } from "../../../src/domain/change-set.ts";
import {
  type FolderEntry,
  type Folders,
  foldersAbove,
  makesTree,
} from "../../../src/domain/github/tree-with.ts";

let folder = "";
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "tree-with-"));
  trees.clear();
  git(["init", "--bare", "--quiet", folder]);
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function git(words: readonly string[], input: Uint8Array = new Uint8Array()): string {
  const env = { ...process.env, GIT_DIR: folder, GIT_INDEX_FILE: join(folder, "index-of-test") };
  return execFileSync("git", words, { env, input, encoding: "latin1" });
}

type Files = ReadonlyMap<string, { readonly mode: string; readonly text: string }>;

/** Trees that git has made: each starts four processes. */
const trees = new Map<string, string>();

/** The tree that git itself makes of these files. */
function treeOf(files: Files): string {
  const name = JSON.stringify([...files]);
  const tree = trees.get(name) ?? makeTree(files);
  trees.set(name, tree);
  return tree;
}

function makeTree(files: Files): string {
  const blobs = blobsOf([...files.values()].map(({ text }) => text));
  git(["read-tree", "--empty"]);
  const lines = [...files].map(
    ([path, { mode }], index) =>
      `${mode} ${blobs[index]}\t${Buffer.from(path).toString("latin1")}\0`,
  );
  git(["update-index", "-z", "--index-info"], Buffer.from(lines.join(""), "latin1"));
  return git(["write-tree"]).trim();
}

/** Ids of texts, all of them written by one process. */
function blobsOf(texts: readonly string[]): readonly string[] {
  const paths = texts.map((text, index) => {
    const path = join(folder, `text-${index}`);
    writeFileSync(path, text);
    return `${path}\n`;
  });
  const words = ["hash-object", "-w", "--no-filters", "--stdin-paths"];
  return git(words, Buffer.from(paths.join(""))).split("\n");
}

/** Folders of a tree as git lists them, all in one answer. */
function foldersOf(tree: string, paths: readonly string[]): Folders {
  const folders = new Map<string, FolderEntry[]>([["", []]]);
  for (const line of git(["ls-tree", "-r", "-t", "-z", tree]).split("\0")) {
    if (line === "") continue;
    const [facts = "", path = ""] = line.split("\t");
    const [mode = "", type, id = ""] = facts.split(" ");
    const at = path.lastIndexOf("/");
    const entry = { name: path.slice(at + 1), mode: mode.replace(/^0/, ""), id };
    folders.get(path.slice(0, Math.max(at, 0)))?.push(entry);
    if (type === "tree") folders.set(path, []);
  }
  // Git writes names as bytes, which `git` reads as Latin-1.
  return new Map(
    paths.map((path) => [path, folders.get(Buffer.from(path).toString("latin1")) ?? null]),
  );
}

function changedBy(files: Files, changes: readonly ChangedFile[]): Files {
  const changed = new Map(files);
  for (const change of changes) {
    if ("deleted" in change) changed.delete(change.path);
    else changed.set(change.path, { mode: change.mode, text: change.content });
  }
  return changed;
}

function made(files: Files, changes: readonly ChangedFile[], expected?: string): boolean {
  const folders = foldersOf(treeOf(files), foldersAbove(changes.map(({ path }) => path)));
  return makesTree(folders, changes, expected ?? treeOf(changedBy(files, changes)));
}

const plain = (text: string) => ({ mode: "100644", text });
const BASE: Files = new Map([
  ["README.md", plain("read\n")],
  ["run.sh", { mode: "100755", text: "#!/bin/sh\n" }],
  ["link", { mode: "120000", text: "README.md" }],
  ["src/a.ts", plain("a\n")],
  ["src.ts", plain("beside\n")],
  ["src-old/only.ts", plain("only\n")],
  ["docs/über/ä.md", plain("ä\n")],
]);
const write = (path: string, content = "new\n", mode: "100644" | "100755" = "100644") =>
  ({ path, mode, encoding: "utf-8", content }) as const satisfies ChangedFile;
const remove = (path: string) => ({ path, deleted: true }) as const satisfies ChangedFile;

describe("the tree that comes of a change", () => {
  test("is the one that git makes, wherever files come and go", () => {
    const names = ["a", "a.b", "a-b", "ab", "ä", "z"];
    const path = fc
      .array(fc.constantFrom(...names), { minLength: 1, maxLength: 3 })
      .map((segments) => segments.join("/"));
    const files = fc.uniqueArray(fc.tuple(path, fc.string({ unit: "grapheme", maxLength: 5 })), {
      selector: ([one]) => one,
      minLength: 1,
      maxLength: 8,
    });
    const isWhole = (paths: readonly string[]) =>
      !paths.some((one) => paths.some((other) => other.startsWith(`${one}/`)));
    fc.assert(
      fc.property(files, files, fc.infiniteStream(fc.boolean()), (before, changed, dice) => {
        fc.pre(isWhole([...before, ...changed].map(([one]) => one)));
        const base: Files = new Map(before.map(([one, text]) => [one, plain(text)]));
        const changes = changed.map(([one, text]) =>
          base.has(one) && dice.next().value === true ? remove(one) : write(one, text),
        );
        fc.pre(changedBy(base, changes).size > 0);
        expect(made(base, changes)).toBe(true);
        expect(made(base, [write("other"), ...changes], treeOf(changedBy(base, changes)))).toBe(
          false,
        );
      }),
      { numRuns: 25 },
    );
  });

  test.each<readonly [string, readonly ChangedFile[], boolean]>([
    ["a file beside a folder of its name", [write("src.ts"), write("src/b.ts")], true],
    ["the last file of a folder goes", [remove("src-old/only.ts")], true],
    ["letters that are not Latin", [write("docs/über/ö.md"), remove("docs/über/ä.md")], true],
    ["a new folder below a new folder", [write("new/deep/er.ts")], true],
    ["a file that may be run", [write("bin.sh", "x", "100755")], false],
    ["a file that could be run and can no more", [write("run.sh")], false],
    ["a file that could be run goes", [remove("run.sh")], true],
    ["a link goes", [remove("link")], false],
    ["a link becomes a file", [write("link")], false],
    ["a file that is not there goes", [remove("gone.ts")], false],
    ["a file becomes a folder", [remove("src.ts"), write("src.ts/in.ts")], false],
    ["a name that is refused", [write(".git/config")], false],
  ])("is told or not: %s", (_, changes, isTold) => {
    const isReal = !changes.some(({ path }) => path.startsWith(".git/"));
    expect(made(BASE, changes, isReal ? undefined : treeOf(BASE))).toBe(isTold);
  });

  test("is not told where a folder is not shown", () => {
    const changes = [write("src/a.ts")];
    const expected = treeOf(changedBy(BASE, changes));
    const folders = foldersOf(treeOf(BASE), [""]);
    expect(makesTree(folders, changes, expected)).toBe(false);
  });

  test("is no other than the one that was verified", () => {
    expect(made(BASE, [write("src/a.ts")], treeOf(BASE))).toBe(false);
  });

  test("is made in every folder above what changes", () => {
    expect(foldersAbove(["a.ts", "src/deep/b.ts", "src/c.ts"])).toEqual(["", "src", "src/deep"]);
    expect(foldersAbove([])).toEqual([]);
  });
});
