import type { Mistake } from "../../../domain/lesson/mistake.ts";
import { mistakeOfRefusal } from "../../../domain/lesson/of-refusal.ts";
import type { Refusal } from "../../../domain/refusal.ts";
import { type Gate, piecesOf } from "../../gate/rule.ts";
import { recordableMistakes } from "../../guard/withhold.ts";

/**
 * Mistakes of an attempt that goes back, for the record: the codes of the refusals. Proposals can name more than a code:
 * the check that ran, the tests that failed, or the paths that the reviewer points at.
 */
export function mistakesOfGate(gate: Gate, refusals: readonly Refusal[]): Mistake[] {
  return recordableMistakes(refusals.flatMap((refusal) => named(gate, refusal)));
}

/** The same for an attempt without a readable proposal. */
export function mistakesOfRefusals(refusals: readonly Refusal[]): Mistake[] {
  return recordableMistakes(refusals.flatMap((refusal) => mistakeOfRefusal(refusal) ?? []));
}

function named(gate: Gate, refusal: Refusal): readonly Mistake[] {
  const plain = mistakeOfRefusal(refusal);
  if (plain === undefined) return [];
  const found = refusal.code === "check-failed" ? ofChecks(gate, refusal) : ofReview(gate, refusal);
  return found.length > 0 ? found : [plain];
}

function ofChecks(gate: Gate, { subject }: Refusal): readonly Mistake[] {
  const isCheck = gate.verify.evidence.some(
    (piece) => piece.kind === "check" && piece.name === subject,
  );
  if (isCheck) return [{ cause: "check-red", place: { kind: "check", name: subject } }];
  const turned = piecesOf(gate, "test-comparison").flatMap(
    ({ passToFail, gone = [], newFailing = [] }) => [...passToFail, ...gone, ...newFailing],
  );
  return turned.map((name) => ({ cause: "test-red", place: { kind: "test", name } }));
}

/** Minor findings do not send an attempt back. */
function ofReview({ review }: Gate, { code }: Refusal): readonly Mistake[] {
  if (code !== "review-rework") return [];
  const heavy = review.verdict.findings.filter(({ severity }) => severity !== "minor");
  return heavy.map(({ path: name }) => ({
    cause: "review-finding",
    place: { kind: "path", name },
  }));
}
