import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  type FileVersions,
  hunksOf,
  splitChange,
  takeBack,
  type Version,
} from "../../../../src/workers/proof/noticed/hunks.ts";
import { diffLines } from "../../../../src/workers/proof/noticed/line-diff.ts";

function version(content: string | Uint8Array, mode: Version["mode"] = "100644"): Version {
  const bytes = typeof content === "string" ? new TextEncoder().encode(content) : content;
  return { bytes, mode };
}

function file(before: string | undefined, after: string | undefined, path = "src/a.ts") {
  return {
    path,
    ...(before === undefined ? {} : { before: version(before) }),
    ...(after === undefined ? {} : { after: version(after) }),
  } satisfies FileVersions;
}

function without(change: FileVersions, index: number): string | undefined {
  const back = takeBack(change, hunksOf(change).slice(index, index + 1));
  return "deleted" in back ? undefined : Buffer.from(back.content, "base64").toString("utf8");
}

describe("the parts of a file", () => {
  test.each<readonly [string, string | undefined, string | undefined, readonly string[]]>([
    ["one line put in", "a\nb\n", "a\nx\nb\n", ["2-2 1"]],
    ["one line taken out, said at the line before it", "a\nx\nb\n", "a\nb\n", ["1-1 1"]],
    ["the first line taken out", "x\na\n", "a\n", ["1-1 1"]],
    ["one line for another", "a\nx\nb\n", "a\ny\nb\n", ["2-2 2"]],
    ["two far from each other", "a\nb\nc\nd\n", "A\nb\nc\nD\n", ["1-1 2", "4-4 2"]],
    ["two with one line between them are one", "a\nb\nc\n", "A\nb\nC\n", ["1-3 4"]],
    ["line ends alone", "a\nb\n", "a\r\nb\r\n", ["1-2 4"]],
    ["a final line end alone", "a\nb", "a\nb\n", ["2-2 2"]],
    ["a new file is one", undefined, "a\n\nb\n", ["1-3 3"]],
    ["a new file that is empty is one", undefined, "", ["1-1 0"]],
    ["an empty file that is gone is one", "", undefined, ["1-1 0"]],
    ["a file that is gone is one", "a\nb\n", undefined, ["1-1 2"]],
    ["nothing", "a\n", "a\n", []],
  ])("%s", (_title, before, after, expected) => {
    const found = hunksOf(file(before, after));
    expect(found.map(({ from, to, lines }) => `${from}-${to} ${lines}`)).toEqual(expected);
  });

  test("one taken back leaves the others, byte for byte", () => {
    const change = file("a\r\nb\nc\nd", "A\r\nb\nc\nD");
    expect([without(change, 0), without(change, 1)]).toEqual(["a\r\nb\nc\nD", "A\r\nb\nc\nd"]);
  });

  test("a new file taken back is gone, a file that is gone stands there again", () => {
    expect(without(file(undefined, "a\n"), 0)).toBeUndefined();
    expect(without(file("a\n", undefined), 0)).toBe("a\n");
  });

  test("bytes that are no UTF-8 stay what they are", () => {
    const before = version(new Uint8Array([0xff, 10, 98, 10, 99, 10, 0xfe]), "100755");
    const after = version(new Uint8Array([0xff, 10, 120, 10, 99, 10, 0xfd]), "100755");
    const change = { path: "src/a.txt", before, after };
    const [first] = hunksOf(change);
    if (first === undefined) throw new Error("expected a part");
    const back = takeBack(change, [first]);
    if ("deleted" in back) throw new Error("expected a file");
    expect([...Buffer.from(back.content, "base64")]).toEqual([0xff, 10, 98, 10, 99, 10, 0xfe]);
    expect(back.mode).toBe("100755");
  });

  const line = fc.constantFrom("a\n", "b\n", "a\r\n", "\n", "c", "\u00e9\n");
  const text = fc.array(line, { maxLength: 30 }).map((lines) => lines.join(""));
  test("all of them taken back make the base, none the change, and each is a change", () => {
    fc.assert(
      fc.property(text, text, (before, after) => {
        const change = file(before, after);
        const hunks = hunksOf(change);
        const made = (taken: typeof hunks) => {
          const back = takeBack(change, taken);
          return "deleted" in back ? undefined : Buffer.from(back.content, "base64").toString();
        };
        expect(made(hunks)).toBe(before);
        expect(made(hunks.toReversed())).toBe(before);
        expect(made([])).toBe(after);
        for (const hunk of hunks) expect(made([hunk])).not.toBe(after);
        expect(hunks.length === 0).toBe(before === after);
      }),
    );
  });

  test("texts too unlike to be compared line by line are one part", () => {
    const list = (word: string) => Array.from({ length: 2_000 }, (_, index) => `${word}${index}\n`);
    const around = (lines: readonly string[]) => ["same\n", ...lines, "alike\n", "too\n"];
    expect(diffLines(around(list("a")), around(list("b").slice(1)))).toEqual([
      { before: [1, 2_001], after: [1, 2_000], lines: 3_999 },
    ]);
  });
});

