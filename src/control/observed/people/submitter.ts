import type { Scope } from "../../../domain/github/snapshot.ts";
import { stageLabel } from "../../../domain/label.ts";
import type { View } from "../issue-view.ts";

/**
 * The label of an issue for which the factory rings although no run has written on it. The run that was told of the
 * label has died, and only GitHub knows who added it.
 */
export function submitterToAsk(view: View): Scope["submitted"] {
  const { input, trigger, issue, ledger, prefix, stage } = view;
  const reads = input.task === "open" || input.task === "propose";
  const own = trigger?.kind === "doorbell" && trigger.by.id === input.identity.id;
  const isUnwritten = ledger.refusal === undefined && ledger.entries.length === 0;
  return reads && own && issue !== undefined && stage === "queued" && isUnwritten
    ? { issue: issue.number, label: stageLabel(prefix, "queued") }
    : undefined;
}
