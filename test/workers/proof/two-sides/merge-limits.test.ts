import { describe, expect, test } from "vitest";
import type { Repository } from "../../../../src/ports/repository.ts";
import { mergeSides } from "../../../../src/workers/proof/two-sides/merge.ts";
import { createFakeRepository, type FakeFile } from "../../../fakes/repository.ts";

type Files = Readonly<Record<string, FakeFile>>;

async function play(parted: Files, base: Files, head: Files) {
  const repository = createFakeRepository();
  const before = repository.commit(parted, "parted");
  const sides = {
    base: repository.commit(base, "base"),
    head: repository.commit(head, "head"),
  };
  const asked = { ...repository, mergeBase: async () => before };
  return { before, sides, merged: await mergeSides(asked, sides) };
}
const merge = async (parted: Files, base: Files, head: Files) =>
  (await play(parted, base, head)).merged;
const filesOf = async (parted: Files, base: Files, head: Files) => {
  const merged = await merge(parted, base, head);
  return "refusal" in merged ? merged.refusal : merged.changeSet.files;
};

const program = (content: string) => ({ mode: "100755", content });
const written = (path: string, content: string, mode = "100644") => ({
  ...{ path, mode, encoding: "utf-8", content },
});
const isTooMuch = (subject: string, found: string, accepted: string) => ({
  refusal: { code: "limit-exceeded", subject, found, accepted },
});
const wrong = (subject: string, found: string, accepted: string) => ({
  refusal: { code: "change-set-invalid", subject: JSON.stringify(subject), found, accepted },
});
const CLASH = "a link, a submodule, or a file where the other side has a folder";
const NO_TEXT = "both sides changed it, and it is no text of at most 5,000 lines";

