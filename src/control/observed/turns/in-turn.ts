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

/** What of an issue says when its turn comes. */
type InTurn = Pick<OpenIssue, "number" | "labels">;

/** Where nobody says how urgent an issue is, it is neither urgent nor idle. */
const USUAL = 2;
/** GitHub's own label for defects. */
const BUG = "bug";

/** Negative where the first comes before the second: by priority, then defects before the rest, then the older one. */
export function compareTurns(prefix: string, left: InTurn, right: InTurn): number {
  const [one, other] = [rankOf(prefix, left), rankOf(prefix, right)];
  return one.priority - other.priority || one.kind - other.kind || left.number - right.number;
}

function rankOf(prefix: string, { labels }: InTurn) {
  const shown = new Set(labels.map((label) => label.toLowerCase()));
  const has = (label: string) => shown.has(label.toLowerCase());
  const priority = PRIORITIES.find((one) => has(priorityLabel(prefix, one))) ?? USUAL;
  return { priority, kind: has(BUG) || has(incidentLabel(prefix)) ? 0 : 1 };
}

/** Where an issue waits for its turn: to be read, or to be built. */
const WAITS: readonly Stage[] = ["queued", "ready"];

/** The open issues that wait for their turn, the first one first. By their labels: whoever is rung for reads the ledger. */
export function waitingInTurn({ snapshot, prefix }: View): readonly OpenIssue[] {
  const { waiting, openIssues } = snapshot;
  const all = waiting ?? ("known" in openIssues ? openIssues.known : []);
  const label = waitingLabel(prefix).toLowerCase();
  return all
    .filter(({ labels }) => labels.some((one) => one.toLowerCase() === label))
    .filter(({ labels }) => WAITS.some((stage) => stagesOf(prefix, labels).join() === stage))
    .toSorted((left, right) => compareTurns(prefix, left, right));
}
