import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { ReviewerAnswer } from "../../../src/agent/roles/reviewer/answer.ts";
import { type Finding, type Quote, Verdict, Word } from "../../../src/domain/verdict.ts";
import { readDiff } from "../../../src/workers/review/diff-lines.ts";
import { decideVerdict, escalateUnread } from "../../../src/workers/review/verdict.ts";
import { contractOf } from "../orders.ts";

const SUBJECT = { base: "a".repeat(40), tree: "b".repeat(40) };
const DIFF = readDiff(
  "--- a/src/zones.ts\n+++ b/src/zones.ts\n@@ -1,2 +1,2 @@\n-NO: 1\n+NO: 2\n DE: 1\n",
);
const STANDS = { path: "src/zones.ts", line: 1, text: "NO: 2" };
const CHANGE = {
  subject: SUBJECT,
  contract: contractOf(),
  diff: DIFF,
  risk: "medium",
  quoted: ({ line }: Quote) => line === STANDS.line,
} as const;

function answerOf(changes: Partial<ReviewerAnswer> = {}): ReviewerAnswer {
  return {
    decision: "approve",
    summary: "does what the contract asks",
    findings: [],
    assumptions: [],
    notVerified: [],
    smallestRollback: "revert the merge",
    criteria: [
      { id: "AC1", answer: "yes", evidence: "test quote NO", quotes: [STANDS] },
      { id: "AC2", answer: "yes", evidence: "src/zones.ts:1", quotes: [] },
    ],
    risk: "low",
    ...changes,
  };
}

function said(id: string, answer: Word = "yes"): ReviewerAnswer["criteria"][number] {
  return { id, answer, evidence: "x", quotes: [] };
}

function unjudged(id: string) {
  return { id, answer: "no", evidence: "the reviewer did not judge it", quotes: [], misquoted: 0 };
}

function findingOf(changes: Partial<Finding> = {}): Finding {
  return {
    severity: "minor",
    path: "src/zones.ts",
    line: 1,
    claim: "the rate is wrong",
    howItFails: "a parcel of 3 kg costs too little",
    ...changes,
  };
}

