import type { OpenIssue } from "../../../domain/github/snapshot.ts";
import {
  incidentLabel,
  PRIORITIES,
  priorityLabel,
  stagesOf,
  waitingLabel,
} from "../../../domain/label.ts";
import { AT_TURN } from "../../../domain/stage.ts";
import type { View } from "../issue-view.ts";

/** Default priority of an issue: neither urgent nor idle. */
const USUAL = 2;
/** GitHub's own label for defects. */
const BUG = "bug";

/** Urgency of an issue, and whether it is a defect, by people's labels. */
export function urgencyOf(prefix: string, { labels }: Pick<OpenIssue, "labels">) {
  const shown = new Set(labels.map((label) => label.toLowerCase()));
  const has = (label: string) => shown.has(label.toLowerCase());
  const priority: number = PRIORITIES.find((one) => has(priorityLabel(prefix, one))) ?? USUAL;
  return { priority, isDefect: has(BUG) || has(incidentLabel(prefix)) };
}

/** The open issues that wait for their turn. By their labels: whoever is rung for reads the ledger. */
export function waitingInTurn({ snapshot, prefix }: View): readonly OpenIssue[] {
  const { waiting, openIssues } = snapshot;
  const all = waiting ?? ("known" in openIssues ? openIssues.known : []);
  const label = waitingLabel(prefix).toLowerCase();
  return all
    .filter(({ labels }) => labels.some((one) => one.toLowerCase() === label))
    .filter(({ labels }) => AT_TURN.some((stage) => stagesOf(prefix, labels).join() === stage));
}
