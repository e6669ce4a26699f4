import type { Effect } from "../../../domain/github/effect.ts";
import type { CommentState } from "../../../domain/github/snapshot.ts";
import type { Pulse } from "../../../domain/incident/pulse.ts";
import { PULSE_MARKER, parsePulse, renderPulse } from "../../../wording/issue/pulse-comment.ts";
import type { OnIssue, View } from "../../observed/issue-view.ts";
import { ownComments } from "../../observed/ledger/own-comments.ts";

/** The counting comment with its stored state; undefined if somebody changed it. */
export function pulseOn({ comments, input }: Pick<OnIssue, "comments" | "input">): {
  readonly comment: CommentState | undefined;
  readonly pulse: Pulse | undefined;
} {
  const [comment] = ownComments(comments, input.identity.id, PULSE_MARKER);
  return { comment, pulse: comment === undefined ? undefined : parsePulse(comment.body) };
}

export function pulseEffect(
  view: View,
  written: {
    readonly issue: number;
    readonly pulse: Pulse;
    readonly comment: number | null;
  },
): Effect {
  const { issue, pulse, comment } = written;
  return {
    kind: "write-comment",
    key: `pulse/${issue}/${view.input.run.id}`,
    issue,
    marker: PULSE_MARKER,
    body: renderPulse(pulse),
    comment,
  };
}
