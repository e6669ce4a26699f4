import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { NO_FILES, withFiles } from "../../../../../src/control/observed/files.ts";
import { takeBack } from "../../../../../src/control/tasks/release/revert/take-back.ts";
import { applied, type Files, HEAD, historyOf, PARENT } from "./tree-of.ts";

const LINES = ["one", "two", "three", "four", "five", "six", "seven"];
const text = (...lines: string[]) => `${lines.join("\n")}\n`;
const withLine = (index: number, line: string) => text(...LINES.with(index, line));

interface Case {
  readonly says: string;
  readonly parent: Files;
  readonly merged: Files;
  readonly head: Files;
  /** The head after it, or the paths that a person has to look at. */
  readonly left: Readonly<Record<string, string>> | readonly string[];
}

const CASES: readonly Case[] = [
  {
    says: "an only merge: the tree of its parent",
    parent: { "a.ts": "old\n", "gone.ts": "was\n", "kept.ts": "kept\n" },
    merged: { "a.ts": "new\n", "fresh.ts": "new\n", "kept.ts": "kept\n" },
    head: { "a.ts": "new\n", "fresh.ts": "new\n", "kept.ts": "kept\n" },
    left: { "a.ts": "old\n", "gone.ts": "was\n", "kept.ts": "kept\n" },
  },
  {
    says: "a good merge since, in another file",
    parent: { "a.ts": "old\n" },
    merged: { "a.ts": "new\n" },
    head: { "a.ts": "new\n", "good.ts": "good\n" },
    left: { "a.ts": "old\n", "good.ts": "good\n" },
  },
  {
    says: "a good merge since, elsewhere in the same file",
    parent: { "a.ts": text(...LINES) },
    merged: { "a.ts": withLine(0, "BAD") },
    head: { "a.ts": text(...LINES.with(0, "BAD").with(6, "GOOD")) },
    left: { "a.ts": withLine(6, "GOOD") },
  },
  {
    says: "the same place changed since",
    parent: { "a.ts": text(...LINES) },
    merged: { "a.ts": withLine(3, "BAD") },
    head: { "a.ts": withLine(3, "MENDED") },
    left: ["a.ts"],
  },
  {
    says: "one of two files taken back by hand",
    parent: { "a.ts": "old\n", "b.ts": "old\n" },
    merged: { "a.ts": "new\n", "b.ts": "new\n" },
    head: { "a.ts": "old\n", "b.ts": "new\n" },
    left: { "a.ts": "old\n", "b.ts": "old\n" },
  },
  {
    says: "nothing left to take back",
    parent: { "a.ts": "old\n" },
    merged: { "a.ts": "new\n" },
    head: { "a.ts": "old\n" },
    left: { "a.ts": "old\n" },
  },
  {
    says: "a file of the merge that somebody changed since",
    parent: {},
    merged: { "fresh.ts": "new\n" },
    head: { "fresh.ts": "newer\n" },
    left: ["fresh.ts"],
  },
  {
    says: "a file of the merge that somebody deleted since: it is gone already",
    parent: {},
    merged: { "fresh.ts": "new\n" },
    head: {},
    left: {},
  },
  {
    says: "a file that the merge changed and somebody deleted since",
    parent: { "a.ts": "old\n" },
    merged: { "a.ts": "new\n" },
    head: {},
    left: ["a.ts"],
  },
  {
    says: "a renamed file",
    parent: { "a.ts": "same\n" },
    merged: { "b.ts": "same\n" },
    head: { "b.ts": "same\n" },
    left: { "a.ts": "same\n" },
  },
  {
    says: "a mode that the merge changed, on a file that changed since",
    parent: { "run.sh": ["100644", "old\n"] },
    merged: { "run.sh": ["100755", "old\n"] },
    head: { "run.sh": ["100755", "new\n"] },
    left: ["run.sh"],
  },
  {
    says: "a link",
    parent: {},
    merged: { link: ["120000", "a.ts"] },
    head: { link: ["120000", "a.ts"] },
    left: ["link"],
  },
  {
    says: "bytes that are no text, changed since",
    parent: { "a.bin": Uint8Array.of(1, 0, 255) },
    merged: { "a.bin": Uint8Array.of(2, 0, 255) },
    head: { "a.bin": Uint8Array.of(3, 0, 255) },
    left: ["a.bin"],
  },
  {
    says: "a file that comes back where a folder is now",
    parent: { a: "file\n" },
    merged: {},
    head: { "a/b.ts": "later\n" },
    left: ["a"],
  },
  {
    says: "a file that comes back below what is a file now",
    parent: { "a/b.ts": "old\n" },
    merged: {},
    head: { a: "later\n" },
    left: ["a/b.ts"],
  },
];

