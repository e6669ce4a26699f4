import type { SealedEntry } from "../../../domain/ledger.ts";
import type { Stage } from "../../../domain/stage.ts";
import type { ControlInput } from "../situation.ts";

/**
 * The stage for a run that a person reruns because a worker's job was lost: the one before this run recorded that.
 * Undefined if that is not the case, or something was written since; then only the ledger names the stage.
 */
export function stageBeforeLoss(
  entries: readonly SealedEntry[],
  run: ControlInput["run"],
): Stage | undefined {
  if (run.attempt === 1) return undefined;
  const last = entries.at(-1);
  return last !== undefined && isLossOf(run, last) ? heldBefore(entries, run)?.stage : undefined;
}

/** Whether the run, if its failed jobs are rerun, would continue after the loss of this worker's job. */
export function wouldGoOn(entries: readonly SealedEntry[], run: ControlInput["run"]): boolean {
  return heldBefore(entries, run) !== undefined;
}

/** The last entry besides this run's entries about its losses, if it is this run's own. */
function heldBefore(
  entries: readonly SealedEntry[],
  run: ControlInput["run"],
): SealedEntry | undefined {
  const before = entries.findLast((entry) => !isLossOf(run, entry));
  return before?.run === run.id ? before : undefined;
}

function isLossOf(run: ControlInput["run"], { event, run: writer }: SealedEntry): boolean {
  return writer === run.id && event.kind === "refused" && event.refusal.code === "worker-failed";
}
