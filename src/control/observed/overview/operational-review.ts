import type { OpenIssue } from "../../../domain/github/snapshot.ts";
import { REVIEW_MARKER } from "../../../wording/pages/report/review-issue.ts";
import type { View } from "../issue-view.ts";
import { ownIssue } from "./board.ts";

/** The open issue of the operational review. */
export function reviewIssue(view: Pick<View, "snapshot" | "input">): OpenIssue | undefined {
  return ownIssue(view, REVIEW_MARKER);
}
