import type { Effect } from "../../../domain/github/effect.ts";
import type { Priority } from "../../../domain/label.ts";
import {
  assignmentMarker,
  explanationMarker,
  renderAssignment,
  renderExplanation,
} from "../../../wording/issue/explanation.ts";
import { readCommand } from "../../observed/command.ts";
import { hasSaid, type OnWords, repositoryUrl } from "../../observed/issue-view.ts";
import { askedPeople, assignedPerson } from "../../observed/people/asked.ts";
import type { Decision } from "../../observed/situation.ts";
import { answer, conclude } from "../../outcome/conclude.ts";
import { mendLabels, priorityEffects } from "../../outcome/labels.ts";

/** Answers in a comment of its own, once for each comment that asks: why it stands there, who is next, what it cost. */
export function explain(view: OnWords): Decision {
  const { ledger, stage, issue } = view;
  if (ledger.refusal !== undefined) return answer(view, ledger.refusal);
  if (stage === "new" || ledger.entries.length === 0) {
    return conclude(view, { headline: "issue-unknown", effects: [] });
  }
  const comment = view.comment.id;
  const body = renderExplanation({
    comment,
    stage,
    entries: ledger.entries,
    people: askedPeople(view),
    issue: issue.number,
    repository: repositoryUrl(view),
    usdPerIssue: view.config.limits.usdPerIssue,
  });
  const effects = [
    ...said(view, { marker: explanationMarker(comment), body }),
    ...mendLabels(view),
  ];
  return conclude(view, { headline: "explained", effects });
}

/** A label says it: whoever looks at the list of issues sees it, and whoever takes it off takes it back. */
export function prioritize(view: OnWords, priority: Priority): Decision {
  const effects = isLatest(view, "priority") ? priorityEffects(view, priority) : [];
  return conclude(view, { headline: "prioritized", effects: [...effects, ...mendLabels(view)] });
}

/** The comment itself is what is asked of from now on; this one says that it was understood. */
export function assign(view: OnWords): Decision {
  const person = assignedPerson(view);
  const comment = view.comment.id;
  const effects =
    person === undefined || !isLatest(view, "assign-me")
      ? []
      : said(view, {
          marker: assignmentMarker(comment),
          body: renderAssignment({ comment, person }),
        });
  return conclude(view, { headline: "assigned", effects: [...effects, ...mendLabels(view)] });
}

/** A run that is repeated days later must not undo what somebody said since (threats EV-08). */
function isLatest(view: OnWords, name: "priority" | "assign-me"): boolean {
  const since = view.comments.filter(({ id }) => id > view.comment.id);
  return !since.some(({ body }) => readCommand(body)?.name === name);
}

function said(
  view: OnWords,
  { marker, body }: { readonly marker: string; readonly body: string },
): readonly Effect[] {
  const { number: issue } = view.issue;
  if (hasSaid(view, marker)) return [];
  const key = `answer/${issue}/${view.comment.id}`;
  return [{ kind: "write-comment", key, issue, marker, body, comment: null }];
}