describe("taking a merge back on the current head", () => {
  for (const { says, left, ...three } of CASES) {
    it(says, () => {
      const { taking, files } = historyOf(three);
      const taken = takeBack(taking, files);
      const result =
        "changeSet" in taken
          ? applied(three.head, taken.changeSet)
          : "conflicts" in taken
            ? taken.conflicts.map(({ path }) => path)
            : taken;
      expect(result).toEqual(left);
    });
  }

  it("keeps bytes that are no text as they were", () => {
    const was = Uint8Array.of(1, 0, 255);
    const bad = Uint8Array.of(2, 0, 255);
    const { taking, files } = historyOf({
      parent: { "a.bin": was },
      merged: { "a.bin": bad },
      head: { "a.bin": bad },
    });
    expect(takeBack(taking, files)).toEqual({
      changeSet: {
        base: HEAD,
        files: [{ path: "a.bin", mode: "100644", encoding: "base64", content: "AQD/" }],
      },
    });
  });

  it("wants what nobody has read, and no more", () => {
    const { taking } = historyOf({
      parent: { "a.ts": "old\n", "b.ts": text(...LINES), "kept.ts": "kept\n" },
      merged: { "a.ts": "new\n", "b.ts": withLine(0, "BAD"), "kept.ts": "kept\n" },
      head: { "a.ts": "new\n", "b.ts": withLine(6, "GOOD"), "kept.ts": "kept\n" },
    });
    const taken = takeBack(taking, NO_FILES);
    expect(
      "wants" in taken && taken.wants.map(({ commit, path }) => `${commit[0]}:${path}`),
    ).toEqual(["a:a.ts", "b:b.ts", "c:b.ts", "a:b.ts"]);
  });

  it("takes no bytes for those of the parent that are not its blob", () => {
    const { taking, files } = historyOf({
      parent: { "a.ts": "old\n" },
      merged: { "a.ts": "new\n" },
      head: { "a.ts": "new\n" },
    });
    const forged = withFiles(
      files,
      [{ commit: PARENT, path: "a.ts" }],
      [{ known: new TextEncoder().encode("other\n") }],
    );
    expect(takeBack(taking, forged)).toEqual({
      conflicts: [{ path: "a.ts", why: "not-readable" }],
    });
  });

  it("leaves a long text that changed since to a person, at once", () => {
    const long = "\n".repeat(200_000);
    const { taking, files } = historyOf({
      parent: { "a.txt": long },
      merged: { "a.txt": `bad${long}` },
      head: { "a.txt": `bad${long}good` },
    });
    expect(takeBack(taking, files)).toEqual({
      conflicts: [{ path: "a.txt", why: "changed-since" }],
    });
  });

  const path = fc.constantFrom("a.ts", "b.ts", "c/d.ts", "c/e.ts", "f.ts");
  const tree = fc.dictionary(path, fc.constantFrom("1\n", "2\n", "3\n"), { noNullPrototype: true });

  it("gives back the parent's tree after an only merge, whatever it did", () => {
    fc.assert(
      fc.property(tree, tree, (parent, merged) => {
        const { taking, files } = historyOf({ parent, merged, head: merged });
        const taken = takeBack(taking, files);
        expect("changeSet" in taken && applied(merged, taken.changeSet)).toEqual(parent);
      }),
    );
  });

  it("leaves alone what later merges did elsewhere", () => {
    fc.assert(
      fc.property(tree, tree, tree, (parent, merged, later) => {
        const good = Object.fromEntries(
          Object.entries(later).map(([name, held]) => [`good/${name}`, held]),
        );
        const head = { ...merged, ...good };
        const { taking, files } = historyOf({ parent, merged, head });
        const taken = takeBack(taking, files);
        expect("changeSet" in taken && applied(head, taken.changeSet)).toEqual({
          ...parent,
          ...good,
        });
      }),
    );
  });

  it("makes no half of a change", () => {
    const { taking, files } = historyOf({
      parent: { "a.ts": "old\n", "b.ts": "old\n" },
      merged: { "a.ts": "new\n", "b.ts": "new\n" },
      head: { "a.ts": "new\n", "b.ts": "newer\n" },
    });
    const taken = takeBack(taking, files);
    expect(taken).toEqual({ conflicts: [{ path: "b.ts", why: "changed-since" }] });
  });
});
