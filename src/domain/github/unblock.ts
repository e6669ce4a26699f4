import { z } from "zod";
import { ObjectId } from "../digest.ts";
import { CheckCause } from "./repository-check.ts";

/** A check of the repository that is red on the pull request: its cause, by facts, and the lines that tell more. */
export const RedCheck = z.strictObject({
  name: z.string().max(200),
  cause: CheckCause,
  /** Untrusted text. */
  lines: z.array(z.string().max(300)).max(20),
});
export type RedCheck = z.infer<typeof RedCheck>;

/** Whether it can be mended here: a check that is red on the base too, or by chance, is not the pull request's fault. */
export function isOfThePull({ cause }: RedCheck): boolean {
  return cause === "change" || cause === "test" || cause === "unknown";
}

/** A pull request that a person with write access wants mended. */
export const Unblock = z.strictObject({
  pullRequest: z.int().positive(),
  head: ObjectId,
  /** Its own branch, in this repository. */
  branch: z.string().min(1).max(250),
  /** Target of the result: that branch only if a person with write access said so. */
  onto: z.enum(["suggestion", "branch"]),
  red: z.array(RedCheck).max(10),
});
export type Unblock = z.infer<typeof Unblock>;

/** Limits of the lists; counts are whole. */
export const UNBLOCK_LISTED = { paths: 100, tests: 20, hunks: 50 } as const;

const Path = z.string().max(300);
const Names = z.strictObject({
  total: z.int().nonnegative(),
  names: z.array(z.string().max(300)).max(UNBLOCK_LISTED.tests),
});

/** A place that one side changed, and that the result does not contain as that side wrote it. */
export const DroppedHunk = z.strictObject({
  path: Path,
  /** Lines of that side's file, from 1; both 0 for a pure removal, or if the file is no text. */
  from: z.int().nonnegative(),
  to: z.int().nonnegative(),
  /** Inserted lines that are missing, and removed lines that are back. */
  lost: z.int().nonnegative(),
  back: z.int().nonnegative(),
});
export type DroppedHunk = z.infer<typeof DroppedHunk>;

/** Results for the tests of one side: those that it added, and those that passed on it. */
export const SideTests = z.strictObject({
  /** Tests that the merge base does not have. */
  added: z.int().nonnegative(),
  /** Of all that have to pass, those that do. */
  kept: z.int().nonnegative(),
  /** Have to pass and do not, as they are in the result or, if that side added them, as it wrote them. */
  lost: Names,
  /** Fail or are absent, and fail on the base too, so not because of this result. */
  known: Names,
  /** Removed by the other side. */
  removed: Names,
});
export type SideTests = z.infer<typeof SideTests>;

const SideProof = z.strictObject({
  /** Null if a run named no tests, so that it is unknown. */
  tests: SideTests.nullable(),
  dropped: z.strictObject({
    total: z.int().nonnegative(),
    hunks: z.array(DroppedHunk).max(UNBLOCK_LISTED.hunks),
  }),
});
export type SideProof = z.infer<typeof SideProof>;

/** Facts that code found about a result that has to keep two sides; never a model's claim. */
export const TwoSides = z.strictObject({
  head: ObjectId,
  /** Merge base of both sides; the base itself if it did not move. */
  mergeBase: ObjectId,
  /** Paths that no merge resolves by itself. */
  conflicts: z.array(Path).max(UNBLOCK_LISTED.paths),
  /** Other paths at which the result differs from a merge of both sides. */
  edited: z.array(Path).max(UNBLOCK_LISTED.paths),
  sides: z.strictObject({ head: SideProof, base: SideProof }),
});
export type TwoSides = z.infer<typeof TwoSides>;

export const SIDES = ["head", "base"] as const;
export type Side = (typeof SIDES)[number];

/** The branch on which a result is offered: one for each run that was asked for one. */
export function suggestionBranch(asked: {
  readonly pullRequest: number;
  readonly runId: number;
}): string {
  return `factory/unblock-${asked.pullRequest}-${asked.runId}`;
}

/** Parents of the result. A moved base is the second, so that the pull request no longer conflicts with it. */
export function parentsOfResult(asked: {
  readonly head: ObjectId;
  readonly base: ObjectId;
  readonly mergeBase: ObjectId;
}): readonly ObjectId[] {
  const { head, base, mergeBase } = asked;
  return mergeBase === base ? [head] : [head, base];
}
