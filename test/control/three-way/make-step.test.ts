import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { NO_FILES, withFiles } from "../../../src/control/observed/files.ts";
import { makeStep } from "../../../src/control/three-way/make-step.ts";
import { applied, type Files, historyOf, ONTO, TO } from "./tree-of.ts";

const LINES = ["one", "two", "three", "four", "five", "six", "seven"];
const text = (...lines: string[]) => `${lines.join("\n")}\n`;
const withLine = (index: number, line: string) => text(...LINES.with(index, line));

interface Case {
  readonly says: string;
  readonly to: Files;
  readonly from: Files;
  readonly onto: Files;
  /** The head after it, or the paths that a person has to look at. */
  readonly left: Readonly<Record<string, string>> | readonly string[];
}

const CASES: readonly Case[] = [
  {
    says: "an only merge: the tree of its parent",
    to: { "a.ts": "old\n", "gone.ts": "was\n", "kept.ts": "kept\n" },
    from: { "a.ts": "new\n", "fresh.ts": "new\n", "kept.ts": "kept\n" },
    onto: { "a.ts": "new\n", "fresh.ts": "new\n", "kept.ts": "kept\n" },
    left: { "a.ts": "old\n", "gone.ts": "was\n", "kept.ts": "kept\n" },
  },
  {
    says: "a good merge since, in another file",
    to: { "a.ts": "old\n" },
    from: { "a.ts": "new\n" },
    onto: { "a.ts": "new\n", "good.ts": "good\n" },
    left: { "a.ts": "old\n", "good.ts": "good\n" },
  },
  {
    says: "a good merge since, elsewhere in the same file",
    to: { "a.ts": text(...LINES) },
    from: { "a.ts": withLine(0, "BAD") },
    onto: { "a.ts": text(...LINES.with(0, "BAD").with(6, "GOOD")) },
    left: { "a.ts": withLine(6, "GOOD") },
  },
  {
    says: "the same place changed since",
    to: { "a.ts": text(...LINES) },
    from: { "a.ts": withLine(3, "BAD") },
    onto: { "a.ts": withLine(3, "MENDED") },
    left: ["a.ts"],
  },
  {
    says: "one of two files taken back by hand",
    to: { "a.ts": "old\n", "b.ts": "old\n" },
    from: { "a.ts": "new\n", "b.ts": "new\n" },
    onto: { "a.ts": "old\n", "b.ts": "new\n" },
    left: { "a.ts": "old\n", "b.ts": "old\n" },
  },
  {
    says: "nothing left to take back",
    to: { "a.ts": "old\n" },
    from: { "a.ts": "new\n" },
    onto: { "a.ts": "old\n" },
    left: { "a.ts": "old\n" },
  },
  {
    says: "a file of the merge that somebody changed since",
    to: {},
    from: { "fresh.ts": "new\n" },
    onto: { "fresh.ts": "newer\n" },
    left: ["fresh.ts"],
  },
  {
    says: "a file of the merge that somebody deleted since: it is gone already",
    to: {},
    from: { "fresh.ts": "new\n" },
    onto: {},
    left: {},
  },
  {
    says: "a file that the merge changed and somebody deleted since",
    to: { "a.ts": "old\n" },
    from: { "a.ts": "new\n" },
    onto: {},
    left: ["a.ts"],
  },
  {
    says: "a renamed file",
    to: { "a.ts": "same\n" },
    from: { "b.ts": "same\n" },
    onto: { "b.ts": "same\n" },
    left: { "a.ts": "same\n" },
  },
  {
    says: "a mode that the merge changed, on a file that changed since",
    to: { "run.sh": ["100644", "old\n"] },
    from: { "run.sh": ["100755", "old\n"] },
    onto: { "run.sh": ["100755", "new\n"] },
    left: { "run.sh": "new\n" },
  },
  {
    says: "bytes that are no text, of which somebody changed the mode since",
    to: { "run.bin": Uint8Array.of(1, 0, 255) },
    from: { "run.bin": Uint8Array.of(2, 0, 255) },
    onto: { "run.bin": ["100755", Uint8Array.of(2, 0, 255)] },
    left: { "run.bin": "\u0001\0\ufffd" },
  },
  {
    says: "a link",
    to: {},
    from: { link: ["120000", "a.ts"] },
    onto: { link: ["120000", "a.ts"] },
    left: ["link"],
  },
  {
    says: "bytes that are no text, changed since",
    to: { "a.bin": Uint8Array.of(1, 0, 255) },
    from: { "a.bin": Uint8Array.of(2, 0, 255) },
    onto: { "a.bin": Uint8Array.of(3, 0, 255) },
    left: ["a.bin"],
  },
  {
    says: "a file that comes back where a folder is now",
    to: { a: "file\n" },
    from: {},
    onto: { "a/b.ts": "later\n" },
    left: ["a"],
  },
  {
    says: "a file that comes back below what is a file now",
    to: { "a/b.ts": "old\n" },
    from: {},
    onto: { a: "later\n" },
    left: ["a/b.ts"],
  },
];

