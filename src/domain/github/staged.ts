import { z } from "zod";
import { Actor } from "../actor.ts";
import { ObjectId } from "../digest.ts";
import { BranchName } from "../order.ts";

const Label = z.string().min(1).max(100);

/**
 * What the jobs of a staged run would have written so far, for the next job of the same run to take for written. It
 * travels as an artifact with its digest, like an order; no worker reads it.
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
        /** As the clock of the job said. */
        createdAt: z.iso.datetime(),
        updatedAt: z.iso.datetime(),
      }),
    )
    .max(20),
  labels: z.strictObject({ added: z.array(Label).max(50), removed: z.array(Label).max(50) }),
  branches: z.array(z.strictObject({ name: BranchName, sha: ObjectId })).max(4),
  /** The contract waits for a person: the next job takes it as approved by whoever rang. */
  awaitsApproval: z.boolean(),
});
export type StagedWorld = z.infer<typeof StagedWorld>;

/** Where made-up ids of comments and pull requests begin: no id that GitHub gave is as large. */
export const FIRST_STAGED_ID = 9_000_000_000_000;
/** How made-up commit ids begin. */
export const STAGED_COMMIT = "57a6ed";
