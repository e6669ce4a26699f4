import type { Refusal } from "../../../domain/refusal.ts";
import { NO_USAGE, type Usage } from "../../../domain/usage.ts";
import type { OnIssue, View } from "../../observed/issue-view.ts";
import { isLater, lastOf } from "../../observed/ledger/ledger.ts";
import {
  continuedBy,
  openPullRequestOf,
  refusePullRequestOpen,
} from "../../observed/pull-requests.ts";
import { isAbandoned } from "../../observed/runs/holder.ts";
import { shareOf } from "../../observed/share.ts";
import type { Decision } from "../../observed/situation.ts";
import { conclude, halt } from "../../outcome/conclude.ts";
import type { NewEntry } from "../../outcome/ledger-entry.ts";
import { recordMerge, unrecordedMerge } from "./merge.ts";

/** An attempt whose run ended before it recorded a result. A person is told, and it is charged. */
export function takeUp(view: OnIssue): Decision {
  if (!isAbandoned(view)) return conclude(view, { headline: "nothing-waits", effects: [] });
  const merge = unrecordedMerge(view);
  if (merge !== undefined) {
    return recordMerge(view, { headline: "merge-found", entries: abandoned(view), merge });
  }
  return halt(view, { refusals: [...leftOpen(view), refusalOf(view)], ...chargeOf(view) });
}

/**
 * A pull request that the attempt already published goes to a person: it passed, and no run is left to merge it. So does
 * one that no attempt may continue. The next attempt continues any other.
 */
function leftOpen(view: OnIssue): readonly Refusal[] {
  const open = openPullRequestOf(view);
  const going = continuedBy(view);
  if (open !== undefined && hasPublished(view)) return [refusePullRequestOpen(open)];
  return "refusal" in going ? [going.refusal] : [];
}

/** The ledger entry for it, if a person's command continues at once. */
export function abandoned(view: OnIssue): readonly NewEntry[] {
  if (!isAbandoned(view)) return [];
  const event = { kind: "refused", refusal: refusalOf(view) } as const;
  return [{ stage: "needs-human", event, ...chargeOf(view) }];
}

function refusalOf(view: View): Refusal {
  const claimed = lastOf(view.ledger.entries, "claimed");
  const run = claimed === undefined ? "a run" : `run ${claimed.run}`;
  return {
    code: "worker-failed",
    subject: claimed === undefined ? "an attempt" : `attempt ${claimed.event.attempt}`,
    found: hasPublished(view)
      ? `${run} ended after it had published, and before it wrote down what came of that`
      : `${run} ended and wrote down nothing of it; its share of the budget is charged`,
    hint: "look-at-the-last-run",
  };
}

/** A run records what it publishes at once, with its cost. */
function hasPublished({ ledger }: View): boolean {
  const { entries } = ledger;
  return isLater(lastOf(entries, "published"), lastOf(entries, "claimed"));
}

/**
 * The cost of a run that vanished is unknown, and unknown is never free. A worker that ends well without an account is
 * charged in full. A vanished run is charged its share of what is left, so that a lost machine does not block a retry.
 * It may have spent more: decision 0011 says how much, and who allows it.
 */
function chargeOf(view: View): { readonly usage?: Usage } {
  return hasPublished(view) ? {} : { usage: { ...NO_USAGE, usd: shareOf(view) } };
}
