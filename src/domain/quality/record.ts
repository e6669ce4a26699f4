import { z } from "zod";
import { Digest, ObjectId } from "../digest.ts";
import { NoticedLines } from "../evidence/noticed.ts";
import { FlakyTests } from "../ledger/flaky-tests.ts";

/** Days of the factory's own work that an audit looks back on: as many as of git's history. */
export const RECORD_DAYS = 90;

const Issue = z.int().positive();

/** What ledgers say of the factory's own work; each entry is found again in the ledger of its issue. */
export const WorkRecord = z.strictObject({
  /** Changes that were merged. */
  changes: z
    .array(
      z.strictObject({
        issue: Issue,
        /** The commit of the change, which is part of the history that it was merged into. */
        commit: ObjectId,
        /** Absent: nobody took its lines back to see who notices. */
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
  /** Changes whose defect was reported again after they were live, once for each alert. */
  escaped: z
    .array(z.strictObject({ issue: Issue, commit: ObjectId, fingerprint: Digest }))
    .max(1_000),
});
export type WorkRecord = z.infer<typeof WorkRecord>;
