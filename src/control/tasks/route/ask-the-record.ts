import type { Effect } from "../../../domain/github/effect.ts";
import type { Priority } from "../../../domain/label.ts";
import {
  assignmentMarker,
  explanationMarker,
  renderAssignment,
  renderExplanation,
} from "../../../wording/issue/explanation.ts";
import { readCommand } from "../../observed/command.ts";
import { hasSaid, type OnIssue, repositoryUrl } from "../../observed/issue-view.ts";
import { askedPeople, assignedPerson } from "../../observed/people/asked.ts";
import type { Decision } from "../../observed/situation.ts";
import { answer, conclude } from "../../outcome/conclude.ts";
import { mendLabels, priorityEffects } from "../../outcome/labels.ts";

/** Answers each comment that asks, in a comment of its own: why the issue is at its stage, who is next, and what it cost. */
export function explain(view: OnIssue): Decision {
  const { ledger, stage, issue } = view;
  if (ledger.refusal !== undefined) return answer(view, ledger.refusal);
  if (stage === "new" || ledger.entries.length === 0) {
    return conclude(view, { headline: "issue-unknown", effects: [] });
  }
  const comment = view.comment?.id ?? 0;
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

/** The label is the record: everybody who looks at the list of issues sees it, and removing it takes it back. */
export function prioritize(view: OnIssue, priority: Priority): Decision {
  const effects = isLatest(view, "priority") ? priorityEffects(view, priority) : [];
  return conclude(view, { headline: "prioritized", effects: [...effects, ...mendLabels(view)] });
}

/** The comment itself is the request from now on. The answer says that it was understood. */
export function assign(view: OnIssue): Decision {
  const person = assignedPerson(view);
  const comment = view.comment?.id ?? 0;
  const effects =
    person === undefined || !isLatest(view, "assign-me")
      ? []
      : said(view, {
          marker: assignmentMarker(comment),
          body: renderAssignment({ comment, person }),
        });
  return conclude(view, { headline: "assigned", effects: [...effects, ...mendLabels(view)] });
}

/** A run that is repeated days later must not undo a newer command (threats EV-08). */
function isLatest(view: OnIssue, name: "priority" | "assign-me"): boolean {
  const since = view.comments.filter(({ id }) => id > (view.comment?.id ?? 0));
  return !since.some(({ body }) => readCommand(body)?.name === name);
}

function said(
  view: OnIssue,
  { marker, body }: { readonly marker: string; readonly body: string },
): readonly Effect[] {
  const { number: issue } = view.issue;
  if (hasSaid(view, marker)) return [];
  const key = `answer/${issue}/${view.comment?.id ?? 0}`;
  return [{ kind: "write-comment", key, issue, marker, body, comment: null }];
}
