import { NO_FILES } from "../../../src/control/observed/files.ts";
import {
  isOnIssue,
  type OnIssue,
  readSituation,
} from "../../../src/control/observed/issue-view.ts";
import { controlInput, newLine, toBuilding } from "../line.ts";

const line = newLine();
export const { issue, order, event } = await toBuilding(line);
export const snapshot = await line.github.observe({ prefix: "factory:", issues: [issue] });
export const input = controlInput(
  "settle",
  { event, issue, order },
  { github: line.github, run: order.runId, sealKey: line.sealKey },
);

/** An issue that is being built; with other labels than it has, where some are given. */
export function viewOf(labels?: readonly string[]): OnIssue {
  const now = "2026-11-20T09:00:00Z";
  const view = readSituation({ input, snapshot, now, receipts: [], files: NO_FILES });
  if (!isOnIssue(view)) throw new Error("it is on an issue");
  return labels === undefined ? view : { ...view, issue: { ...view.issue, labels } };
}
