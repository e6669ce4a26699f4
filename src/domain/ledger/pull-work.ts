import { createHmac } from "node:crypto";
import { z } from "zod";
import { canonicalJson, ObjectId } from "../digest.ts";
import type { SealContext } from "../ledger.ts";
import { Usage } from "../usage.ts";
import { sealKeysOf } from "./seal-key.ts";

/** Longer than any run that works on a pull request: whoever began that long ago and did not end has died. */
export const LONGEST_PULL_WORK_MS = 24 * 3_600_000;

/**
 * What one run did for a pull request that is no attempt of an issue, and what that cost. It stands in a comment of that run
 * alone, so that no two runs ever write the same line.
 */
export const PullWork = z.strictObject({
  work: z.enum(["unblock", "review"]),
  run: z.int().positive(),
  head: ObjectId,
  /** When its order was made, ISO 8601: with the run it names the order. */
  at: z.iso.datetime(),
  /** USD that it may spend at most. */
  most: z.number().nonnegative(),
  /** What it cost. Absent while it works, and where its run died. */
  usage: Usage.optional(),
});
export type PullWork = z.infer<typeof PullWork>;

export const SealedPullWork = PullWork.extend({
  seal: z.union([z.literal("none"), z.string().regex(/^v1:[0-9a-f]{64}$/)]),
});
export type SealedPullWork = z.infer<typeof SealedPullWork>;

/** `place.issue` is the number of the pull request. Each line is sealed for itself: it goes on from none. */
export function sealPullWork(work: PullWork, { place, key }: SealContext): SealedPullWork {
  const [newest] = sealKeysOf(key);
  return { ...work, seal: newest === undefined ? "none" : sealOf(work, place, newest) };
}

function sealOf(work: PullWork, place: SealContext["place"], key: string): string {
  const { repositoryId, issue: pull } = place;
  const text = canonicalJson({ version: 1, repositoryId, pull, work });
  return `v1:${createHmac("sha256", key).update(text).digest("hex")}`;
}

/**
 * Whether a line is to be believed. One without a seal is: all that it can do is take money off the day, and whoever could
 * write a lower sum could take the comment away. A seal that does not hold says that somebody changed what was sealed.
 */
export function isPullWorkSealed(
  { seal, ...work }: SealedPullWork,
  { place, key }: SealContext,
): boolean {
  return seal === "none" || sealKeysOf(key).some((one) => sealOf(work, place, one) === seal);
}