describe("the verdict of an answer", () => {
  test("lets an approval stand that nothing speaks against", () => {
    const verdict = decideVerdict(answerOf({ findings: [findingOf()] }), CHANGE);
    expect(verdict).toMatchObject({ decision: "approve", subject: SUBJECT, risk: "medium" });
    expect(verdict.findings).toHaveLength(1);
    expect(verdict.notVerified).toEqual([]);
    expect(Verdict.safeParse(verdict).success).toBe(true);
  });

  test.each<readonly [string, Partial<ReviewerAnswer>]>([
    ["a blocker", { findings: [findingOf({ severity: "blocker" })] }],
    ["a blocker outside the diff", { findings: [findingOf({ severity: "blocker", line: 99 })] }],
    ["an unmet criterion", { criteria: [said("AC1", "no")] }],
    ["a criterion met in part", { criteria: [said("AC1", "partly"), said("AC2")] }],
    ["a criterion it did not judge", { criteria: [said("AC1")] }],
    [
      "a criterion judged both ways",
      {
        criteria: [...answerOf().criteria, said("AC2", "no")],
      },
    ],
  ])("turns an approval with %s into rework", (_name, changes) => {
    expect(decideVerdict(answerOf(changes), CHANGE).decision).toBe("rework");
  });

  test("marks what was not judged as not met and forgets criteria that the contract does not have", () => {
    const criteria = [said("AC9")];
    expect(decideVerdict(answerOf({ criteria }), CHANGE).criteria).toEqual([
      unjudged("AC1"),
      unjudged("AC2"),
    ]);
  });

  test("keeps the quotes that stand in the tree and counts the others", () => {
    const quotes = [STANDS, { ...STANDS, line: 2 }, { ...STANDS, line: 3 }];
    const criteria = [{ ...said("AC1"), quotes }, said("AC2")];
    const verdict = decideVerdict(answerOf({ criteria }), CHANGE);
    expect(verdict.criteria[0]).toMatchObject({ answer: "yes", quotes: [STANDS], misquoted: 2 });
    expect(verdict.decision).toBe("approve");
  });

  test("drops findings that name no line of the diff and says how many", () => {
    const findings = [
      findingOf(),
      findingOf({ line: 3 }),
      findingOf({ path: "src/other.ts" }),
      findingOf({ path: "__proto__" }),
    ];
    const verdict = decideVerdict(answerOf({ findings, notVerified: ["the live rates"] }), CHANGE);
    expect(verdict.findings).toEqual([findingOf()]);
    expect(verdict.notVerified).toEqual([
      "3 findings named no line of the diff and were dropped",
      "the live rates",
    ]);
  });

  test("says no more than a verdict may hold, its own words first", () => {
    const diff = readDiff("--- a/x.ts\n+++ b/x.ts\n@@ -0,0 +1 @@\n+if (a \u202E) {\n");
    const findings = Array.from({ length: 21 }, () => findingOf({ path: "x.ts" }));
    const notVerified = Array.from({ length: 10 }, (_, index) => `note ${index}`);
    const answer = answerOf({ findings: [...findings, findingOf({ line: 9 })], notVerified });
    const verdict = decideVerdict(answer, { ...CHANGE, diff });
    expect(verdict.findings).toHaveLength(20);
    expect(verdict.findings[0]?.severity).toBe("blocker");
    expect(verdict.notVerified).toEqual([
      "1 finding named no line of the diff and was dropped",
      ...notVerified.slice(0, 9),
    ]);
  });

  test("only ever raises the risk", () => {
    expect(decideVerdict(answerOf({ risk: "low" }), { ...CHANGE, risk: "high" }).risk).toBe("high");
    expect(decideVerdict(answerOf({ risk: "high" }), { ...CHANGE, risk: "low" }).risk).toBe("high");
  });

  test.each([
    ["reads otherwise than it runs", "if (a \u202E) {"],
    ["holds a parameter that shows nothing", "export const check = ({ timeout, \u3164 }) => 1;"],
    ["holds words for a model alone", "// \u{E0061}\u{E0062}"],
  ])("blocks an added line that %s", (_what, line) => {
    const diff = readDiff(`--- a/x.ts\n+++ b/x.ts\n@@ -0,0 +1 @@\n+${line}\n`);
    const verdict = decideVerdict(answerOf(), { ...CHANGE, diff });
    expect(verdict.decision).toBe("rework");
    expect(verdict.findings[0]).toMatchObject({ severity: "blocker", path: "x.ts", line: 1 });
  });

  test.each([
    ["a flag of a region", "\u{1F3F4}\u{E0067}\u{E0062}\u{E0065}\u{E006E}\u{E0067}\u{E007F}"],
    ["a family of emoji", "\u{1F468}\u200D\u{1F469}"],
    ["Persian with its joiner", "\u0645\u06CC\u200C\u062E"],
    ["Korean", "\uD55C\uAD6D\uC5B4 \u3131"],
  ])("lets %s pass", (_what, line) => {
    const diff = readDiff(`--- a/x.ts\n+++ b/x.ts\n@@ -0,0 +1 @@\n+${line}\n`);
    expect(decideVerdict(answerOf(), { ...CHANGE, diff }).findings).toEqual([]);
  });

  test("never makes an approval of a veto, and never approves with a red piece", () => {
    const severity = fc.constantFrom("blocker", "major", "minor");
    const line = fc.integer({ min: 1, max: 4 });
    const answers = fc.record({
      decision: fc.constantFrom("approve", "rework", "escalate"),
      findings: fc.array(fc.record({ severity, line }).map(findingOf), { maxLength: 20 }),
      criteria: fc.array(
        fc.record({
          id: fc.constantFrom("AC1", "AC2", "AC3"),
          answer: fc.constantFrom(...Word.options),
          evidence: fc.constant("x"),
          quotes: fc.constant<Quote[]>([]),
        }),
        { maxLength: 4 },
      ),
      risk: fc.constantFrom("low", "medium", "high"),
    });
    fc.assert(
      fc.property(answers, (changes) => {
        const verdict = decideVerdict(answerOf(changes), CHANGE);
        expect(Verdict.safeParse(verdict).success).toBe(true);
        if (changes.decision !== "approve") expect(verdict.decision).toBe(changes.decision);
        if (verdict.decision !== "approve") return;
        expect(verdict.criteria.map(({ id, answer }) => [id, answer])).toEqual([
          ["AC1", "yes"],
          ["AC2", "yes"],
        ]);
        expect(changes.findings.every((finding) => finding.severity !== "blocker")).toBe(true);
      }),
    );
  });
});

const SIZE = { changedLines: 9_000, maximumBytes: 200_000 };

describe("a change that was not read whole", () => {
  test("goes to a person with no criterion met and the highest risk", () => {
    const verdict = escalateUnread(CHANGE, SIZE);
    expect(Verdict.safeParse(verdict).success).toBe(true);
    expect(verdict).toEqual({
      subject: SUBJECT,
      decision: "escalate",
      summary: expect.stringContaining("longer than 200000 bytes (9,000 changed lines)"),
      findings: [],
      assumptions: [],
      notVerified: ["the diff is longer than 200000 bytes (9,000 changed lines)"],
      smallestRollback: "",
      criteria: [unjudged("AC1"), unjudged("AC2")],
      risk: "high",
    });
  });

  test("still tells what no reader sees in the part that was read, as far as a verdict holds it", () => {
    const file = (name: string) => `--- a/${name}\n+++ b/${name}\n@@ -0,0 +1 @@\n+\u202E\n`;
    const diff = readDiff(Array.from({ length: 21 }, (_, index) => file(`f${index}`)).join(""));
    const { findings } = escalateUnread({ ...CHANGE, diff }, SIZE);
    expect(findings.map(({ path, line }) => `${path}:${line}`)).toEqual(
      Array.from({ length: 20 }, (_, index) => `f${index}:1`),
    );
  });
});
