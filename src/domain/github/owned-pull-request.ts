import { z } from "zod";
import type { AuthorizedActor } from "../actor.ts";
import { ObjectId } from "../digest.ts";

/** The open pull request that an attempt goes on with: an issue has one for its whole life, and attempts are commits on it. */
export const Continued = z.strictObject({
  pullRequest: z.int().positive(),
  branch: z.string().max(250),
  /** Where the branch has to stand: whoever moved it meanwhile is never overwritten. */
  head: ObjectId,
  /** What that head was verified on; absent where it is not the factory's own work. */
  base: ObjectId.optional(),
});
export type Continued = z.infer<typeof Continued>;

/** A pull request that a person wants looked at as it stands. */
export const Examined = z.strictObject({
  pullRequest: z.int().positive(),
  head: ObjectId,
  asks: z.enum(["verify", "review"]),
  /** Id of the comment that asks for it. */
  comment: z.int().positive(),
});
export type Examined = z.infer<typeof Examined>;

/**
 * The parents of the commit that goes on with it. A base that moved is one of them: so the pull request shows the difference
 * to that base, and a merge of it makes the verified tree.
 */
export function parentsOf(continued: Continued, base: ObjectId): readonly ObjectId[] {
  return continued.base === base ? [continued.head] : [continued.head, base];
}

/** One thing said on a pull request, with what its author may do. */
export interface Said {
  readonly id: number;
  readonly author: AuthorizedActor;
  readonly body: string;
  /** ISO 8601. */
  readonly createdAt: string;
  readonly updatedAt: string;
}

/** Comments on one place of a file, the oldest first; it is named by the id of that one. */
export interface ReviewThread {
  readonly id: number;
  readonly path: string;
  /** Its line at the head as it is now; null where that line is not there any more, or the comment is on the whole file. */
  readonly line: number | null;
  /** By which it is resolved; null where GitHub shows none. */
  readonly node: string | null;
  /** A person resolved it: nobody waits for anything in it. */
  readonly settled: boolean;
  readonly comments: readonly Said[];
}

export interface ReviewState extends Said {
  readonly state: "approved" | "changes-requested" | "commented" | "dismissed";
}

/** What people have said on a pull request of the factory, in the order in which they did. */
export interface OwnedPullRequest {
  readonly pullRequest: number;
  readonly comments: readonly Said[];
  readonly threads: readonly ReviewThread[];
  readonly reviews: readonly ReviewState[];
  /**
   * GitHub says that a rule of the repository asks for the newest base before it is merged. Where it says another reason first,
   * or nothing, nobody knows: false.
   */
  readonly behind: boolean;
}
