import { z } from "zod";
import type { AuthorizedActor } from "../actor.ts";
import { ObjectId } from "../digest.ts";

/** The open pull request that an attempt continues. An issue has one for its whole life, and attempts are commits on it. */
export const Continued = z.strictObject({
  pullRequest: z.int().positive(),
  branch: z.string().max(250),
  /** The expected head of the branch. If somebody moved it meanwhile, it is never overwritten. */
  head: ObjectId,
  /** The base on which that head was verified; absent if it is not the factory's own work. */
  base: ObjectId.optional(),
});
export type Continued = z.infer<typeof Continued>;

/** A pull request that a person wants examined as it is. */
export const Examined = z.strictObject({
  pullRequest: z.int().positive(),
  head: ObjectId,
  asks: z.enum(["verify", "review"]),
  /** Id of the comment that asks for it. */
  comment: z.int().positive(),
});
export type Examined = z.infer<typeof Examined>;

/**
 * Parents of the commit that continues it. A moved base is one of them, so that the pull request shows the difference to
 * that base, and its merge makes the verified tree.
 */
export function parentsOf(continued: Continued, base: ObjectId): readonly ObjectId[] {
  return continued.base === base ? [continued.head] : [continued.head, base];
}

/** One comment on a pull request, with its author's permission. */
export interface Said {
  readonly id: number;
  readonly author: AuthorizedActor;
  readonly body: string;
  /** ISO 8601. */
  readonly createdAt: string;
  readonly updatedAt: string;
}

/** Comments on one place of a file, oldest first. The id of the first names the thread. */
export interface ReviewThread {
  readonly id: number;
  readonly path: string;
  /** Its line at the current head; null if that line is gone, or the comment is on the whole file. */
  readonly line: number | null;
  /** The id to resolve it by; null if GitHub shows none. */
  readonly node: string | null;
  /** A person resolved it, so nobody waits for anything in it. */
  readonly settled: boolean;
  readonly comments: readonly Said[];
}

export interface ReviewState extends Said {
  readonly state: "approved" | "changes-requested" | "commented" | "dismissed";
}

/** All comments on a pull request of the factory, in order. */
export interface OwnedPullRequest {
  readonly pullRequest: number;
  readonly comments: readonly Said[];
  readonly threads: readonly ReviewThread[];
  readonly reviews: readonly ReviewState[];
  /**
   * GitHub says that a repository rule requires the newest base before a merge. False if it gives another reason first,
   * or none.
   */
  readonly behind: boolean;
}
