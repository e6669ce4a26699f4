import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { git, tryGit } from "../../../../src/twin/github/git/git.ts";
import { commitsBetween, isAncestor, mergeBase } from "../../../../src/twin/github/git/history.ts";
import { moveRef, placeRef } from "../../../../src/twin/github/git/move-ref.ts";
import { listRefs, refTip } from "../../../../src/twin/github/git/read-refs.ts";
import {
  writeBlob,
  writeCommit,
  writeTree,
} from "../../../../src/twin/github/git/write-objects.ts";
import { cases } from "../../../cases.ts";

let place = "";
let tree = "";

beforeAll(async () => {
  place = await mkdtemp(join(tmpdir(), "millwright-without-git-"));
  await git(place, ["init", "--quiet", "--bare", "--template=", "--initial-branch=main"]);
  const blob = await writeBlob(place, Buffer.from("one\n"));
  tree = (await writeTree(place, { base: undefined, lines: [`100644 ${blob}\ta.txt`] })) ?? "";
});

afterAll(async () => {
  await rm(place, { recursive: true, force: true });
});

const who = { name: "Ada", email: "ada@example.com", date: "2026-03-02T08:00:00Z" };
let made = 0;

function commitOn(...parents: readonly string[]): Promise<string> {
  made += 1;
  return writeCommit(place, { tree, parents, author: who, committer: who, message: `m ${made}` });
}

/** As git itself says it. */
async function said(...command: readonly string[]): Promise<string> {
  return (await tryGit(place, command)).stdout.toString("utf8").trim();
}

/** Name of the tree without anything in it. */
const NO_ENTRIES = "4b825dc642cb6eb9a060e54bf8d69288fbee4904";

async function treeOfGit(lines: readonly string[], base = "--empty"): Promise<string> {
  const environment = { GIT_INDEX_FILE: join(place, "index-of-git") };
  await git(place, ["read-tree", base], { environment });
  const input = `${lines.join("\0")}\0`;
  await git(place, ["update-index", "-z", "--index-info"], { environment, input });
  return await git(place, ["write-tree"], { environment });
}

/** Each commit by the places of its parents among those before it; none for a beginning. */
const history = fc.array(fc.uniqueArray(fc.nat({ max: 20 }), { maxLength: 2 }), {
  minLength: 2,
  maxLength: 9,
});

async function grow(shape: readonly (readonly number[])[]): Promise<readonly string[]> {
  const commits: string[] = [];
  for (const parents of shape) {
    const places = commits.length === 0 ? [] : parents.map((at) => at % commits.length);
    commits.push(await commitOn(...[...new Set(places)].map((at) => commits[at] ?? "")));
  }
  return commits;
}

