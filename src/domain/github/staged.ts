import { z } from "zod";
import { Actor } from "../actor.ts";
import { ObjectId } from "../digest.ts";
import { BranchName } from "../order.ts";

const Label = z.string().min(1).max(100);

/**
 * Simulated writes of a staged run so far, which the next job of the same run assumes as written. It travels as an
 * artifact with its digest, like an order. No worker reads it.
 */
export const StagedWorld = z.strictObject({
  version: z.literal(1),
  runId: z.int().nonnegative(),
  comments: z
    .array(
      z.strictObject({
        id: z.int().positive(),
        author: Actor,
        body: z.string().max(65_536),
        /** By the clock of the job. */
        createdAt: z.iso.datetime(),
        updatedAt: z.iso.datetime(),
      }),
    )
    .max(20),
  labels: z.strictObject({ added: z.array(Label).max(50), removed: z.array(Label).max(50) }),
  branches: z.array(z.strictObject({ name: BranchName, sha: ObjectId })).max(4),
  /** The contract waits for a person. The next job assumes that the person who rang approved it. */
  awaitsApproval: z.boolean(),
});
export type StagedWorld = z.infer<typeof StagedWorld>;

/** First made-up id of comments and pull requests; GitHub's own ids are smaller. */
export const FIRST_STAGED_ID = 9_000_000_000_000;
/** Beginning of made-up commit ids. */
export const STAGED_COMMIT = "57a6ed";