describe("making the step between two commits on a third: here from a merge to its parent, on the head", () => {
  for (const { says, left, ...three } of CASES) {
    test(says, () => {
      const { step, files } = historyOf(three);
      const taken = makeStep(step, files);
      const result =
        "changeSet" in taken
          ? applied(three.onto, taken.changeSet)
          : "conflicts" in taken
            ? taken.conflicts.map(({ path }) => path)
            : taken;
      expect(result).toEqual(left);
    });
  }

  test("keeps bytes that are no text as they were", () => {
    const was = Uint8Array.of(1, 0, 255);
    const bad = Uint8Array.of(2, 0, 255);
    const { step, files } = historyOf({
      to: { "a.bin": was },
      from: { "a.bin": bad },
      onto: { "a.bin": bad },
    });
    expect(makeStep(step, files)).toEqual({
      changeSet: {
        base: ONTO,
        files: [{ path: "a.bin", mode: "100644", encoding: "base64", content: "AQD/" }],
      },
    });
  });

  test("wants what nobody has read, and no more", () => {
    const { step } = historyOf({
      to: { "a.ts": "old\n", "b.ts": text(...LINES), "kept.ts": "kept\n" },
      from: { "a.ts": "new\n", "b.ts": withLine(0, "BAD"), "kept.ts": "kept\n" },
      onto: { "a.ts": "new\n", "b.ts": withLine(6, "GOOD"), "kept.ts": "kept\n" },
    });
    const taken = makeStep(step, NO_FILES);
    expect(
      "wants" in taken && taken.wants.map(({ commit, path }) => `${commit[0]}:${path}`),
    ).toEqual(["a:a.ts", "b:b.ts", "c:b.ts", "a:b.ts"]);
  });

  test("takes no bytes for those of the parent that are not its blob", () => {
    const { step, files } = historyOf({
      to: { "a.ts": "old\n" },
      from: { "a.ts": "new\n" },
      onto: { "a.ts": "new\n" },
    });
    const forged = withFiles(
      files,
      [{ commit: TO, path: "a.ts" }],
      [{ known: new TextEncoder().encode("other\n") }],
    );
    expect(makeStep(step, forged)).toEqual({
      conflicts: [{ path: "a.ts", why: "not-readable" }],
    });
  });

  test("leaves a long text that changed since to a person, at once", () => {
    const long = "\n".repeat(200_000);
    const { step, files } = historyOf({
      to: { "a.txt": long },
      from: { "a.txt": `bad${long}` },
      onto: { "a.txt": `bad${long}good` },
    });
    expect(makeStep(step, files)).toEqual({
      conflicts: [{ path: "a.txt", why: "changed-since" }],
    });
  });

  const path = fc.constantFrom("a.ts", "b.ts", "c/d.ts", "c/e.ts", "f.ts");
  const tree = fc.dictionary(path, fc.constantFrom("1\n", "2\n", "3\n"), { noNullPrototype: true });

  test("gives back the parent's tree after an only merge, whatever it did", () => {
    fc.assert(
      fc.property(tree, tree, (parent, merged) => {
        const { step, files } = historyOf({ to: parent, from: merged, onto: merged });
        const taken = makeStep(step, files);
        expect("changeSet" in taken && applied(merged, taken.changeSet)).toEqual(parent);
      }),
    );
  });

  test("leaves alone what later merges did elsewhere", () => {
    fc.assert(
      fc.property(tree, tree, tree, (parent, merged, later) => {
        const good = Object.fromEntries(
          Object.entries(later).map(([name, held]) => [`good/${name}`, held]),
        );
        const head = { ...merged, ...good };
        const { step, files } = historyOf({ to: parent, from: merged, onto: head });
        const taken = makeStep(step, files);
        expect("changeSet" in taken && applied(head, taken.changeSet)).toEqual({
          ...parent,
          ...good,
        });
      }),
    );
  });

  test("comes to the same tree from either side, or to a conflict from both", () => {
    const held = fc.constantFrom(
      text(...LINES),
      ...[0, 3, 6].map((index) => withLine(index, "A")),
      ...[0, 3, 6].map((index) => withLine(index, "B")),
    );
    const one = fc.constantFrom("100644", "100755");
    const some = fc.dictionary(path, fc.tuple(one, held), { noNullPrototype: true });
    fc.assert(
      fc.property(some, some, some, (from, to, onto) => {
        const there = historyOf({ from, to, onto });
        const back = historyOf({ from, to: onto, onto: to });
        const [left, right] = [makeStep(there.step, there.files), makeStep(back.step, back.files)];
        expect("changeSet" in left ? applied(onto, left.changeSet) : "conflicts").toEqual(
          "changeSet" in right ? applied(to, right.changeSet) : "conflicts",
        );
      }),
    );
  });

  test("makes no half of a change", () => {
    const { step, files } = historyOf({
      to: { "a.ts": "old\n", "b.ts": "old\n" },
      from: { "a.ts": "new\n", "b.ts": "new\n" },
      onto: { "a.ts": "new\n", "b.ts": "newer\n" },
    });
    const taken = makeStep(step, files);
    expect(taken).toEqual({ conflicts: [{ path: "b.ts", why: "changed-since" }] });
  });
});