describe("a merge of two sides", () => {
  test("names both sides and where they parted by twelve digits, and its conflict has the names", async () => {
    const { merged, before, sides } = await play({ f: "1\n" }, { f: "2\n" }, { f: "3\n" });
    const names = {
      base: `base ${sides.base.slice(0, 12)}`,
      parted: `where both parted ${before.slice(0, 12)}`,
      head: `pull request ${sides.head.slice(0, 12)}`,
    };
    const content = `<<<<<<< ${names.base}\n2\n||||||| ${names.parted}\n1\n=======\n3\n>>>>>>> ${names.head}\n`;
    expect(merged).toEqual({
      mergeBase: before,
      changeSet: { base: sides.base, files: [written("f", content)] },
      conflicts: [{ path: "f", kind: "text" }],
      names,
    });
  });

  test("sorts the paths, whichever side has them", async () => {
    const files = await filesOf({ z: "1\n" }, { z: "1\n" }, { z: "2\n", "b/c": "1\n", a: "1\n" });
    expect(files).toEqual([written("a", "1\n"), written("b/c", "1\n"), written("z", "2\n")]);
  });

  test("takes out what the head took out, and keeps its bytes where the base took the file out", async () => {
    expect(await filesOf({ f: "1\n" }, { f: "1\n" }, {})).toEqual([{ path: "f", deleted: true }]);
    expect(await filesOf({ f: "1\n" }, {}, { f: "2\n" })).toEqual([written("f", "2\n")]);
    expect(await filesOf({ f: "1\n" }, { f: "2\n" }, {})).toEqual([]);
  });

  // Bytes that are no text cannot be merged, so that these show that nothing had to be.
  test.each<[string, Files, Files, Files, object]>([
    [
      "the base sets the mode and the head the bytes",
      { f: "1\0" },
      { f: program("1\0") },
      { f: "2\0" },
      written("f", "2\0", "100755"),
    ],
    [
      "the head sets the mode and the base the bytes",
      { f: "1\0" },
      { f: "2\0" },
      { f: program("1\0") },
      written("f", "2\0", "100755"),
    ],
    [
      "both set the same bytes and the base the mode",
      { f: "1\0" },
      { f: program("2\0") },
      { f: "2\0" },
      written("f", "2\0", "100755"),
    ],
    [
      "both set the same bytes and the head takes the mode back",
      { f: program("1\0") },
      { f: program("2\0") },
      { f: "2\0" },
      written("f", "2\0"),
    ],
  ])("has both where %s", async (_what, parted, base, head, file) => {
    expect(await filesOf(parted, base, head)).toEqual([file]);
  });

  test("sees no folders, even if git lists them", async () => {
    const repository = createFakeRepository();
    const list: Repository["list"] = async (commit) => {
      const folder = { path: "src", mode: "040000", type: "tree", id: commit, size: null } as const;
      return [folder, ...(await repository.list(commit))];
    };
    const before = repository.commit({ "src/a.ts": "1\n" }, "parted");
    const sides = {
      base: repository.commit({ "src/a.ts": "1\n" }, "base"),
      head: repository.commit({ "src/a.ts": "2\n" }, "head"),
    };
    const asked = { ...repository, list, mergeBase: async () => before };
    expect(await mergeSides(asked, sides)).toMatchObject({
      changeSet: { files: [written("src/a.ts", "2\n")] },
    });
  });

  test("has at most 300 files and 5,000,000 bytes of the head", async () => {
    const many = (count: number) =>
      Object.fromEntries(Array.from({ length: count }, (_none, at) => [`f${at}`, `${at}\n`]));
    expect(await filesOf({}, {}, many(300))).toHaveLength(300);
    expect(await merge({}, {}, many(301))).toEqual(
      isTooMuch("files in the pull request", "301", "at most 300"),
    );
    const half = "x".repeat(2_500_000);
    const gone = { gone: "1\n" };
    expect(await filesOf(gone, gone, { a: half, b: half })).toHaveLength(3);
    expect(await merge(gone, gone, { a: half, b: `${half}x` })).toEqual(
      isTooMuch("bytes in the pull request", "5000001", "at most 5000000"),
    );
  });

  test("may make a folder of a file", async () => {
    const files = await filesOf({ data: "1\n" }, { data: "1\n" }, { "data/a/b": "1\n" });
    expect(files).toEqual([{ path: "data", deleted: true }, written("data/a/b", "1\n")]);
  });

  test.each<[string, Files, Files, Files, object]>([
    [
      "a file where the base has a folder",
      {},
      { "data/a": "1\n" },
      { data: "1\n" },
      wrong("data", CLASH, "regular files"),
    ],
    [
      "a file where the base has a folder with a folder",
      {},
      { "data/deep/a": "1\n" },
      { data: "1\n" },
      wrong("data", CLASH, "regular files"),
    ],
    [
      "a deep file where the base has a folder",
      {},
      { "data/deep/a": "1\n" },
      { "data/deep": "1\n" },
      wrong("data/deep", CLASH, "regular files"),
    ],
    [
      "a folder where the base has a file",
      {},
      { data: "1\n" },
      { "data/a": "1\n" },
      wrong("data", CLASH, "regular files"),
    ],
    [
      "a submodule",
      {},
      { "other file": "1\n" },
      { lib: { mode: "160000", content: "" } },
      wrong("lib", CLASH, "regular files"),
    ],
    [
      "a file that was a link",
      { "a b": { mode: "120000", content: "c" } },
      { "a b": { mode: "120000", content: "c" } },
      { "a b": "1\n" },
      wrong("a b", CLASH, "regular files"),
    ],
    [
      "bytes that both changed",
      { "a b": "1\0" },
      { "a b": "2\0" },
      { "a b": "3\0" },
      wrong("a b", NO_TEXT, "text"),
    ],
  ])("refuses %s", async (_what, parted, base, head, expected) => {
    expect(await merge(parted, base, head)).toEqual(expected);
  });

  test("says the first 300 characters of a path", async () => {
    const path = "d".repeat(400);
    const subject = `"${"d".repeat(299)}`;
    const link = { mode: "120000", content: "c" };
    expect(await merge({}, {}, { [path]: link })).toMatchObject({ refusal: { subject } });
    expect(await merge({ [path]: "1\0" }, { [path]: "2\0" }, { [path]: "3\0" })).toMatchObject({
      refusal: { subject },
    });
  });
});
