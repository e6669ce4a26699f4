import type { Mistake } from "../../../domain/lesson/mistake.ts";
import type { Refusal } from "../../../domain/refusal.ts";
import { recordableMistakes } from "../../guard/withhold.ts";
import type { OnIssue, View } from "../../observed/issue-view.ts";
import { lastOf } from "../../observed/ledger/ledger.ts";
import { continuedBy } from "../../observed/pull-requests.ts";
import type { Wants } from "../../observed/situation.ts";
import type { NewEntry } from "../../outcome/ledger-entry.ts";
import { changeRequests, findingsOf, heardEntries, openThreads } from "./open-words.ts";

/** Whether comments on the open pull request of the issue have to be read; undefined if there is no such pull request, or they were read. */
export function wordsToRead(view: OnIssue): Wants | undefined {
  const going = continuedBy(view);
  if ("refusal" in going || going.continues === undefined || view.owned !== undefined) {
    return undefined;
  }
  return { wants: [], owned: going.continues.pullRequest };
}

/**
 * Ledger entries that send an issue back to be built again because a review asks for changes. A comment alone does not:
 * it may be a question, and an attempt costs money. The comment goes with the next attempt.
 */
export function askedChanges(view: OnIssue): readonly NewEntry[] {
  const claimed = lastOf(view.ledger.entries, "claimed");
  if (claimed === undefined || changeRequests(view).length === 0) return [];
  return [...heardEntries(view), sentBackBy(view, claimed.event.attempt, findingsOf(view))];
}

/** Findings: the text of a command, and the other comments on the pull request, one each. */
export function sentBackBy(view: View, attempt: number, findings: readonly string[]): NewEntry {
  const threads = openThreads(view).map(
    ({ path: name }): Mistake => ({ cause: "person-asked", place: { kind: "path", name } }),
  );
  const mistakes = recordableMistakes(threads.length > 0 ? threads : [{ cause: "person-asked" }]);
  return {
    stage: "ready",
    by: "person",
    event: { kind: "sent-back", attempt, findings: [...findings], mistakes },
  };
}

/** If a review asks for changes while the attempt is built, nothing is merged, and the next attempt follows. */
export function refuseAskedChanges(view: View): Refusal | undefined {
  const [first] = changeRequests(view);
  if (first === undefined || view.input.task !== "settle") return undefined;
  return {
    code: "changes-requested",
    subject: `review ${first.id}`,
    found: `${first.author.login} wrote it while the attempt was built`,
    hint: "goes-on-by-itself",
  };
}
