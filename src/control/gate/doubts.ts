import { nameTests } from "../../domain/failure-comparison.ts";
import type { GateLine } from "../../wording/checks/gate-checklist.ts";
import { type Gate, piecesOf } from "./rule.ts";

/**
 * What passes the gate and no run can settle: a legitimate change does it, and so does one that hides something (threats
 * QA-01). It vetoes nothing; a person merges, whatever the trust. Empty for most changes, so that nothing is said then.
 */
export function doubtsOf(gate: Gate): readonly GateLine[] {
  const comparisons = piecesOf(gate, "test-comparison");
  const altered = comparisons.flatMap((piece) => piece.altered ?? []);
  const fresh = comparisons.flatMap((piece) => piece.new ?? []);
  const seenFailing = comparisons.some(({ failToPass }) => failToPass.length > 0);
  const asksForTest = gate.order.contract.acceptance.some(({ proof }) => proof === "test");
  const doubts: GateLine[] = [];
  if (altered.length > 0)
    doubts.push(doubt("old tests", `Asserted before, no longer: ${nameTests(altered)}.`));
  if (asksForTest && !seenFailing && fresh.length > 0) {
    doubts.push(
      doubt("new tests", `Proven by new tests alone, which nobody saw fail: ${nameTests(fresh)}.`),
    );
  }
  return doubts;
}

function doubt(name: string, sentence: string): GateLine {
  return { name, ok: false, asks: true, sentence };
}
