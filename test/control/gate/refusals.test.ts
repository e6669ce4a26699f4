import { expect, test } from "vitest";
import { weigh } from "../../../src/control/gate/gate.ts";
import type { Refusal } from "../../../src/domain/refusal.ts";
import { fakeId } from "../../fakes/github.ts";
import type { Spoil } from "../spoilt.ts";
import { greenGate } from "./green-gate.ts";

const OTHER = fakeId("other");
const LONG = `src/${"a".repeat(400)}`;
const GREEN = await greenGate();
const { base } = GREEN.order;
const { tree } = GREEN.verify.subject;

function adds(path: string): Spoil {
  return (gate) => {
    gate.implement.changeSet.files.push({ path, deleted: true });
  };
}

/** What a person reads of each refusal, whole; a text of others is cut before it fills the page. */
const SAID: readonly (readonly [string, Spoil, Refusal])[] = [
  [
    "another base",
    ({ implement }) => {
      implement.changeSet.base = OTHER;
    },
    { code: "change-set-invalid", subject: "its base", found: OTHER, accepted: base },
  ],
  [
    "a path outside of the contract",
    adds("docs/a.md"),
    { code: "path-not-allowed", subject: "docs/a.md", accepted: "src/**, test/**" },
  ],
  [
    "a long path outside of many",
    (gate) => {
      gate.order.contract.boundaries.paths = ["test/*", "src/*.ts", "x".repeat(600)];
      adds(LONG)(gate);
    },
    {
      code: "path-not-allowed",
      subject: LONG.slice(0, 300),
      accepted: `test/*, src/*.ts, ${"x".repeat(482)}`,
    },
  ],
  [
    "a workflow",
    (gate) => {
      gate.order.contract.boundaries.paths = [];
      adds(`.github/workflows/${"a".repeat(300)}`)(gate);
    },
    {
      code: "path-protected",
      subject: `.github/workflows/${"a".repeat(282)}`,
      hint: "leave-the-path-to-a-person",
    },
  ],
  [
    "a path of no trust",
    (gate) => {
      gate.order.config.trust.scopes = [{ paths: ["src/a*"], level: "read-only" }];
      adds(LONG)(gate);
    },
    {
      code: "trust-too-low",
      subject: LONG.slice(0, 300),
      found: "read-only",
      accepted: "open-pr or more",
      hint: "raise-the-trust",
    },
  ],
  [
    "too many lines",
    ({ verify }) => {
      verify.changedLines = 601;
    },
    {
      code: "limit-exceeded",
      subject: "changed lines",
      found: "601",
      accepted: "at most 600",
    },
  ],
  [
    "evidence of other bytes",
    ({ verify }) => {
      for (const piece of verify.evidence) if (piece.kind === "check") piece.subject.tree = OTHER;
    },
    {
      code: "evidence-missing",
      subject: `tree ${tree}`,
      found: "5 pieces, not all of them for it",
    },
  ],
  [
    "a subject on another base",
    ({ verify }) => {
      verify.subject.base = OTHER;
    },
    {
      code: "evidence-missing",
      subject: `tree ${tree}`,
      found: "5 pieces, not all of them for it",
    },
  ],
  [
    "tests that nobody compared",
    ({ verify }) => {
      verify.evidence = verify.evidence.filter(({ kind }) => kind !== "test-comparison");
    },
    {
      code: "evidence-missing",
      subject: "the tests",
      found: "nobody compared them with the base",
    },
  ],
  [
    "a check that did not run",
    ({ verify }) => {
      verify.evidence = verify.evidence.filter(
        (piece) => piece.kind !== "check" || piece.name !== "lint",
      );
    },
    { code: "evidence-missing", subject: "the check lint", found: "it did not run" },
  ],
  [
    "a check that ran out of time",
    ({ verify }) => {
      for (const piece of verify.evidence)
        if (piece.kind === "check" && piece.name === "lint") {
          piece.status = "timed-out";
          piece.tail = `${"-".repeat(2_000)}the end`;
        }
    },
    {
      code: "check-failed",
      subject: "lint",
      found: expect.stringMatching(/^timed-out: .*\n-{993}the end$/),
      accepted: "passed, or only what fails on the base too",
    },
  ],
  [
    "tests that broke",
    ({ verify }) => {
      const passToFail = Array.from({ length: 12 }, (_, index) => `test ${index + 1}`);
      for (const piece of verify.evidence)
        if (piece.kind === "test-comparison") piece.passToFail = passToFail;
    },
    {
      code: "check-failed",
      subject: "12 tests that passed before",
      found: "test 1, test 2, test 3, test 4, test 5, test 6, test 7, test 8, test 9, test 10",
    },
  ],
  [
    "a test with a long name that broke",
    ({ verify }) => {
      for (const piece of verify.evidence)
        if (piece.kind === "test-comparison") piece.passToFail = ["x".repeat(3_000)];
    },
    {
      code: "check-failed",
      subject: "1 test that passed before",
      found: "x".repeat(2_000),
    },
  ],
  [
    "tests that prove nothing",
    ({ verify }) => {
      for (const piece of verify.evidence)
        if (piece.kind === "test-comparison") piece.failToPass = [];
    },
    { code: "tests-not-failing-on-base", subject: `tree ${tree}` },
  ],
  [
    "a criterion that one of two proofs denies",
    ({ verify, implement }) => {
      implement.namings = [];
      for (const piece of [...verify.evidence])
        if (piece.kind === "criterion" && piece.criterion === "AC1")
          verify.evidence.push({
            ...piece,
            status: "unproven",
            reasons: [{ code: "passes-on-base", about: "greets" }],
          });
    },
    {
      code: "criterion-unproven",
      subject: "AC1",
      found: "AC1: greets passes on the base too",
    },
  ],
  [
    "a criterion without a proof",
    ({ verify }) => {
      verify.evidence = verify.evidence.filter(
        (piece) => piece.kind !== "criterion" || piece.criterion !== "AC2",
      );
    },
    { code: "criterion-unproven", subject: "AC2", found: "AC2: nobody looked" },
  ],
  [
    "a verdict on another tree",
    ({ review }) => {
      review.verdict.subject.tree = OTHER;
    },
    {
      code: "tree-mismatch",
      subject: "the verdict",
      found: `tree ${OTHER} on ${base}`,
      accepted: `tree ${tree} on ${base}`,
    },
  ],
  [
    "a verdict on another base",
    ({ review }) => {
      review.verdict.subject.base = OTHER;
    },
    {
      code: "tree-mismatch",
      subject: "the verdict",
      found: `tree ${tree} on ${OTHER}`,
      accepted: `tree ${tree} on ${base}`,
    },
  ],
  ...(["escalate", "rework"] as const).map((decision): readonly [string, Spoil, Refusal] => [
    `a verdict to ${decision}`,
    ({ review }) => {
      review.verdict.decision = decision;
      review.verdict.summary = "y".repeat(400);
    },
    {
      code: decision === "escalate" ? "review-escalated" : "review-rework",
      subject: "y".repeat(300),
    },
  ]),
  [
    "a blocker",
    ({ review }) => {
      review.verdict.findings = [
        { severity: "minor", path: "a.ts", line: 1, claim: "ugly", howItFails: "never" },
        { severity: "blocker", path: LONG, line: 7, claim: "wrong", howItFails: "z".repeat(2_000) },
      ];
    },
    {
      code: "review-rework",
      subject: LONG.slice(0, 300),
      found: `wrong ${"z".repeat(1_994)}`,
    },
  ],
  [
    "an unmet criterion",
    ({ review }) => {
      for (const judged of review.verdict.criteria)
        Object.assign(judged, {
          answer: judged.id === "AC2" ? "no" : "yes",
          evidence: `seen for ${judged.id}`,
        });
    },
    { code: "review-rework", subject: "AC2", found: "seen for AC2" },
  ],
  [
    "a criterion that nobody judged",
    ({ review }) => {
      review.verdict.criteria = review.verdict.criteria.slice(1);
    },
    { code: "review-rework", subject: "AC1", found: "the verdict does not mention it" },
  ],
];

test.each(SAID)("%s is refused in so many words", async (_name, spoil, refusal) => {
  const gate = await greenGate();
  spoil(gate);
  // What a path may be at all is the rule on the shape of a change, which long names here break as well.
  expect(
    weigh(gate).refusals.filter(
      ({ code }) => code !== "change-set-invalid" || refusal.code === code,
    ),
  ).toEqual([refusal]);
});

test("a check that asks git for what is not there is refused with what to do", async () => {
  const gate = await greenGate();
  const run = gate.verify.evidence.find(({ kind }) => kind === "check");
  const tail = "fatal: not a git repository (or any of the parent directories): .git";
  Object.assign(run ?? {}, { status: "failed", exitCode: 128, tail });
  const [refusal] = weigh(gate).refusals;
  expect(refusal).toMatchObject({ code: "check-failed", hint: "make-a-repository-in-setup" });
});
