import { z } from "zod";
import { Naming } from "../../../domain/evidence/naming.ts";

const Proof = Naming.omit({ by: true }).extend({
  tests: Naming.shape.tests.default([]),
  symbols: Naming.shape.symbols.default([]),
  checks: Naming.shape.checks.default([]),
});

/** What the coder says of its change; the change itself is read from the work tree by trusted code. */
export const CoderAnswer = z
  .strictObject({
    summary: z.string().min(1).max(2_000),
    assumptions: z.array(z.string().min(1).max(400)).max(10),
    /** What proves each criterion. Left out by scripts older than this: then nothing is named. */
    proofs: z.array(Proof).max(15).optional(),
    /** Tests of the tester that are wrong by the contract: it judges them, and people see it. */
    corrections: z
      .array(
        z.strictObject({ test: z.string().min(1).max(500), reason: z.string().min(1).max(400) }),
      )
      .max(5)
      .optional(),
  })
  // A model is asked for all of it.
  .meta({ required: ["summary", "assumptions", "proofs"] });
export type CoderAnswer = z.infer<typeof CoderAnswer>;
