import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { readCommits, treeOf } from "../../../../../src/twin/github/git/commit-objects.ts";
import { git } from "../../../../../src/twin/github/git/git.ts";
import { askGit } from "../../../../../src/twin/github/git/git-process.ts";
import { placeRef } from "../../../../../src/twin/github/git/move-ref.ts";
import {
  type ListOptions,
  listTree,
} from "../../../../../src/twin/github/git/objects/list-tree.ts";
import {
  kindOfObject,
  looseContent,
  looseHead,
  readBlob,
} from "../../../../../src/twin/github/git/objects/loose-objects.ts";
import { resolveRevision } from "../../../../../src/twin/github/git/read-refs.ts";
import {
  writeBlob,
  writeCommit,
  writeTree,
} from "../../../../../src/twin/github/git/write-objects.ts";
import { ANY_CHARACTER } from "../../../../any-character.ts";
import { cases } from "../../../../cases.ts";
import { createWorld } from "../../world.ts";

let place = "";

beforeAll(async () => {
  place = await mkdtemp(join(tmpdir(), "millwright-objects-"));
  await git(place, ["init", "--quiet", "--bare", "--template=", "--initial-branch=main"]);
});

afterAll(async () => {
  await rm(place, { recursive: true, force: true });
});

/** As git itself says it, asked anew each time; its words after `code`. */
async function said(...words: readonly string[]): Promise<{ code: number; text: string }> {
  const asked = [`--git-dir=${place}`, ...words];
  const environment = { PATH: process.env.PATH ?? "" };
  const { code, stdout } = await askGit({ words: asked, environment, input: "" });
  return { code, text: stdout.toString("utf8") };
}

/** The same list by git's own command. */
async function listed(tree: string, { path, isDeep, hasSizes }: ListOptions) {
  const { code, text } = await said(
    ...["ls-tree", "-z", "--full-tree", ...(hasSizes === true ? ["-l"] : [])],
    ...(isDeep === true ? ["-r", "-t"] : []),
    tree,
    ...(path === undefined ? [] : ["--", path]),
  );
  return code === 0 ? text.split("\0").filter((line) => line !== "") : "refused";
}

/** Entries as lines of `ls-tree -z`. */
async function lines(tree: string, options: ListOptions) {
  const entries = await listTree(place, tree, options).catch(() => undefined);
  return (
    entries?.map(({ path, mode, type, sha, size }) => {
      const sized = options.hasSizes === true ? ` ${`${size ?? "-"}`.padStart(7)}` : "";
      return `${mode} ${type} ${sha}${sized}\t${path}`;
    }) ?? "refused"
  );
}

const who = { name: "Ada", email: "ada@example.com", date: "2026-03-02T08:00:00Z" };
const step = fc.constantFrom("a", "a.b", "ä", ".github", "workflows", "z z", "*");
const path = fc.array(step, { minLength: 1, maxLength: 3 }).map((steps) => steps.join("/"));
const files = fc.uniqueArray(
  fc.record({
    path,
    mode: fc.constantFrom("100644", "100755", "120000", "160000"),
    text: fc.string({ unit: ANY_CHARACTER, maxLength: 80 }),
  }),
  { selector: (file) => file.path, minLength: 1, maxLength: 8 },
);
/** What people ask for, what is not there, and what git reads in its own way. */
const asked = fc.oneof(
  path,
  path.map((one) => `${one}/`),
  fc.constantFrom("", "/", ".", "a/../a", "a//b", ":a", ":(literal)a", "./a", "*"),
);

type File = (typeof files extends fc.Arbitrary<infer Files> ? Files : never)[number];

async function commitOf(made: readonly File[], parents: readonly string[]): Promise<string> {
  const index: string[] = [];
  for (const file of made) {
    const blob = await writeBlob(place, Buffer.from(file.text));
    if (made.some((other) => other.path.startsWith(`${file.path}/`))) continue;
    index.push(`${file.mode} ${blob}\t${file.path}`);
  }
  const tree = (await writeTree(place, { base: undefined, lines: index })) ?? "";
  return writeCommit(place, { tree, parents, author: who, committer: who, message: "m" });
}

