import { wasDone } from "../../domain/github/receipt.ts";
import { andonLabel, incidentLabel } from "../../domain/label.ts";
import type { View } from "../observed/issue-view.ts";

/** A failed smoke test stops the line; an alert does not. */
export function labelOfIncident({ input, prefix }: View): string {
  return input.task === "incident" ? incidentLabel(prefix) : andonLabel(prefix);
}

/** The issue that an alert may write on: the one that was looked for by its fingerprint, or the one that this run opened. */
export function alertedIssue({ issue, receipts }: View): number | undefined {
  if (issue !== undefined) return issue.number;
  const opened = receipts.findLast(({ kind }) => kind === "open-issue");
  return opened?.kind === "open-issue" && wasDone(opened) ? opened.number : undefined;
}
