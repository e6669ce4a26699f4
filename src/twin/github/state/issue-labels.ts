import { renderLabel } from "../render/issue.ts";
import { announceIssue, type Change, noteEvent, touch } from "./issue-changes.ts";
import type { IssueState, LabelState } from "./issue-state.ts";

function sameLabel(left: LabelState, right: LabelState): boolean {
  return left.id === right.id;
}

/** Sets the labels of an issue; one event per added or removed label, none for unchanged ones. */
export async function setLabels(
  change: Change,
  issue: IssueState,
  labels: readonly LabelState[],
): Promise<void> {
  const added = labels.filter((label) => !issue.labels.some((old) => sameLabel(old, label)));
  const removed = issue.labels.filter((old) => !labels.some((label) => sameLabel(old, label)));
  for (const label of removed) {
    issue.labels = issue.labels.filter((old) => !sameLabel(old, label));
    await labelChanged(change, issue, { event: "unlabeled", label });
  }
  for (const label of added) {
    issue.labels = [...issue.labels, label];
    await labelChanged(change, issue, { event: "labeled", label });
  }
}

async function labelChanged(
  change: Change,
  issue: IssueState,
  what: { readonly event: "labeled" | "unlabeled"; readonly label: LabelState },
): Promise<void> {
  const { color, name } = what.label;
  touch(change, issue);
  noteEvent(change, issue, { event: what.event, label: { name, color } });
  const label = renderLabel(change.twin, change.repository, what.label);
  await announceIssue(change, issue, { action: what.event, extra: { label } });
}
