import { lstatSync, mkdtempSync, readdirSync, readFileSync, readlinkSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import {
  type OpenedRepository,
  openRepository,
} from "../../../src/adapters/repository/repository.ts";
import { collectChanges } from "../../../src/adapters/sandbox/workspace/collect.ts";
import { rememberWorkspace } from "../../../src/adapters/sandbox/workspace/remember.ts";
import type { Baseline } from "../../../src/ports/sandbox.ts";
import { cases, manyOf } from "../../cases.ts";
import { createGitFixture, type GitFixture } from "./fixture.ts";

type Tree = Parameters<GitFixture["commit"]>[0];
const file = (content: string | Buffer, mode = "100644") => ({ mode, content });

let fixture: GitFixture;
let scratch: string;
let repository: OpenedRepository;

beforeEach(async () => {
  fixture = createGitFixture();
  scratch = mkdtempSync(join(tmpdir(), "materialize-"));
  repository = await openRepository(fixture.directory, { scratch });
});
afterEach(async () => {
  await repository.close();
  rmSync(scratch, { recursive: true });
  fixture.remove();
});

/** Writes the tree of a commit into a fresh folder and gives what a change against it would be collected with. */
async function write(commit: string) {
  const directory = mkdtempSync(join(scratch, "tree-"));
  const told = await repository.materialize(commit, directory);
  const entries = await repository.list(commit);
  const files = new Map(entries.map(({ path, mode, id }) => [path, { mode, id }]));
  const base: Baseline = { commit, files, ignore: [] };
  return { directory, base, ...told };
}

const bytes = (directory: string, path: string) => readFileSync(join(directory, path));
const NOTHING = (commit: string) => ({ changeSet: { base: commit, files: [] } });

describe("materialize writes the bytes that git stores", () => {
  const POINTER = `version https://git-lfs.github.com/spec/v1\noid sha256:${"4".repeat(64)}\nsize 12345\n`;
  const TREE: Tree = {
    "crlf.txt": file("one\r\ntwo\r\n"),
    "bom.txt": file("\uFEFFtext"),
    "utf-16.txt": file(Buffer.from("text", "utf16le")),
    "no newline": file("x"),
    empty: file(""),
    "a folder/a file  with spaces .txt": file("x"),
    " leading": file("x"),
    "tab\tand\nnewline": file("x"),
    'quote"back\\slash': file("x"),
    "-option": file("x"),
    "$(id).txt": file("x"),
    "e\u0301/nfd.txt": file("NFD"),
    "\u00e9/nfc.txt": file("NFC"),
    "README.md": file("upper"),
    "readme.md": file("lower"),
    "日本語/🙂.txt": file("x"),
    "run.sh": file("#!/bin/sh\n", "100755"),
    "old-mode": file("x", "100664"),
    "picture.png": file(POINTER),
    "about-lfs.md": file(`${POINTER}and more`),
    ".gitattributes": file("*.txt text eol=crlf filter=lfs working-tree-encoding=UTF-16\n"),
    [`${"n".repeat(255)}`]: file("x"),
    "link to file": file("a folder/a file  with spaces .txt", "120000"),
    "dangling link": file("nowhere/at all", "120000"),
    "deep/link": file("../crlf.txt", "120000"),
  };

  test("whatever they are called and whatever attributes say", async () => {
    const commit = fixture.commit(TREE);
    const { directory, base, leftOut, pointers } = await write(commit);
    expect(leftOut).toEqual([]);
    expect(pointers).toEqual(["picture.png"]);
    for (const [path, { mode, content }] of Object.entries(TREE)) {
      const state = lstatSync(join(directory, path));
      if (mode === "120000") expect(readlinkSync(join(directory, path)), path).toBe(content);
      else {
        expect(bytes(directory, path), path).toEqual(Buffer.from(content as Buffer));
        expect((state.mode & 0o100) !== 0, path).toBe(mode === "100755");
      }
    }
    expect(readdirSync(join(directory, "e\u0301"))).toEqual(["nfd.txt"]);
    expect(collectChanges(directory, base)).toEqual(NOTHING(commit));
  });

  test("any tree, so that nothing is taken for a change", async () => {
    const name = fc
      .string({ unit: "grapheme", minLength: 1, maxLength: 12 })
      .filter((text) => !/[/\0]|^\.{1,2}$|^\.git/i.test(text) && !/~|\p{Cf}/u.test(text))
      .filter((text) => text.isWellFormed() && !text.includes("\uFFFD"));
    const path = fc.array(name, { minLength: 1, maxLength: 3 });
    const entry = fc.record({
      mode: fc.constantFrom("100644", "100755"),
      content: fc.uint8Array({ maxLength: 60 }).map((array) => Buffer.from(array)),
    });
    await fc.assert(
      fc.asyncProperty(
        fc.uniqueArray(fc.tuple(path, entry), { maxLength: 6, selector: ([[first]]) => first }),
        async (entries) => {
          const tree = Object.fromEntries(entries.map(([parts, one]) => [parts.join("/"), one]));
          const commit = fixture.commit(tree);
          const { directory, base, leftOut } = await write(commit);
          expect(leftOut).toEqual([]);
          for (const [one, { content }] of Object.entries(tree)) {
            expect(bytes(directory, one)).toEqual(content);
          }
          expect(collectChanges(directory, base)).toEqual(NOTHING(commit));
        },
      ),
      cases(25),
    );
  });
});

describe("materialize leaves out, and tells,", () => {
  test("links that leave the tree, submodules and names that cannot be", async () => {
    const long = "x".repeat(256);
    const commit = fixture.commit({
      "a/in": file("../b/c", "120000"),
      "b/c": file("1"),
      out: file("/etc/secret-place", "120000"),
      up: file("../x", "120000"),
      "git-link": file(".git/config", "120000"),
      far: file("y/".repeat(2_000), "120000"),
      "sub/module": file("1".repeat(40), "160000"),
      [long]: file("1"),
    });
    const { directory, base, leftOut } = await write(commit);
    expect(leftOut).toEqual([
      { path: "far", reason: "a link longer than a file system takes" },
      { path: "git-link", reason: "a link that leaves the tree" },
      { path: "out", reason: "a link that leaves the tree" },
      { path: "sub/module", reason: "a submodule: its files are in another repository" },
      { path: "up", reason: "a link that leaves the tree" },
      { path: long, reason: "a name longer than a file system takes" },
    ]);
    expect(readlinkSync(join(directory, "a/in"))).toBe("../b/c");
    expect(readdirSync(directory).sort()).toEqual(["a", "b"]);
    // Remembered as absent they are nobody's deletion.
    expect(collectChanges(directory, base, rememberWorkspace(directory, base))).toEqual(
      NOTHING(commit),
    );
  });

  test("names that are not UTF-8", async () => {
    const blob = fixture.git(["hash-object", "-w", "--stdin"], "x");
    const entry = (name: Buffer) =>
      Buffer.concat([Buffer.from("100644 "), name, Buffer.from("\0"), Buffer.from(blob, "hex")]);
    const names = [Buffer.from("good"), Buffer.from([0x67, 0xff]), Buffer.from([0x68, 0xff])];
    const tree = fixture.git(
      ["hash-object", "-t", "tree", "-w", "--stdin"],
      Buffer.concat(names.map(entry)),
    );
    const directory = mkdtempSync(join(scratch, "tree-"));
    const { leftOut } = await repository.materialize(tree, directory);
    expect(leftOut.map(({ reason }) => reason)).toEqual(
      Array.from({ length: 2 }, () => "a name that is not UTF-8"),
    );
    expect(readdirSync(directory)).toEqual(["good"]);
  });

  test("keeps the bytes of a link whose target is no text", async () => {
    const target = Buffer.from([0x61, 0xff]);
    const commit = fixture.commit({ link: file(target, "120000") });
    const { directory, base } = await write(commit);
    expect(readlinkSync(join(directory, "link"), { encoding: "buffer" })).toEqual(target);
    expect(collectChanges(directory, base)).toEqual(NOTHING(commit));
  });

  test("nothing of a file whose place a crafted tree gives to a link", async () => {
    const [blob, target] = ["x", "/etc"].map((text) =>
      fixture.git(["hash-object", "-w", "--stdin"], text),
    );
    const below = fixture.git(["mktree"], `100644 blob ${blob}\tpasswd\n`);
    const tree = fixture.git(
      ["hash-object", "-t", "tree", "-w", "--literally", "--stdin"],
      Buffer.concat([
        Buffer.from("120000 a\0"),
        Buffer.from(target ?? "", "hex"),
        Buffer.from("40000 a\0"),
        Buffer.from(below, "hex"),
      ]),
    );
    const directory = mkdtempSync(join(scratch, "tree-"));
    await repository.materialize(tree, directory).catch(() => undefined);
    expect(lstatSync(join(directory, "a")).isDirectory()).toBe(true);
  });
});

test(`writes ${manyOf(10_000)} files and reads them back`, async () => {
  const stream = Array.from(
    { length: manyOf(10_000) },
    (_, index) =>
      `M 100644 inline d${index % 100}/f${index}.txt\ndata ${`${index}`.length}\n${index}\n`,
  ).join("");
  fixture.git(
    ["fast-import", "--quiet"],
    `commit refs/heads/main\ncommitter a <a@example.com> 1700000000 +0000\ndata 1\nx\n${stream}`,
  );
  const commit = fixture.git(["rev-parse", "main"]);
  const { directory, base } = await write(commit);
  expect(readdirSync(directory)).toHaveLength(100);
  expect(await repository.read(commit, "d7/f107.txt")).toEqual(Buffer.from("107"));
  expect(collectChanges(directory, base)).toEqual(NOTHING(commit));
});
