import type { OpenIssue } from "../../../domain/github/snapshot.ts";
import {
  incidentLabel,
  PRIORITIES,
  priorityLabel,
  stagesOf,
  waitingLabel,
} from "../../../domain/label.ts";
import type { Stage } from "../../../domain/stage.ts";
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

/** Stages at which an issue waits for its turn: to be read, or to be built. */
const WAITS: readonly Stage[] = ["queued", "ready"];

/** Open issues that wait for their turn, by their labels. The run of a ring reads the ledger. */
export function waitingInTurn({ snapshot, prefix }: View): readonly OpenIssue[] {
  const { waiting, openIssues } = snapshot;
  const all = waiting ?? ("known" in openIssues ? openIssues.known : []);
  const label = waitingLabel(prefix).toLowerCase();
  return all
    .filter(({ labels }) => labels.some((one) => one.toLowerCase() === label))
    .filter(({ labels }) => WAITS.some((stage) => stagesOf(prefix, labels).join() === stage));
}
