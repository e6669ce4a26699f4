import type { Effect } from "../../../domain/github/effect.ts";
import type { CommentState } from "../../../domain/github/snapshot.ts";
import { millisecondsBetween } from "../../../domain/text/time.ts";
import {
  lineAsking,
  linesOfRefusal,
  reminderMarker,
  renderReminder,
} from "../../../wording/issue/ask-comment.ts";
import { askedPeople } from "../../observed/asked.ts";
import { hasSaid, type OnIssue } from "../../observed/issue-view.ts";
import type { Decision } from "../../observed/situation.ts";
import { askEffect } from "../../outcome/ask.ts";
import { conclude } from "../../outcome/conclude.ts";
import { mendLabels } from "../../outcome/labels.ts";

const DAY_MS = 24 * 3_600_000;
/** Days after the question at which it is asked again, each time later. Then it is known, and not wanted. */
const REMINDED_AFTER = [1, 3, 7];

/** Where a person is next: asks where the question was lost, reminds where it has waited, puts the labels right, and says nothing else. */
export function remind(view: OnIssue): Decision {
  const word = view.issue.state === "open" && !view.issue.locked ? lostOrLate(view) : undefined;
  const labels = mendLabels(view);
  return word === undefined
    ? conclude(view, { headline: "nothing-waits", effects: labels })
    : conclude(view, { headline: "person-reminded", effects: [...labels, word] });
}

function lostOrLate(view: OnIssue): Effect | undefined {
  const { entries } = view.ledger;
  const last = entries.at(-1)?.event;
  // A person who stopped it needs no word of ours.
  if (last?.kind === "commanded" && last.command === "stop") return undefined;
  const since = entries.findLastIndex(({ stage }) => stage !== view.stage) + 1;
  const asking = ownAsks(view).findLast(({ line }) => line > since);
  if (asking !== undefined) return late(view, asking);
  return last?.kind === "refused" && view.stage === "needs-human"
    ? askEffect(view, { entries: [], lines: linesOfRefusal(last.refusal) })
    : undefined;
}

interface Asking {
  readonly line: number;
  readonly comment: CommentState;
}

function ownAsks({ comments, input }: OnIssue): readonly Asking[] {
  return comments
    .filter(({ author }) => author.id === input.identity.id)
    .flatMap((comment) => {
      const line = lineAsking(comment.body);
      return line === undefined ? [] : [{ line, comment }];
    });
}

function late(view: OnIssue, { line, comment }: Asking): Effect | undefined {
  const waitedMs = millisecondsBetween(comment.createdAt, view.now);
  const due = REMINDED_AFTER.filter((days) => waitedMs >= days * DAY_MS).length;
  if (due === 0) return undefined;
  const marker = reminderMarker(line, due);
  if (hasSaid(view, marker)) return undefined;
  const body = renderReminder({
    line,
    number: due,
    people: askedPeople(view),
    since: comment.createdAt.slice(0, 10),
    url: comment.url,
  });
  const { number: issue } = view.issue;
  const key = `remind/${issue}/${line}/${due}`;
  return { kind: "write-comment", key, issue, marker, body, comment: null };
}