describe("the parts of a change", () => {
  test("the biggest come first, then by path and place", () => {
    const { hunks } = splitChange([
      file("a\nb\nc\nd\n", "A\nb\nc\nD\n", "src/b.ts"),
      file(undefined, "x\ny\nz\n", "src/c.ts"),
      file("a\n", "b\n", "src/a.ts"),
    ]);
    expect(hunks.map(({ path, from }) => `${path}:${from}`)).toEqual([
      "src/c.ts:1",
      "src/a.ts:1",
      "src/b.ts:1",
      "src/b.ts:4",
    ]);
  });

  test("what cannot be taken back alone is told with its reason", () => {
    const picture = version(new Uint8Array([1, 0, 2]));
    const { hunks, untried } = splitChange([
      { path: "src/data.bin", before: picture, after: version("x\n") },
      { path: "src/new.bin", after: picture },
      { path: "src/run.sh", before: version("x\n"), after: version("x\n", "100755") },
      file("same\n", undefined, "src/old-name.ts"),
      file(undefined, "same\n", "src/new-name.ts"),
    ]);
    expect(hunks).toEqual([]);
    expect(
      untried.map(({ path, because, lines, from, to }) =>
        [path, because, lines, from, to].join(" "),
      ),
    ).toEqual([
      "src/data.bin binary 1 1 1",
      "src/new.bin binary 0 1 1",
      "src/run.sh mode 0 1 1",
      "src/old-name.ts renamed 1 1 1",
      "src/new-name.ts renamed 1 1 1",
    ]);
  });

  test.each<readonly [string, readonly FileVersions[]]>([
    [
      "that went, and another that came",
      [file("x\n", undefined, "a"), file(undefined, "y\n", "b")],
    ],
    ["two of which went", [file("x\n", undefined, "a"), file("x\n", undefined, "b")]],
    ["two of which came", [file(undefined, "x\n", "a"), file(undefined, "x\n", "b")]],
    [
      "one that went and one that became the same",
      [file("x\n", undefined, "a"), file("y\n", "x\n", "b")],
    ],
    [
      "one that came and one that was the same",
      [file(undefined, "x\n", "a"), file("x\n", "y\n", "b")],
    ],
  ])("only a file that went and came is one that moved, not files %s", (_what, files) => {
    expect(splitChange(files)).toMatchObject({ hunks: [{}, {}], untried: [] });
  });

  test.each([
    [7_999, ["binary"]],
    [8_000, []],
  ])("a NUL at byte %i makes a file %j", (at, expected) => {
    const bytes = new Uint8Array(9_000).fill(120);
    bytes[at] = 0;
    const { untried } = splitChange([{ path: "src/a", after: version(bytes) }]);
    expect(untried.map(({ because }) => because)).toEqual(expected);
  });
});
