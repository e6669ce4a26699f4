import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { ChangedFile } from "../../../src/domain/change-set.ts";
import type { Effect } from "../../../src/domain/github/effect.ts";
import { LEDGER_MARKER } from "../../../src/wording/issue/ledger-comment.ts";
import { hunkOf } from "../../../src/wording/summaries/staged-diff.ts";
import { renderStaged, type StagedText } from "../../../src/wording/summaries/staged-summary.ts";
import { LIFE } from "../ledgers.ts";
import { writePaged } from "../paged.ts";

const SHA = "a".repeat(40);

function commit(files: ChangedFile[]): Effect {
  return {
    kind: "publish-commit",
    key: "k",
    branch: "factory/1-1",
    changeSet: { base: SHA, files },
    expectedTree: SHA,
    message: "Greet",
  };
}

function comment(body: string): Effect {
  return { kind: "write-comment", key: "k", issue: 1, marker: "### x", body, comment: null };
}

function render(effects: readonly Effect[], more: Partial<StagedText> = {}): string {
  const said = { awaitsApproval: false, tookApproval: false };
  return renderStaged({ task: "settle", decided: "### decided", effects, ...said, ...more });
}

const text = (content: string) =>
  ({ path: "a.txt", mode: "100644", encoding: "utf-8", content }) as const;

describe("the summary of a staged job", () => {
  test.each([
    [[], "Spent on models so far, really: $0.0246."],
    [[4], "Spent on models since line 4 so far, really: $0.0123."],
  ])("says what a ledger with pages after %j has cost", (cuts, said) => {
    const { body } = writePaged(LIFE, cuts).ledger;
    const written = { ...comment(body), marker: LEDGER_MARKER } as Effect;
    expect(render([written])).toContain(said);
  });

  test("never says that something was written", () => {
    const said =
      "### control: publishing\n\nNext in this run: the smoke test.\n\n**Written** commit\n";
    const summary = render([], { decided: said });
    expect(summary).toContain("Next in this run: the smoke test.");
    expect(summary).not.toContain("**Written**");
  });

  test("of a job that would write nothing says so", () => {
    expect(render([])).toContain("A live run of this job would write nothing");
  });

  test("stays below what GitHub takes, whatever there is to show, and says what is missing", () => {
    const long = comment(`### x\n${"ä".repeat(65_000)}\n`);
    const summary = render(Array.from({ length: 12 }, () => long));
    expect(Buffer.byteLength(summary)).toBeLessThan(1_000_000);
    expect(summary).toMatch(/_\d more do not fit a summary/);
  });

  test("cuts a diff that nobody would read to its end, and closes what it opened", () => {
    const summary = render([commit([text("line\n".repeat(60_000))])]);
    expect(summary.length).toBeLessThan(130_000);
    expect(summary).toContain("an artifact of this run, holds all of it.");
    expect(summary.trimEnd().endsWith("</details>")).toBe(true);
  });

  test.each([
    [
      "a new file",
      new Map([["a.txt", ""]]),
      text("one\n"),
      "--- /dev/null\n+++ b/a.txt\n@@ -0,0 +1,1 @@\n+one",
    ],
    [
      "a changed file",
      new Map([["a.txt", "one\ntwo\n"]]),
      text("one\n2\n"),
      "@@ -1,2 +1,2 @@\n one\n-two\n+2",
    ],
    [
      "a deleted file",
      new Map([["a.txt", "one\n"]]),
      { path: "a.txt", deleted: true },
      "+++ /dev/null\n@@ -1,1 +0,0 @@\n-one",
    ],
    ["bytes", new Map(), { ...text("AAAA"), encoding: "base64" }, "(binary, 3 bytes)"],
  ] as const)("shows %s as a diff", (_, base, file, expected) => {
    expect(render([commit([file])], { base })).toContain(expected);
  });

  test("a file cannot end the fence it is shown in", () => {
    const summary = render([commit([text("```\n<img src=x>\n````\n")])]);
    expect(summary).toContain("`````diff");
  });
});

describe("a hunk", () => {
  const lines = fc.array(fc.constantFrom<string>("a", "b", "c"), { maxLength: 12 });

  test("turns the old text into the new one, line by line", () => {
    fc.assert(
      fc.property(lines, lines, (old, now) => {
        const [head = "@@ -1,0 +1,0 @@", ...body] = hunkOf(join(old), join(now));
        const [, start = "1", size = "0"] = /^@@ -(\d+),(\d+)/.exec(head) ?? [];
        const at = size === "0" ? Number(start) : Number(start) - 1;
        const come = body.filter((line) => !line.startsWith("-")).map((line) => line.slice(1));
        const gone = body.filter((line) => !line.startsWith("+")).map((line) => line.slice(1));
        const made = body.length === 0 ? old : old.toSpliced(at, Number(size), ...come);
        expect(made).toEqual(now);
        if (body.length > 0) expect(old.slice(at, at + Number(size))).toEqual(gone);
      }),
    );
  });

  function join(all: readonly string[]): string {
    return all.map((line) => `${line}\n`).join("");
  }
});
