import { z } from "zod";
import { ObjectId } from "../digest.ts";
import { CheckCause } from "./repository-check.ts";

/** A check of the repository that is red on the pull request: why, as far as facts tell it, and the lines that tell more. */
export const RedCheck = z.strictObject({
  name: z.string().max(200),
  cause: CheckCause,
  /** Anybody's text. */
  lines: z.array(z.string().max(300)).max(20),
});
export type RedCheck = z.infer<typeof RedCheck>;

/** Whether somebody could mend it here: what is red on the base too, or by chance, is none of the pull request's. */
export function isOfThePull({ cause }: RedCheck): boolean {
  return cause === "change" || cause === "test" || cause === "unknown";
}

/** Anybody's pull request that somebody with write wants mended. */
export const Unblock = z.strictObject({
  pullRequest: z.int().positive(),
  head: ObjectId,
  /** Its own branch, in this repository. */
  branch: z.string().min(1).max(250),
  /** Where the result goes: onto that branch only because somebody with write said so. */
  onto: z.enum(["suggestion", "branch"]),
  red: z.array(RedCheck).max(10),
});
export type Unblock = z.infer<typeof Unblock>;

/** Bounds of what is listed; counts are whole. */
export const UNBLOCK_LISTED = { paths: 100, tests: 20, hunks: 50 } as const;

const Path = z.string().max(300);
const Names = z.strictObject({
  total: z.int().nonnegative(),
  names: z.array(z.string().max(300)).max(UNBLOCK_LISTED.tests),
});

/** A place that one side changed and the result does not hold as that side wrote it. */
export const DroppedHunk = z.strictObject({
  path: Path,
  /** Lines of that side's file, counted from 1; both 0 where it only took lines out, or where the file is no text. */
  from: z.int().nonnegative(),
  to: z.int().nonnegative(),
  /** Lines that it put in and that are not there, and lines that it took out and that are back. */
  lost: z.int().nonnegative(),
  back: z.int().nonnegative(),
});
export type DroppedHunk = z.infer<typeof DroppedHunk>;

/** What became of the tests of one side: of those that it added, and of those that passed on it. */
export const SideTests = z.strictObject({
  /** Tests that the commit at which both parted does not have. */
  added: z.int().nonnegative(),
  /** Of all that have to pass, those that do. */
  kept: z.int().nonnegative(),
  /** Have to pass and do not, as they stand in the result or, where that side added them, as it wrote them. */
  lost: Names,
  /** Fail or are absent, and fail on the base too: nothing of this result. */
  known: Names,
  /** Were taken out by the other side. */
  removed: Names,
});
export type SideTests = z.infer<typeof SideTests>;

const SideProof = z.strictObject({
  /** Null where a run named no tests, so that nobody can tell. */
  tests: SideTests.nullable(),
  dropped: z.strictObject({
    total: z.int().nonnegative(),
    hunks: z.array(DroppedHunk).max(UNBLOCK_LISTED.hunks),
  }),
});
export type SideProof = z.infer<typeof SideProof>;

/** What code found of a result that has to hold two sides: never what a model says of it. */
export const TwoSides = z.strictObject({
  head: ObjectId,
  /** Where both sides parted; the base itself where it did not move. */
  mergeBase: ObjectId,
  /** Paths that no merge puts together by itself. */
  conflicts: z.array(Path).max(UNBLOCK_LISTED.paths),
  /** Other paths at which the result is not what a merge makes of both sides. */
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

/** The parents of the result: a base that moved is the second, so that the pull request has no conflict with it any more. */
export function parentsOfResult(asked: {
  readonly head: ObjectId;
  readonly base: ObjectId;
  readonly mergeBase: ObjectId;
}): readonly ObjectId[] {
  const { head, base, mergeBase } = asked;
  return mergeBase === base ? [head] : [head, base];
}
