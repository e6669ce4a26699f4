import type { SealedEntry } from "../../../domain/ledger.ts";
import type { Stage } from "../../../domain/stage.ts";
import type { ControlInput } from "../situation.ts";

/**
 * Where the issue stands for a run that a person runs again because a worker's job was lost: where it stood before this run
 * wrote that down. Undefined where it is not so, or something was written since: then the ledger alone says where it stands.
 */
export function stageBeforeLoss(
  entries: readonly SealedEntry[],
  run: ControlInput["run"],
): Stage | undefined {
  if (run.attempt === 1) return undefined;
  const last = entries.at(-1);
  return last !== undefined && isLossOf(run, last) ? heldBefore(entries, run)?.stage : undefined;
}

/** Whether the run, in which a worker's job is lost now, would go on there when its failed jobs are run again. */
export function wouldGoOn(entries: readonly SealedEntry[], run: ControlInput["run"]): boolean {
  return heldBefore(entries, run) !== undefined;
}

/** The last entry beside what this run wrote of its losses, where that is this run's own. */
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
