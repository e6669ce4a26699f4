import { describe, expect, test } from "vitest";
import type { ObjectId } from "../../../../src/domain/digest.ts";
import { mergeSides } from "../../../../src/workers/proof/two-sides/merge.ts";
import { hasMarks, mergeTexts } from "../../../../src/workers/proof/two-sides/merge-text.ts";
import { createFakeRepository, type FakeFile } from "../../../fakes/repository.ts";

type Files = Readonly<Record<string, FakeFile>>;

const NAMES = { base: "base 1", parted: "parted 2", head: "head 3" };
const bytes = (text: string) => new TextEncoder().encode(text);

async function merge(parted: Files, base: Files, head: Files) {
  const repository = createFakeRepository();
  const before = repository.commit(parted, "parted");
  const sides = {
    base: repository.commit(base, "base"),
    head: repository.commit(head, "head"),
  };
  const mergeBase = async (): Promise<ObjectId> => before;
  return await mergeSides({ ...repository, mergeBase }, sides);
}

const contentOf = (merged: Awaited<ReturnType<typeof merge>>) =>
  "refusal" in merged
    ? merged.refusal
    : Object.fromEntries(
        merged.changeSet.files.map((file) => [file.path, "deleted" in file ? null : file.content]),
      );
const conflictsOf = (merged: Awaited<ReturnType<typeof merge>>) =>
  "refusal" in merged ? merged.refusal : merged.conflicts;

const LINES = "a\nb\nc\nd\ne\n";

describe("both sides of a pull request, merged by code", () => {
  test.each<[string, Files, Files, Files, Readonly<Record<string, string | null>>]>([
    ["what the head alone changes", { f: "1\n" }, { f: "1\n" }, { f: "2\n" }, { f: "2\n" }],
    ["what the base alone changes", { f: "1\n" }, { f: "2\n" }, { f: "1\n" }, {}],
    ["what both change alike", { f: "1\n" }, { f: "2\n" }, { f: "2\n" }, {}],
    ["a file that the head adds", {}, {}, { f: "1\n" }, { f: "1\n" }],
    ["a file that the head takes out", { f: "1\n" }, { f: "1\n" }, {}, { f: null }],
    ["a file that both take out", { f: "1\n" }, {}, {}, {}],
    [
      "two places of one file",
      { f: LINES },
      { f: LINES.replace("a", "A") },
      { f: LINES.replace("e", "E") },
      { f: "A\nb\nc\nd\nE\n" },
    ],
    [
      "line ends as they are",
      { f: "a\r\nb\r\nc\r\nd\r\n" },
      { f: "A\r\nb\r\nc\r\nd\r\n" },
      { f: "a\r\nb\r\nc\r\nD\r\n" },
      { f: "A\r\nb\r\nc\r\nD\r\n" },
    ],
    [
      "a text without a last line end",
      { f: "a\nb\nc" },
      { f: "A\nb\nc" },
      { f: "a\nb\nC" },
      { f: "A\nb\nC" },
    ],
  ])("holds %s", async (_, parted, base, head, expected) => {
    const merged = await merge(parted, base, head);
    expect(contentOf(merged)).toEqual(expected);
    expect(conflictsOf(merged)).toEqual([]);
  });

  test("a mode that one side sets and bytes that the other changes come together", async () => {
    const program = (content: string) => ({ mode: "100755", content });
    const merged = await merge({ f: "1\n" }, { f: program("1\n") }, { f: "2\n" });
    expect("changeSet" in merged && merged.changeSet.files).toEqual([
      { path: "f", mode: "100755", encoding: "utf-8", content: "2\n" },
    ]);
  });

  test.each<[string, Files, Files, Files, readonly object[]]>([
    [
      "one place of a text",
      { f: "1\n" },
      { f: "2\n" },
      { f: "3\n" },
      [{ path: "f", kind: "text" }],
    ],
    ["a file that both add", {}, { f: "2\n" }, { f: "3\n" }, [{ path: "f", kind: "text" }]],
    [
      "a file that the base takes out",
      { f: "1\n" },
      {},
      { f: "2\n" },
      [{ path: "f", kind: "gone-on-base" }],
    ],
    [
      "a file that the head takes out",
      { f: "1\n" },
      { f: "2\n" },
      {},
      [{ path: "f", kind: "gone-on-head" }],
    ],
  ])("leaves a conflict in %s", async (_, parted, base, head, expected) => {
    expect(conflictsOf(await merge(parted, base, head))).toEqual(expected);
  });

  test.each<[string, Files, Files, Files]>([
    ["bytes that are no text", { f: "1\0" }, { f: "2\0" }, { f: "3\0" }],
    ["more lines than can be compared", { f: "" }, { f: "x\n".repeat(6_000) }, { f: "y\n" }],
    ["a link", { f: "1\n" }, { f: "1\n" }, { f: { mode: "120000", content: "elsewhere" } }],
    ["a file where the other side has a folder", {}, { "f/a": "1\n" }, { f: "1\n" }],
  ])("refuses %s", async (_, parted, base, head) => {
    expect(await merge(parted, base, head)).toMatchObject({
      refusal: { code: "change-set-invalid" },
    });
  });

  test("marks both sides and where they parted, and knows its own marks again", () => {
    const sides = { parted: bytes("1\n"), base: bytes("2\n"), head: bytes("3\n") };
    const merged = mergeTexts(sides, NAMES);
    expect(merged?.conflicts).toBe(1);
    expect(merged?.text).toBe(
      "<<<<<<< base 1\n2\n||||||| parted 2\n1\n=======\n3\n>>>>>>> head 3\n",
    );
    expect(hasMarks(merged?.text ?? "", NAMES)).toBe(true);
    expect(hasMarks("x\r\n>>>>>>> head 3\r\n", NAMES)).toBe(true);
    expect(hasMarks("<<<<<<< another\n=======\n>>>>>>> text\n", NAMES)).toBe(false);
  });
});
