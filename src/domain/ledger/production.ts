import { z } from "zod";
import { Digest, ObjectId } from "../digest.ts";
import { ProbeId, SmokeStatus } from "../smoke.ts";

/** A smoke test has looked at a merge. */
export const SmokedEvent = z.strictObject({
  kind: z.literal("smoked"),
  commit: ObjectId,
  /** The issue with the andon that this failure raised. */
  incident: z.int().positive().optional(),
  status: SmokeStatus,
  /** The commit itself was seen live. Absent in older ledgers: unknown. */
  live: z.boolean().optional(),
  /** Probes that passed at it, to compare a later merge with. Absent in older ledgers. */
  passed: z.array(ProbeId).max(20).optional(),
});

/** The defect that this change should fix was reported again after its merge was seen live, so it escaped the fix. */
export const EscapedEvent = z.strictObject({
  kind: z.literal("escaped"),
  pullRequest: z.int().positive(),
  /** The merge. */
  commit: ObjectId,
  /** Fingerprint of the returned alert. */
  fingerprint: Digest,
  /** The release that showed it, as the alert named it; absent if it named none. */
  release: z.string().min(1).max(200).optional(),
});
