import { z } from "zod";
import { Digest, ObjectId } from "../digest.ts";
import { ProbeId, SmokeStatus } from "../smoke.ts";

/** A smoke test has looked at a merge. */
export const SmokedEvent = z.strictObject({
  kind: z.literal("smoked"),
  commit: ObjectId,
  /** The issue that carries the andon which this failure raised. */
  incident: z.int().positive().optional(),
  status: SmokeStatus,
  /** The commit itself was seen live. Absent in older ledgers, where nobody knows. */
  live: z.boolean().optional(),
  /** Probes that were seen passing at it: what a later merge is measured against. Absent in older ledgers. */
  passed: z.array(ProbeId).max(20).optional(),
});

/** What this change was to mend was reported again, after its merge had been seen live: a defect that escaped it. */
export const EscapedEvent = z.strictObject({
  kind: z.literal("escaped"),
  pullRequest: z.int().positive(),
  /** The merge. */
  commit: ObjectId,
  /** Of the alert that came back. */
  fingerprint: Digest,
  /** The release that showed it, as the alert named it; absent where it named none. */
  release: z.string().min(1).max(200).optional(),
});
