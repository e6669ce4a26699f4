import { z } from "zod";
import { Digest, ObjectId } from "../digest.ts";
import { NoticedLines } from "../evidence/noticed.ts";
import { FlakyTests } from "../ledger/flaky-tests.ts";

/** Days of the factory's own work that an audit covers: as many as of git's history. */
export const RECORD_DAYS = 90;

const Issue = z.int().positive();

/** Facts from ledgers about the factory's work; each entry can be found in the ledger of its issue. */
export const WorkRecord = z.strictObject({
  /** Changes that were merged. */
  changes: z
    .array(
      z.strictObject({
        issue: Issue,
        /** The commit of the change, which is part of the merged history. */
        commit: ObjectId,
        /** Absent: its lines were not reverted to see what notices them. */
        noticed: NoticedLines.optional(),
      }),
    )
    .max(1_000),
  /** Attempts that ended, merged or sent back. */
  attempts: z
    .array(
      z.strictObject({
        issue: Issue,
        attempt: z.int().positive(),
        /** Absent: none was seen. */
        flaky: FlakyTests.optional(),
      }),
    )
    .max(2_000),
  /** Changes whose defect was reported again after they were live, once per alert. */
  escaped: z
    .array(z.strictObject({ issue: Issue, commit: ObjectId, fingerprint: Digest }))
    .max(1_000),
});
export type WorkRecord = z.infer<typeof WorkRecord>;
