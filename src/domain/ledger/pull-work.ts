import { createHmac } from "node:crypto";
import { z } from "zod";
import { canonicalJson, ObjectId } from "../digest.ts";
import type { SealContext } from "../ledger.ts";
import { Usage } from "../usage.ts";
import { sealKeysOf } from "./seal-key.ts";

/** Longer than any run works on a pull request, in milliseconds. A run that began earlier and did not end has died. */
export const LONGEST_PULL_WORK_MS = 24 * 3_600_000;

/**
 * Work and cost of one run for a pull request that is no attempt of an issue. It is in a comment of that run alone, so
 * that no two runs write the same line.
 */
export const PullWork = z.strictObject({
  work: z.enum(["unblock", "review"]),
  run: z.int().positive(),
  head: ObjectId,
  /** When its order was made, ISO 8601; identifies the order together with the run. */
  at: z.iso.datetime(),
  /** The most that it may spend, in USD. */
  most: z.number().nonnegative(),
  /** Its cost. Absent while it works, and if its run died. */
  usage: Usage.optional(),
});
export type PullWork = z.infer<typeof PullWork>;

export const SealedPullWork = PullWork.extend({
  seal: z.union([z.literal("none"), z.string().regex(/^v1:[0-9a-f]{64}$/)]),
});
export type SealedPullWork = z.infer<typeof SealedPullWork>;

/** `place.issue` is the number of the pull request. Each line is sealed alone and continues no other. */
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
 * Whether a line is trusted. An unsealed line is: it can only reduce the day's budget, and anybody who could lower the
 * amount could delete the comment. A broken seal shows that somebody changed it.
 */
export function isPullWorkSealed(
  { seal, ...work }: SealedPullWork,
  { place, key }: SealContext,
): boolean {
  return seal === "none" || sealKeysOf(key).some((one) => sealOf(work, place, one) === seal);
}

/** A comment about the cost of a pull request, trusted or not. */
export interface FoundWork {
  readonly pullRequest: number;
  readonly comment: number;
  readonly body: string;
}
