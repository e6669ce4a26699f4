import type { PriorAttempt } from "../../../domain/ledger/prior-attempt.ts";
import type { Rebuilt } from "../../../domain/ledger/rebuilt.ts";
import type { OnIssue } from "../../observed/issue-view.ts";
import { isLater, lastOf } from "../../observed/ledger/ledger.ts";
import type { Wants } from "../../observed/situation.ts";
import { checkedAttempt } from "./checked-head.ts";
import { movedBase, sayConflicts } from "./moved-base.ts";
import { changeRequests, openThreads } from "./open-words.ts";

/**
 * Whether the next attempt only has to repeat the change of the open pull request because its base moved: nothing was
 * sent back since, and the ledger knows its proof.
 */
export function isSameChange({ ledger: { entries } }: OnIssue): boolean {
  const published = lastOf(entries, "published");
  const moved = lastOf(entries, "base-moved");
  const earlier = [published, lastOf(entries, "sent-back")];
  return published?.event.said !== undefined && earlier.every((one) => isLater(moved, one));
}

/** Conflicts that now prevent repeating the change, for the coder who builds it instead. */
export function conflictsNow(view: OnIssue): readonly PriorAttempt[] | Wants {
  if (!isSameChange(view)) return [];
  const found = movedBase(view);
  if (found === undefined || "wants" in found || !("conflicts" in found.made)) return [];
  const { conflicts } = found.made;
  const { pullRequest } = found.continues;
  const findings = sayConflicts(view, { pullRequest, onto: found.onto, conflicts });
  if ("wants" in findings) return findings;
  return [{ attempt: checkedAttempt(view), outcome: "sent back", findings }];
}

/** The same change on the current base; undefined if people ask for more, or if it no longer applies. */
export function rebuiltChange(view: OnIssue): Rebuilt | Wants | undefined {
  const published = lastOf(view.ledger.entries, "published")?.event;
  if (published?.said === undefined || !isSameChange(view)) return undefined;
  if (changeRequests(view).length + openThreads(view).length > 0) return undefined;
  const found = movedBase(view);
  if (found === undefined || "wants" in found) return found;
  if ("conflicts" in found.made || found.made.changeSet.files.length === 0) return undefined;
  return { of: published.attempt, changeSet: found.made.changeSet, ...published.said };
}