/** The commit at which the branch stands now, and what of its tree people may ask. */
async function expectAsGit(paths: readonly string[]): Promise<void> {
  const there = (await said("rev-parse", "refs/heads/moves^{commit}")).text.trim();
  expect(await resolveRevision(place, "refs/heads/moves")).toBe(there);
  const tree = (await said("rev-parse", `${there}^{tree}`)).text.trim();
  expect(treeOf(place, there)).toBe(tree);
  expect(await resolveRevision(place, there, "tree")).toBe(tree);
  expect((await readCommits(place, [there]))[0]?.tree).toBe(tree);
  const asOne = paths.map((path) => ({ path }));
  for (const options of [{}, { isDeep: true }, { hasSizes: true }, ...asOne]) {
    expect(await lines(tree, options)).toEqual(await listed(tree, options));
  }
}

describe("what is read from the objects' own files is what git reads", () => {
  test("trees, files and commits, in files of their own, packed, and half of each", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.record({ files, isPacked: fc.boolean() }), { minLength: 1, maxLength: 3 }),
        fc.array(asked, { minLength: 3, maxLength: 3 }),
        async (history, paths) => {
          let tip: string | undefined;
          for (const { files: made, isPacked } of history) {
            tip = await commitOf(made, tip === undefined ? [] : [tip]);
            await placeRef(place, "refs/heads/moves", tip);
            // Taken out of their own files, those of all histories before among them.
            if (isPacked) await git(place, ["repack", "-a", "-d", "--quiet"]);
            await expectAsGit(paths);
          }
        },
      ),
      cases(40),
    );
  }, 60_000);

  test.each(["blob", "tree", "commit", "tag", "nothing"])("an id that names a %s", async (kind) => {
    const commit = await commitOf([{ path: "a", mode: "100644", text: "one\0two" }], []);
    await placeRef(place, "refs/heads/kinds", commit);
    const environment = { GIT_COMMITTER_NAME: "A", GIT_COMMITTER_EMAIL: "a@example.com" };
    await git(place, ["tag", "--force", "-a", "-m", "One", "v1", commit], { environment });
    const names: Record<string, string> = {
      blob: `${commit}:a`,
      tree: `${commit}^{tree}`,
      commit,
      tag: "refs/tags/v1",
    };
    const named = names[kind];
    const id = named === undefined ? "0".repeat(40) : (await said("rev-parse", named)).text.trim();
    const isThere = (answer: { code: number; text: string }) =>
      answer.code === 0 ? answer.text.trim() : undefined;
    expect(await kindOfObject(place, id)).toBe(isThere(await said("cat-file", "-t", id)));
    const bytes = await readBlob(place, id);
    expect(bytes?.toString("utf8")).toBe(isThere(await said("cat-file", "blob", id)));
    for (const type of ["commit", "tree", "blob", "object"] as const)
      expect(await resolveRevision(place, id, type)).toBe(
        isThere(await said("rev-parse", "--verify", "--quiet", `${id}^{${type}}`)),
      );
    await expect(listTree(place, "0".repeat(40))).rejects.toThrow("ls-tree");
  });

  test("what was just written needs no git", async () => {
    const blob = await writeBlob(place, Buffer.from("text"));
    expect(looseHead(place, blob)).toMatchObject({ kind: "blob", size: 4 });
    expect(looseContent(place, blob, "blob")?.toString("utf8")).toBe("text");
    expect(looseContent(place, blob, "tree")).toBeUndefined();
  });

  test("a file of more bytes than are read at once", async () => {
    const text = "0123456789".repeat(500_000);
    const blob = await writeBlob(place, Buffer.from(text));
    expect((await readBlob(place, blob))?.toString("latin1") === text).toBe(true);
  });
});

test("a file is as the branch has it now, whatever was read of it before", async () => {
  await using world = await createWorld();
  const token = world.job({ contents: "read" });
  for (const text of ["one\n", "two\n"]) {
    await world.commit({ "a/b.txt": text });
    for (const ref of ["main", "refs/heads/main"]) {
      const values = { path: "a/b.txt", ref };
      const { body } = await world.ask(token, "GET /repos/{owner}/{repo}/contents/{path}", values);
      expect(Buffer.from(body.content, "base64").toString("utf8")).toBe(text);
    }
  }
});
