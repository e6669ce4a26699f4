import type { Visible } from "../visible/visible.ts";
import type { FeedbackGiven } from "./gather.ts";

/** What a loop's document shows under a label. */
export function feedbackShown(
  { url, issues, discussions }: Visible,
  label: string,
): Pick<FeedbackGiven, "issues" | "discussions"> {
  return {
    issues: issues
      .filter((one) => hasLabel(one.labels, label))
      .map(({ number, title, body, updatedAt: on }) => ({
        ...{ number, title, body, on },
        url: `${url}/issues/${number}`,
      })),
    discussions: discussions && {
      shown: discussions.shown
        .filter((one) => hasLabel(one.labels, label))
        .map(({ labels: _labels, createdAt: on, ...one }) => ({ ...one, on })),
      unread: discussions.left + discussions.unread,
    },
  };
}

/** GitHub compares names of labels without case. */
export function hasLabel(labels: readonly string[], label: string): boolean {
  return labels.some((one) => one.toLowerCase() === label.toLowerCase());
}
