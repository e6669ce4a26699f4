import type { EffectOf } from "../../domain/github/effect.ts";
import { andonLabel } from "../../domain/label.ts";
import { branchOf, revertBranchOf } from "../../domain/lease.ts";
import type { View } from "../observed/issue-view.ts";
import { incidentsOf } from "../observed/release/landing.ts";
import { isStarted } from "./loop-bounds.ts";
import { isUnblockBranch, isUnlabelled, unblockedIn } from "./unblock-bounds.ts";

/** The branch of this run's attempt; before there is one, any of this issue. The nightly run has its own. */
export function isOwnBranch(branch: string, view: View): boolean {
  const { input, issue } = view;
  const mended = unblockedIn(view);
  if (mended !== undefined) return isUnblockBranch(branch, mended);
  if (input.task === "nightly-settle") return /^factory\/quality-[0-9]{8}$/.test(branch);
  if (input.task === "learn")
    return /^factory\/(guide|lesson)-[0-9a-f]{12}(-checked)?$/.test(branch);
  if (issue === undefined) return false;
  if (input.order?.kind === "revert") {
    const { attempt } = input.order.revert;
    return branch === revertBranchOf({ issue: issue.number, attempt });
  }
  const attempt = input.order?.kind === "line" ? input.order.attempt : undefined;
  return attempt === undefined
    ? new RegExp(`^factory/${issue.number}-[1-9][0-9]{0,3}$`).test(branch)
    : branch === branchOf({ issue: issue.number, attempt });
}

/** An incident that this issue's own ledger names. Only the record of a smoke test may end it. */
export function isIncident(issue: number, { input, ledger }: View): boolean {
  return input.task === "record" && incidentsOf(ledger.entries).includes(issue);
}

/** The only change of an incident's labels is to remove the andon. */
function isLowered({ issue, add, remove }: EffectOf<"set-labels">, view: View): boolean {
  const isAndonAlone = remove.join() === andonLabel(view.prefix);
  return add.length === 0 && isAndonAlone && isIncident(issue, view);
}

/** Labels of this issue. On another issue: the andon of an incident, an answered request, or the start by a loop. */
export function isLabelled(effect: EffectOf<"set-labels">, view: View): boolean {
  if (effect.issue === view.issue?.number || isLowered(effect, view)) return true;
  return isUnlabelled(effect, view) || isStarted(effect, view);
}
