import { z } from "zod";
import type { Actor } from "../../../domain/actor.ts";
import { Id, Sender, Text } from "./event-parts.ts";

/** Somebody reviewed a pull request, or wrote in one of its threads. */
export interface Reviewed {
  readonly kind: "reviewed";
  readonly pullRequest: number;
  readonly branch: string;
  /** Id and text of the review or comment. */
  readonly comment: number;
  readonly body: string;
  readonly by: Actor;
}

const PullRequest = z.object({ number: Id, head: z.object({ ref: z.string() }) });
const Words = z.object({ id: Id, body: Text });
const Submitted = z.object({
  action: z.literal("submitted"),
  review: Words,
  pull_request: PullRequest,
  sender: Sender,
});
const Written = z.object({
  action: z.literal("created"),
  comment: Words,
  pull_request: PullRequest,
  sender: Sender,
});

export function readReview(payload: unknown): Reviewed {
  const { review, pull_request: pullRequest, sender } = Submitted.parse(payload);
  return reviewed(pullRequest, review, sender);
}

export function readThreadComment(payload: unknown): Reviewed {
  const { comment, pull_request: pullRequest, sender } = Written.parse(payload);
  return reviewed(pullRequest, comment, sender);
}

function reviewed(
  { number, head }: z.infer<typeof PullRequest>,
  { id, body }: z.infer<typeof Words>,
  by: Actor,
): Reviewed {
  return { kind: "reviewed", pullRequest: number, branch: head.ref, comment: id, body, by };
}
