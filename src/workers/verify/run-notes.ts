import { compareFailures } from "../../domain/evidence/failure-comparison.ts";
import { weighFailure } from "../../domain/evidence/known-failure.ts";
import type { CheckRun, Evidence } from "../../domain/evidence.ts";
import { cut } from "../../domain/text/cut.ts";
import { sayFailureWeight, sayNotRun } from "../../wording/checks/failure-weight.ts";

/** A run on the change, with the meaning of its failure, or of a test that failed on the base and did not run. */
export function withWeight(run: CheckRun, facts: readonly Evidence[]): CheckRun {
  if (run.status === "timed-out") return run;
  if (run.status === "failed") return withNote(run, sayFailureWeight(weighFailure(run, facts)));
  const base = facts.find(
    (piece): piece is CheckRun =>
      piece.kind === "check" && piece.name === run.name && piece.on === "base",
  );
  const gone = base === undefined ? [] : (compareFailures(base, run)?.gone ?? []);
  if (gone.length === 0) return run;
  return withNote(run, sayNotRun(gone));
}

function withNote(run: CheckRun, more: string): CheckRun {
  return { ...run, note: cut(run.note === undefined ? more : `${run.note}; ${more}`, 500) };
}