describe("what the twin does itself is what git does", () => {
  test("objects have the names that git gives them, and git reads them", async () => {
    const text = "a letter, ä, and no end of line";
    const blob = await writeBlob(place, Buffer.from(text));
    expect(await said("cat-file", "blob", blob)).toBe(text);
    const asGit = await git(place, ["hash-object", "--stdin"], { input: text });
    expect(blob).toBe(asGit);
    const commit = await commitOn();
    expect(await said("cat-file", "-t", commit)).toBe("commit");
    expect(await said("fsck", "--strict", "--no-dangling", commit)).toBe("");
    expect(await writeBlob(place, Buffer.from(text))).toBe(blob);
  });

  test("a history is walked as git walks it, with merges and with several beginnings", async () => {
    await fc.assert(
      fc.asyncProperty(history, fc.nat(), fc.nat(), async (shape, left, right) => {
        const commits = await grow(shape);
        const from = commits[left % commits.length] ?? "";
        const to = commits[right % commits.length] ?? "";
        const list = await said("rev-list", "--reverse", "--topo-order", to, `^${from}`);
        expect(await commitsBetween(place, from, to)).toEqual(list === "" ? [] : list.split("\n"));
        const { code } = await tryGit(place, ["merge-base", "--is-ancestor", from, to]);
        expect(await isAncestor(place, from, to)).toBe(code === 0);
        const bases = (await said("merge-base", "--all", from, to)).split("\n");
        expect(bases).toContain((await mergeBase(place, from, to)) ?? "");
      }),
      cases(60),
    );
  }, 60_000);

  test("a history longer than is walked here is git's to walk", async () => {
    const first = await commitOn();
    let tip = first;
    for (let length = 0; length < 80; length += 1) tip = await commitOn(tip);
    expect(await isAncestor(place, first, tip)).toBe(true);
    expect(await isAncestor(place, tip, first)).toBe(false);
    expect(await commitsBetween(place, first, tip)).toHaveLength(80);
    expect(await mergeBase(place, first, tip)).toBe(first);
  });

  test("a tree is what its lines make of its base, and lines that git refuses make none", async () => {
    const blob = await writeBlob(place, Buffer.from("two\n"));
    const lines = [`100644 ${blob}\tb.txt`];
    const grown = (await writeTree(place, { base: tree, lines })) ?? "";
    expect(await said("ls-tree", "--name-only", grown)).toBe("a.txt\nb.txt");
    expect(await writeTree(place, { base: tree, lines })).toBe(grown);
    expect(await writeTree(place, { base: tree, lines: ["no line"] })).toBeUndefined();
  });

  test("a tree is the one that git makes, whatever takes the place of what", async () => {
    const blob = await writeBlob(place, Buffer.from("three\n"));
    const step = fc.constantFrom("a", "b", "a.b", "a-b", "ä", "A");
    const line = fc
      .tuple(
        fc.constantFrom("100644", "100755", "120000", "gone"),
        fc.array(step, { minLength: 1, maxLength: 3 }),
      )
      .map(([mode, steps]) =>
        mode === "gone"
          ? `0 ${"0".repeat(40)}\t${steps.join("/")}`
          : `${mode} ${blob}\t${steps.join("/")}`,
      );
    const lines = fc.array(line, { minLength: 1, maxLength: 8 });
    await fc.assert(
      fc.asyncProperty(lines, lines, async (first, second) => {
        const base = await writeTree(place, { base: undefined, lines: first });
        expect(await writeTree(place, { base, lines: second })).toBe(
          await treeOfGit([...first, ...second]),
        );
      }),
      cases(150),
    );
  }, 60_000);

  test.each([
    ["a path below .git", (blob: string) => `100644 ${blob}\t.git/config`],
    [
      "a path below what some file systems take for .git",
      (blob: string) => `100644 ${blob}\t.GIT. /config`,
    ],
    ["a link for .gitmodules", (blob: string) => `120000 ${blob}\t.gitmodules`],
    ["a link that Windows takes for .gitmodules", (blob: string) => `120000 ${blob}\tGITMOD~1`],
    ["another one", (blob: string) => `120000 ${blob}\tgi7eba~1`],
    ["a link for .gitmodules and a blank", (blob: string) => `120000 ${blob}\t.gitmodules `],
    ["a zero byte in a path", (blob: string) => `100644 ${blob}\tb\x00c`],
    ["a line after a zero byte", (blob: string) => `100644 ${blob}\tb\x00100644 ${blob}\tc`],
    ["a line break and a tab in a path", (blob: string) => `100755 ${blob}\tb\n\tc`],
    ["half of a character", (blob: string) => `100644 ${blob}\t\uD800`],
    ["files of git in the repository", (blob: string) => `100644 ${blob}\t.github/.gitignore`],
    ["a step that leads out", (blob: string) => `100644 ${blob}\tb/../c`],
    ["a file that nobody wrote", () => `100644 ${"7".repeat(40)}\tb`],
  ])("what comes of %s is what git says", async (_, odd) => {
    const blob = await writeBlob(place, Buffer.from("four\n"));
    const lines = [`100644 ${blob}\ta`, odd(blob)];
    const orNone = (made: Promise<string | undefined>) => made.catch(() => undefined);
    const ours = await orNone(writeTree(place, { base: undefined, lines }));
    expect(ours).toBe(await orNone(treeOfGit(lines)));
  });

  test("two halves of characters are one name, as they are the same bytes", async () => {
    const blob = await writeBlob(place, Buffer.from("five\n"));
    const lines = [`100644 ${blob}\t\uD800`, `100644 ${blob}\t\uD801`];
    expect(await writeTree(place, { base: undefined, lines })).toBe(await treeOfGit(lines));
  });

  test.each([
    ["an old mode", (blob: string) => [`100664 blob ${blob}\told`]],
    ["a folder without anything in it", () => [`040000 tree ${NO_ENTRIES}\tempty`]],
    ["a commit of another repository", () => [`160000 commit ${"1".repeat(40)}\tmodule`]],
  ])("what becomes of %s in a tree is what git says", async (_, entries) => {
    const blob = await writeBlob(place, Buffer.from("six\n"));
    await writeTree(place, { base: undefined, lines: [] });
    const input = `${[`100644 blob ${blob}\ta`, ...entries(blob)].join("\0")}\0`;
    const base = await git(place, ["mktree", "-z", "--missing"], { input });
    const lines = [`100644 ${blob}\tz`];
    expect(await writeTree(place, { base, lines })).toBe(await treeOfGit(lines, base));
  });
});

