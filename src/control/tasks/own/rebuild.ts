import type { Rebuilt } from "../../../domain/ledger/rebuilt.ts";
import type { OnIssue } from "../../observed/issue-view.ts";
import { lastOf } from "../../observed/ledger.ts";
import type { Wants } from "../../observed/situation.ts";
import { movedBase } from "./moved-base.ts";
import { changeRequests, openThreads } from "./open-words.ts";

/**
 * Whether the next attempt has to do nothing but make the change of the open pull request anew, because its base moved: nothing
 * was sent back since, and the ledger knows what proves it.
 */
export function isSameChange({ ledger: { entries } }: OnIssue): boolean {
  const published = lastOf(entries, "published");
  const moved = lastOf(entries, "base-moved")?.sequence ?? 0;
  const sent = lastOf(entries, "sent-back")?.sequence ?? 0;
  return published?.event.said !== undefined && moved > Math.max(published.sequence, sent);
}

/** That change on the base as it stands now; undefined where people ask for more, and where it does not apply any more. */
export function rebuiltChange(view: OnIssue): Rebuilt | Wants | undefined {
  const published = lastOf(view.ledger.entries, "published")?.event;
  if (published?.said === undefined || !isSameChange(view)) return undefined;
  if (changeRequests(view).length + openThreads(view).length > 0) return undefined;
  const found = movedBase(view);
  if (found === undefined || "wants" in found) return found;
  if ("conflicts" in found.made || found.made.changeSet.files.length === 0) return undefined;
  return { of: published.attempt, changeSet: found.made.changeSet, ...published.said };
}
