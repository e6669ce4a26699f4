import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Proposal } from "../../../src/domain/proposal.ts";
import { NO_USAGE } from "../../../src/domain/usage.ts";
import { renderWorkerSummary } from "../../../src/wording/summaries/job-summary.ts";
import { cases } from "../../cases.ts";
import { CONTRACT } from "../../domain/contracts.ts";
import { proofOf } from "../../domain/proofs.ts";
import { hostileText } from "../hostile-text.ts";
import { harmOf } from "../markdown-tree.ts";

const SHA = "0123456789abcdef0123456789abcdef01234567";
const SUBJECT = { base: SHA, tree: SHA };
const COMMON = { version: 1, order: "ab".repeat(32), usage: NO_USAGE, durationMs: 1_500 } as const;

function proposals(words: string): readonly Proposal[] {
  return [
    { ...COMMON, worker: "intake-normalize", result: { kind: "contract", contract: CONTRACT } },
    { ...COMMON, worker: "intake-normalize", result: { kind: "questions", questions: [words] } },
    {
      ...COMMON,
      worker: "implement",
      plan: { steps: [], files: [] },
      changeSet: {
        base: SHA,
        files: [
          { path: words, mode: "100644", encoding: "utf-8", content: "x" },
          { path: "gone", deleted: true },
        ],
      },
      summary: words,
      assumptions: [],
      ran: [],
    },
    {
      ...COMMON,
      worker: "verify",
      subject: SUBJECT,
      evidence: [
        {
          kind: "check",
          name: words || "x",
          on: "base",
          subject: SUBJECT,
          command: "",
          status: "failed",
          exitCode: 1,
          durationMs: 1,
          tail: words,
          outputBytes: 0,
        },
      ],
      changedLines: 1,
      commands: { count: 4, durationMs: 1_200 },
    },
    {
      ...COMMON,
      worker: "review",
      verdict: {
        subject: SUBJECT,
        decision: "rework",
        summary: words,
        findings: [{ severity: "major", path: words, line: 3, claim: words, howItFails: words }],
        assumptions: [],
        notVerified: [],
        smallestRollback: "",
        criteria: [],
        risk: "low",
      },
    },
    {
      ...COMMON,
      worker: "post-merge-smoke",
      mergeSha: SHA,
      liveSha: null,
      status: "nothing-to-probe",
      waitedMs: 0,
      lookedFor: { where: words, found: words, tries: 1 },
      probes: [
        {
          id: "0123456789abcdef",
          url: words,
          status: "failed",
          found: words,
          durationMs: 1,
          tries: [{ status: "failed", found: words, durationMs: 1 }],
          before: { status: "unknown" },
        },
      ],
    },
    {
      ...COMMON,
      worker: "failed",
      of: "verify",
      refusal: { code: "worker-failed", subject: words },
    },
  ];
}

describe("renderWorkerSummary", () => {
  test.each(proposals("words").map((proposal) => [proposal.worker, proposal] as const))(
    "%s says what came out",
    (_worker, proposal) => {
      const summary = renderWorkerSummary(proposal);
      expect(summary).toMatch(/^### [a-z-]+: .+\n\n1\.5 s(, of which .+)? · no model call\n$/s);
    },
  );

  test("any words in it are inert", () => {
    fc.assert(
      fc.property(hostileText(), (words) => {
        for (const proposal of proposals(words)) {
          expect(harmOf(renderWorkerSummary(proposal))).toEqual({
            images: 0,
            html: [],
            links: [],
            live: [],
          });
        }
      }),
      cases(200),
    );
  });
});

test("what verify found is the comparison and the table of criteria; every run is folded", () => {
  const [, , , proposal] = proposals("words");
  if (proposal?.worker !== "verify") throw new Error("The fourth proposal is verify's.");
  const summary = renderWorkerSummary({
    ...proposal,
    evidence: [
      ...proposal.evidence,
      {
        kind: "test-comparison",
        subject: SUBJECT,
        source: "per-test",
        failToPass: ["a"],
        passToPass: ["b", "c"],
        passToFail: [],
        failToFail: [],
      },
      proofOf(SUBJECT, "AC1", { test: "a" }),
    ],
  });
  expect(summary.split("\n")).toEqual([
    "### verify: 1 check run",
    "",
    "- **Tests** 1 fail on the base and pass now, 2 pass on both, 0 broken, 0 failing on both",
    "- **Criteria** nothing speaks against 1 of 1 criterion, and the review comes next",
    "",
    "| Criterion | Shown by |",
    "|---|---|",
    "| ⏳ **AC1** | 1 test: failed → passed |",
    "",
    "<details><summary>Every run of a check, and how each criterion is shown</summary>",
    "",
    "| Check | On | Result | Took |",
    "| --- | --- | --- | --- |",
    "| words | base | failed | 1 ms |",
    "",
    "- **AC1** (changes): a · failed → passed",
    "",
    "</details>",
    "",
    "1.5 s, of which 4 commands took 1.2 s · no model call",
    "",
  ]);
});

test("only what counts is marked: a failure that was meant to be is none, and a known one is told as such", () => {
  const run = (on: string, status: string, tests: object[]) => ({
    kind: "check",
    name: "test",
    on,
    subject: SUBJECT,
    command: "npm test",
    status,
    exitCode: status === "passed" ? 0 : 1,
    durationMs: 1,
    tail: "",
    outputBytes: 0,
    tests,
  });
  const old = [{ name: "old", status: "failed" }];
  const rows = (change: string, tests: object[]) => {
    const evidence = [
      run("base", "failed", old),
      run("base-with-changed-tests", "failed", []),
      run("change", change, tests),
    ];
    const proposal = {
      ...COMMON,
      worker: "verify",
      subject: SUBJECT,
      evidence,
      changedLines: 1,
      commands: { count: 4, durationMs: 1_200 },
    };
    const lines = renderWorkerSummary(proposal as unknown as Proposal).split("\n");
    return lines
      .filter((line) => line.startsWith("| test |"))
      .map((line) => line.split("|")[3]?.trim());
  };
  expect(rows("passed", [])).toEqual(["failed", "failed", "✅ passed"]);
  expect(rows("failed", old)).toEqual(["failed", "failed", "✅ failed, as on the base"]);
  expect(rows("failed", [{ name: "new", status: "failed" }])).toEqual([
    "failed",
    "failed",
    "❌ failed",
  ]);
});
