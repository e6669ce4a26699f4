import { expect, test } from "vitest";
import { readEvalArguments } from "../../../src/cli/eval/arguments.ts";
import { type Case, readCase, recordCase } from "../../../src/cli/eval/case.ts";
import { compareCases } from "../../../src/cli/eval/eval.ts";
import { playOf } from "../../../src/cli/eval/play-case.ts";
import type { RehearsalResult } from "../../../src/cli/rehearse/rehearsal-result.ts";
import { createTerminal } from "../../../src/cli/shared/terminal.ts";

const BASE = "a".repeat(40);
const TEXT = `version: 1
repo: ../notes
base: ${BASE}
issue: quote.md
scripts: { before: old.yml, after: new.yml }
good: { stage: done, merged: true, criteria: { AC1: proven } }
`;
const PATH = "/somewhere/eval/quote.yml";
const quiet = () =>
  createTerminal({ write: () => true } as unknown as NodeJS.WriteStream, { quiet: true });

const result = (fields: object = {}) =>
  ({
    ok: true,
    issue: { number: 1, state: "closed", stage: "done", labels: [] },
    pullRequest: { number: 2, merged: true, headSha: BASE, mergeSha: BASE },
    criteria: [{ id: "AC1", status: "proven" }],
    sentBack: [{ attempt: 1, findings: ["check-failed: lint (failed)", "two"] }],
    refusals: [
      { code: "check-failed", subject: "lint", found: "failed" },
      { code: "attempts-exhausted", subject: "attempts" },
    ],
    usage: { inputTokens: 900, cacheReadTokens: 5_000, outputTokens: 100, usd: 0.25 },
    repository: { path: "/somewhere/notes", base: BASE },
    page: "/somewhere/page.html",
    ...fields,
  }) as unknown as RehearsalResult;

test("paths of a case are relative to its file", () => {
  expect(readCase(TEXT, PATH, "quote")).toMatchObject({
    ...{ name: "quote", repo: "/somewhere/notes", issue: "/somewhere/eval/quote.md", base: BASE },
    scripts: { before: "/somewhere/eval/old.yml", after: "/somewhere/eval/new.yml" },
  });
});

test.each([
  [TEXT.replace(BASE, "main"), /quote\.yml: base: expected a full commit id/],
  [TEXT.replace("stage: done", "stage: fine"), /good\.stage/],
  [`${TEXT}what: 1\n`, /what/],
])("a file that is no case is refused by name", (text, named) => {
  expect(() => readCase(text, PATH, "quote")).toThrow(named);
});

test.each([
  [{}, true],
  [{ issue: { stage: "needs-human" } }, false],
  [{ pullRequest: null }, false],
  [{ criteria: [{ id: "AC1", status: "unproven" }] }, false],
  [{ criteria: [] }, false],
])("a play is good where it ended as it is known to: %j", (fields, isGood) => {
  const one = readCase(TEXT, PATH, "quote");
  const said = `words\n${JSON.stringify(result(fields))}\n`;
  expect(playOf(one, said, "")).toMatchObject({
    outcome: { isGood, tokens: 1_000, usd: 0.25, findings: 3 },
    page: "/somewhere/page.html",
  });
});

test("a play that printed no object came to nothing, with its reason", () => {
  const one = readCase(TEXT, PATH, "quote");
  expect(playOf(one, "", "millwright: there is no model to ask\n")).toEqual({
    failed: "millwright: there is no model to ask",
  });
});

test("what was recorded of a rehearsal is read as the same case", () => {
  const text = recordCase(result(), { path: PATH, issue: "/somewhere/eval/quote.md" });
  expect(readCase(text, PATH, "quote")).toMatchObject({
    ...{ repo: "/somewhere/notes", issue: "/somewhere/eval/quote.md", base: BASE },
    good: { stage: "done", merged: true, criteria: { AC1: "proven" } },
  });
});

test("the sides are played by turns, and one that fails leaves its case out of the count", async () => {
  const turns: string[] = [];
  const cases = ["a", "b"].map((name): Case => readCase(TEXT, PATH, name));
  const found = await compareCases(cases, {
    repeat: 2,
    terminal: quiet(),
    play: async ({ name }, side) => {
      turns.push(`${name} ${side}`);
      if (name === "b" && side === "after") return { failed: "the disk is full" };
      const ended = { stage: "done", merged: true, criteria: {} } as const;
      const outcome = { isGood: side === "after", tokens: 1, usd: 1, findings: 0 };
      return { outcome, ended, page: "" };
    },
  });
  expect(turns.slice(0, 4)).toEqual(["a before", "a after", "a before", "a after"]);
  expect(found).toMatchObject({ ok: false, comparison: { unplayed: ["b"] } });
  expect(found.failed).toEqual(Array(2).fill("b, after: the disk is full"));
  expect(found.comparison.tests.success).toMatchObject({ better: 1, worse: 0 });
});

test("what is missing is named", () => {
  expect(() => readEvalArguments({ repeat: 1 }, "/")).toThrow("--cases FOLDER is missing");
  expect(() => readEvalArguments({ repeat: 1, record: "a.yml" }, "/")).toThrow("--rehearsal FILE");
});
