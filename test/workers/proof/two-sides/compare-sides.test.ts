import { describe, expect, test } from "vitest";
import type { ChangedFile } from "../../../../src/domain/change-set.ts";
import type { Repository } from "../../../../src/ports/repository.ts";
import { compareSides } from "../../../../src/workers/proof/two-sides/compare-sides.ts";
import { createFakeRepository, type FakeFile } from "../../../fakes/repository.ts";

type Files = Readonly<Record<string, FakeFile>>;

interface Told {
  readonly parted: Files;
  readonly head: Files;
  readonly base: Files;
  readonly result: Files;
  readonly conflicts?: readonly string[];
  /** Files of the result that the automatic merge does not have. */
  readonly edits?: readonly ChangedFile[];
}

const NONE = { total: 0, names: [] };
const TESTS = {
  head: { added: 1, kept: 1, lost: NONE, known: NONE, removed: NONE },
  base: null,
};

async function compare({ parted, head, base, result, conflicts = [], edits = [] }: Told) {
  const repository = createFakeRepository();
  const commits = {
    parted: repository.commit(parted, "parted"),
    head: repository.commit(head, "head"),
    base: repository.commit(base, "base"),
  };
  const tree = await repository.treeOf(repository.commit(result));
  // A folder has another id at each commit, and is no file.
  const list: Repository["list"] = async (treeish) => {
    const folder = { path: "src", mode: "040000", type: "tree", id: treeish, size: null } as const;
    return [folder, ...(await repository.list(treeish))];
  };
  const read: Repository["read"] = async (treeish, path) => {
    if (path === "src") throw new Error("a folder has no bytes");
    return repository.read(treeish, path);
  };
  const found = await compareSides(
    { list, read },
    {
      merged: {
        mergeBase: commits.parted,
        changeSet: { base: commits.base, files: [] },
        conflicts: conflicts.map((path) => ({ path, kind: "text" })),
        names: { base: "base", parted: "parted", head: "head" },
      },
      head: commits.head,
      changeSet: { base: commits.base, files: [...edits] },
      tree,
      tests: TESTS,
    },
  );
  return { found, commits };
}

const nothing = { total: 0, hunks: [] };
const lost = (path: string, line: number) => ({ path, from: line, to: line, lost: 1, back: 0 });
const written = (path: string): ChangedFile => ({
  ...{ path, mode: "100644", encoding: "utf-8", content: "1\n" },
});

describe("the proof of both sides of a result", () => {
  test("says what each side wrote and the result does not have, sorted by path", async () => {
    const { found, commits } = await compare({
      parted: { same: "1\n", "src/b": "1\n", z: "1\n", gone: "1\n" },
      head: { same: "1\n", "src/b": "1\n2\n", z: "1\n2\n", gone: "1\n", a: "new\n" },
      base: { same: "1\n", "src/b": "1\n", z: "0\n1\n", kept: "1\n" },
      result: { same: "2\n", "src/b": "1\n", z: "1\n2\n", gone: "1\n", kept: "1\n" },
      conflicts: ["z"],
      edits: [written("same"), written("z")],
    });
    expect(found).toEqual({
      head: commits.head,
      mergeBase: commits.parted,
      conflicts: ["z"],
      edited: ["same"],
      sides: {
        head: {
          tests: TESTS.head,
          dropped: { total: 2, hunks: [lost("a", 1), lost("src/b", 2)] },
        },
        base: {
          tests: null,
          dropped: {
            total: 2,
            hunks: [{ path: "gone", from: 0, to: 0, lost: 0, back: 1 }, lost("z", 1)],
          },
        },
      },
    });
  });

  test("says nothing of bytes that a side did not touch", async () => {
    const { found } = await compare({
      ...{ parted: { f: "1\0" }, head: { f: "1\0" }, base: { f: "2\0" }, result: { f: "2\0" } },
    });
    expect(found.sides.head.dropped).toEqual(nothing);
    expect(found.sides.base.dropped).toEqual(nothing);
  });

  test("says nothing of sides that are the result", async () => {
    const files = { f: "2\n" };
    const { found } = await compare({
      parted: { f: "1\n" },
      head: files,
      base: files,
      result: files,
    });
    expect(found.sides).toEqual({
      head: { tests: TESTS.head, dropped: nothing },
      base: { tests: null, dropped: nothing },
    });
  });

  test("counts all, and lists 100 paths of at most 300 characters and 50 hunks", async () => {
    const paths = Array.from({ length: 101 }, (_none, at) => `${at + 100}${"x".repeat(400)}`);
    const changed = Object.fromEntries(paths.slice(0, 51).map((path) => [path, "1\n"]));
    const { found } = await compare({
      ...{ parted: {}, head: changed, base: {}, result: {} },
      conflicts: paths.map((path) => `c${path}`),
      edits: paths.map(written),
    });
    const shown = paths.slice(0, 100);
    expect(found.conflicts).toEqual(shown.map((path) => `c${path}`.slice(0, 300)));
    expect(found.edited).toEqual(shown.map((path) => path.slice(0, 300)));
    expect(found.sides.head.dropped).toEqual({
      total: 51,
      hunks: paths.slice(0, 50).map((path) => lost(path.slice(0, 300), 1)),
    });
  });
});
