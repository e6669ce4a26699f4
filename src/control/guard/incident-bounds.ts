import { wasDone } from "../../domain/github/receipt.ts";
import { andonLabel, incidentLabel } from "../../domain/label.ts";
import type { View } from "../observed/issue-view.ts";

/** A failed smoke test stops the line; an alert does not. */
export function labelOfIncident({ input, prefix }: View): string {
  return input.task === "incident" ? incidentLabel(prefix) : andonLabel(prefix);
}

/** One poll counts on ten issues, with the ledgers of their fixes, opens three with their comments, and closes three. */
export const MOST_OF_A_BEAT = 30;

/** Polled alerts come many at a time. */
export function isBeat({ input, trigger }: View): boolean {
  return input.task === "incident" && trigger?.kind === "schedule";
}

/** An issue that an alert may write on: found by its fingerprint, or opened by this run. */
export function isAlerted(issue: number, { input, issues, receipts }: View): boolean {
  if (input.task !== "incident") return false;
  const opened = receipts.flatMap((receipt) =>
    receipt.kind === "open-issue" && wasDone(receipt) ? [receipt.number] : [],
  );
  return opened.includes(issue) || issues.some((one) => one.issue.number === issue);
}
