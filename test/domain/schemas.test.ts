import { describe, expect, test } from "vitest";
import { StagedWorld } from "../../src/domain/github/staged.ts";
import { Proposal } from "../../src/domain/proposal.ts";
import { QualityReport } from "../../src/domain/quality.ts";
import { isAlarm, isFailure, REFUSAL_CODES } from "../../src/domain/refusal.ts";
import { protectedPathsOf } from "../../src/domain/trust/protection.ts";
import { Verdict } from "../../src/domain/verdict.ts";
import { judgementOf } from "./proofs.ts";

const SUBJECT = { base: "a".repeat(40), tree: "b".repeat(40) };
const FINDING = {
  severity: "major",
  path: "src/a.ts",
  line: 1,
  claim: "the name is dropped",
  howItFails: "greet('Ada') says hello",
};
const VERDICT = {
  subject: SUBJECT,
  decision: "rework",
  summary: "",
  findings: [FINDING],
  assumptions: [],
  notVerified: [],
  smallestRollback: "revert the merge",
  criteria: [judgementOf("AC1")],
  risk: "low",
};
const MEASURE = { name: "tests", value: 1, source: "npm test" };
const REPORT = {
  commit: "a".repeat(40),
  repository: [MEASURE],
  areas: [],
  gaps: [{ fingerprint: "quality/a", area: "a", title: "a", detail: "a" }],
};
const STAGED = {
  version: 1,
  runId: 1,
  comments: [],
  labels: { added: ["factory:ready"], removed: [] },
  branches: [{ name: "factory/1-1", sha: "a".repeat(40) }],
  awaitsApproval: false,
};
const GAVE_UP = {
  version: 1,
  orderId: "1/2/line",
  orderDigest: "c".repeat(64),
  usage: {
    requests: 0,
    inputTokens: 0,
    cacheReadTokens: 0,
    cacheWriteTokens: 0,
    outputTokens: 0,
    usd: 0,
    modelMs: 0,
  },
  durationMs: 1,
  worker: "failed",
  of: "implement",
  refusal: { code: "gave-up", subject: "the issue" },
};

describe("what a schema takes and what it does not", () => {
  test.each([
    ["a verdict", Verdict, VERDICT],
    ["a report", QualityReport, REPORT],
    ["a staged world", StagedWorld, STAGED],
  ])("%s, and nothing beside it", (_, schema, value) => {
    expect(schema.parse(value)).toEqual(value);
    expect(schema.safeParse({ ...value, more: 1 }).success).toBe(false);
  });

  test.each([
    ["a verdict of another kind", Verdict, { ...VERDICT, decision: "merge" }],
    ["a finding without a claim", Verdict, { ...VERDICT, findings: [{ ...FINDING, claim: "" }] }],
    ["a finding on line 0", Verdict, { ...VERDICT, findings: [{ ...FINDING, line: 0 }] }],
    ["21 findings", Verdict, { ...VERDICT, findings: Array(21).fill(FINDING) }],
    ["a risk that nobody knows", Verdict, { ...VERDICT, risk: "none" }],
    [
      "a measure that nobody knows",
      QualityReport,
      { ...REPORT, repository: [{ ...MEASURE, name: "stars" }] },
    ],
    ["four gaps", QualityReport, { ...REPORT, gaps: Array(4).fill(REPORT.gaps[0]) }],
    [
      "a branch that an option hides in",
      StagedWorld,
      { ...STAGED, branches: [{ name: "-x", sha: SUBJECT.base }] },
    ],
    ["five branches", StagedWorld, { ...STAGED, branches: Array(5).fill(STAGED.branches[0]) }],
    ["a proposal of nobody", Proposal, { ...GAVE_UP, worker: "somebody" }],
    ["a failure of nobody", Proposal, { ...GAVE_UP, of: "somebody" }],
  ])("%s is refused", (_, schema, value) => {
    expect(schema.safeParse(value).success).toBe(false);
  });
});

test("what the config protects are the paths that it names and its harness", () => {
  expect(protectedPathsOf({ protect: ["law/**"], harness: ["AGENTS.md"] })).toEqual([
    "law/**",
    "AGENTS.md",
  ]);
});

describe("a refusal", () => {
  test("that means that a stage could not work ends its run red", () => {
    const red = REFUSAL_CODES.filter((code) => isFailure({ code, subject: "" }));
    expect(red).toEqual([
      "artifact-invalid",
      "config-invalid",
      "effect-refused",
      "effect-unanswered",
      "loop-invalid",
      "model-failed",
      "nothing-produced",
      "order-invalid",
      "proposal-invalid",
      "sandbox-missing",
      "secret-leaked",
      "secret-missing",
      "state-unknown",
      "tree-mismatch",
      "worker-failed",
    ]);
  });

  test("raises the andon only where a secret leaked", () => {
    expect(REFUSAL_CODES.filter((code) => isAlarm({ code, subject: "" }))).toEqual([
      "secret-leaked",
    ]);
  });
});
