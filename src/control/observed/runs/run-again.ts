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
  const isLoss = ({ event, run: writer }: SealedEntry) =>
    writer === run.id && event.kind === "refused" && event.refusal.code === "worker-failed";
  const last = entries.at(-1);
  if (last === undefined || !isLoss(last)) return undefined;
  const before = entries.findLast((entry) => !isLoss(entry));
  return before?.run === run.id ? before.stage : undefined;
}
