import { z } from "zod";
import { Naming } from "../../../domain/evidence/naming.ts";

const Proof = Naming.omit({ by: true }).extend({
  tests: Naming.shape.tests.default([]),
  symbols: Naming.shape.symbols.default([]),
  checks: Naming.shape.checks.default([]),
});

/** The coder's statements about its change. Trusted code reads the change itself from the work tree. */
export const CoderAnswer = z
  .strictObject({
    summary: z.string().min(1).max(2_000),
    assumptions: z.array(z.string().min(1).max(400)).max(10),
    /** Named proofs of each criterion. Missing in older scripts: then nothing is named. */
    proofs: z.array(Proof).max(15).optional(),
    /** Tests of the tester that contradict the contract. The tester judges that, and people see it. */
    corrections: z
      .array(
        z.strictObject({ test: z.string().min(1).max(500), reason: z.string().min(1).max(400) }),
      )
      .max(5)
      .optional(),
  })
  // A model has to give all of it.
  .meta({ required: ["summary", "assumptions", "proofs"] });
export type CoderAnswer = z.infer<typeof CoderAnswer>;