describe("a ref", () => {
  test("moves only from where it is said to stand, and git sees it there", async () => {
    const [one, two] = [await commitOn(), await commitOn()];
    const ref = "refs/heads/moves/a";
    expect(await moveRef(place, { ref, after: one, before: null })).toBe(true);
    expect(await moveRef(place, { ref, after: two, before: null })).toBe(false);
    expect(await moveRef(place, { ref, after: two, before: two })).toBe(false);
    expect(await said("rev-parse", ref)).toBe(one);
    expect(await moveRef(place, { ref, after: two, before: one })).toBe(true);
    expect([await said("rev-parse", ref), await refTip(place, ref)]).toEqual([two, two]);
    expect(await moveRef(place, { ref, after: null, before: one })).toBe(false);
    expect(await moveRef(place, { ref, after: null, before: two })).toBe(true);
    expect(await refTip(place, ref)).toBeUndefined();
  });

  test("of two that move it at once one does", async () => {
    const commits = [await commitOn(), await commitOn(), await commitOn()];
    const [first = "", ...next] = commits;
    const ref = "refs/heads/raced";
    await placeRef(place, ref, first);
    const moved = await Promise.all(
      next.map((after) => moveRef(place, { ref, after, before: first })),
    );
    expect(moved.filter(Boolean)).toHaveLength(1);
    expect(next[moved.indexOf(true)]).toBe(await refTip(place, ref));
  });

  test("that is packed moves and goes, and none stands where another one's folder is", async () => {
    const [one, two] = [await commitOn(), await commitOn()];
    for (const ref of ["refs/heads/packed/a", "refs/heads/packed/b"])
      await placeRef(place, ref, one);
    await git(place, ["pack-refs", "--all"]);
    expect(await moveRef(place, { ref: "refs/heads/packed/a", after: two, before: one })).toBe(
      true,
    );
    expect(await moveRef(place, { ref: "refs/heads/packed/b", after: null, before: one })).toBe(
      true,
    );
    expect(await moveRef(place, { ref: "refs/heads/packed/a/c", after: one, before: null })).toBe(
      false,
    );
    expect(await moveRef(place, { ref: "refs/heads/packed", after: one, before: null })).toBe(
      false,
    );
    const packed = [...(await listRefs(place))].filter(([ref]) => ref.includes("packed"));
    expect(packed).toEqual([["refs/heads/packed/a", two]]);
    await expect(placeRef(place, "refs/heads/a..b", one)).rejects.toThrow("git does not move");
  });
});
