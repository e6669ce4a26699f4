import { isQuiet } from "../../../domain/config/quiet-hours.ts";
import type { Effect } from "../../../domain/github/effect.ts";
import type { CommentState } from "../../../domain/github/snapshot.ts";
import { millisecondsBetween } from "../../../domain/text/time.ts";
import {
  lineAsking,
  linesOfMerge,
  linesOfRefusal,
  reminderMarker,
  renderReminder,
} from "../../../wording/issue/ask-comment.ts";
import { areRunsHeld } from "../../exposure/branch-workflows.ts";
import { hasSaid, type OnIssue, repositoryUrl } from "../../observed/issue-view.ts";
import { askedPeople } from "../../observed/people/asked.ts";
import type { Decision } from "../../observed/situation.ts";
import { askEffect } from "../../outcome/ask.ts";
import { conclude } from "../../outcome/conclude.ts";
import { mendLabels } from "../../outcome/labels.ts";

const DAY_MS = 24 * 3_600_000;
/** Days after the question at which it is asked again, at growing intervals. After the last, the person knows and does not want it. */
const REMINDED_AFTER = [1, 3, 7];

/**
 * Handles a stage at which a person is next: asks if the question was lost or fell into quiet hours, reminds after a
 * wait, and corrects the labels. Says nothing else.
 */
export function remind(view: OnIssue): Decision {
  const { issue, config, now } = view;
  const isTold = issue.state === "open" && !issue.locked && !isQuiet(config.quietHours, now);
  const word = isTold ? lostOrLate(view) : undefined;
  const labels = mendLabels(view);
  return word === undefined
    ? conclude(view, { headline: "nothing-waits", effects: labels })
    : conclude(view, { headline: "person-reminded", effects: [...labels, word] });
}

function lostOrLate(view: OnIssue): Effect | undefined {
  const { entries } = view.ledger;
  const last = entries.at(-1)?.event;
  // A person who stopped it needs no message from us.
  if (last?.kind === "commanded" && last.command === "stop") return undefined;
  const since = entries.findLastIndex(({ stage }) => stage !== view.stage) + 1;
  const asking = ownAsks(view).findLast(({ line }) => line > since);
  if (asking !== undefined) return late(view, asking);
  const lines = lostLines(view);
  return lines === undefined ? undefined : askEffect(view, { entries: [], lines });
}

/** Questions that never reached anybody: at `needs-human` the comment was lost or it was quiet; at `gating` it was quiet when the last entry was written. */
function lostLines(view: OnIssue): readonly string[] | undefined {
  const last = view.ledger.entries.at(-1);
  if (last === undefined) return undefined;
  const { event, at } = last;
  if (view.stage === "gating") {
    if (!isQuiet(view.config.quietHours, at)) return undefined;
    if (event.kind === "published") {
      return linesOfMerge({
        pullRequest: event.pullRequest,
        repository: repositoryUrl(view),
        areRunsHeld: areRunsHeld(view.input.identity),
      });
    }
    // The factory makes requested changes, and the person who asked for them is present.
    if (event.kind !== "refused" || event.refusal.code === "changes-requested") return undefined;
    return linesOfRefusal(event.refusal);
  }
  return event.kind === "refused" && view.stage === "needs-human"
    ? linesOfRefusal(event.refusal)
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
