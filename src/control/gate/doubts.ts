import { weighFailure } from "../../domain/evidence/known-failure.ts";
import { TAKEN_BACK } from "../../domain/ledger/prior-attempt.ts";
import type { Doubt } from "../../wording/checks/gate-sentences.ts";
import { asksForNewTest, openCriteria, sayOpen, unquotedCriteria } from "./open-criteria.ts";
import { type Gate, piecesOf } from "./rule.ts";

/**
 * Signs that pass the gate and that no run can settle: an honest change may show them, and so may one that hides
 * something (threats QA-01). They veto nothing, but a person merges, whatever the trust. Empty for most changes.
 */
export function doubtsOf(gate: Gate): readonly Doubt[] {
  const doubts: Doubt[] = [];
  if (gate.begunBy !== undefined) doubts.push({ about: "who asked", tests: [gate.begunBy] });
  const comparisons = piecesOf(gate, "test-comparison");
  const altered = comparisons.flatMap((piece) => piece.altered ?? []);
  const fresh = comparisons.flatMap((piece) => piece.new ?? []);
  const seenFailing = comparisons.some(({ failToPass }) => failToPass.length > 0);
  const before = gate.order.prior.filter(({ outcome }) => outcome === TAKEN_BACK);
  if (before.length > 0) {
    const attempts = before.map(({ attempt }) => `attempt ${attempt}`);
    doubts.push({ about: "an earlier merge", tests: attempts });
  }
  const weakened = piecesOf(gate, "ratchet").flatMap((piece) => piece.findings);
  if (weakened.length > 0) {
    const tests = weakened.map(({ path, line, rule }) => `${path}:${line} ${rule}`);
    doubts.push({ about: "weaker tests", tests });
  }
  const removed = comparisons.flatMap((piece) => piece.removed ?? []);
  const unstable = comparisons.flatMap((piece) => piece.unstable ?? []);
  if (removed.length > 0) doubts.push({ about: "removed tests", tests: removed });
  if (unstable.length > 0) doubts.push({ about: "names of tests", tests: unstable });
  if (altered.length > 0) doubts.push({ about: "old tests", tests: altered });
  if (asksForNewTest(gate) && !seenFailing && fresh.length > 0) {
    doubts.push({ about: "new tests", tests: fresh });
  }
  const flaky = flakyTests(gate);
  if (flaky.length > 0) doubts.push({ about: "flaky tests", tests: flaky });
  const open = openCriteria(gate);
  if (open.length > 0) doubts.push({ about: "criteria", tests: open.map(sayOpen) });
  const unquoted = unquotedCriteria(gate);
  if (unquoted.length > 0) doubts.push({ about: "quotes", tests: unquoted.map(({ id }) => id) });
  return doubts;
}

/** Without flaky tests, a check on the change would not count as passed. */
function flakyTests(gate: Gate): readonly string[] {
  const { evidence } = gate.verify;
  const failed = piecesOf(gate, "check").filter(
    ({ on, status }) => on === "change" && status === "failed",
  );
  return failed.flatMap((run) => {
    const weight = weighFailure(run, evidence);
    return weight.known ? (weight.flaky ?? []) : [];
  });
}
