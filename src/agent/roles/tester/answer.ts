import { z } from "zod";
import { Naming } from "../../../domain/evidence/naming.ts";

const Proof = Naming.pick({ criterion: true, tests: true });

/** A criterion, or `all` of them, whose tests cannot come before the change. */
const Open = z.strictObject({
  criterion: z.string().regex(/^(?:AC[1-9][0-9]?|all)$/, "expected AC1 … AC99, or all"),
  because: z.string().min(1).max(400),
});

/** The decision on a test that the coder wants corrected. */
const Answered = z.strictObject({
  test: z.string().min(1).max(500),
  decision: z.enum(["corrected", "kept"]),
  because: z.string().min(1).max(400),
});

/** The tester's statements about its tests. Trusted code reads the tests themselves from its workspace. */
export const TesterAnswer = z
  .strictObject({
    summary: z.string().min(1).max(2_000),
    /** Tests that prove each criterion. */
    proofs: z.array(Proof).max(15),
    open: z.array(Open).max(15).default([]),
    corrections: z.array(Answered).max(10).default([]),
  })
  .meta({ required: ["summary", "proofs", "open"] });
export type TesterAnswer = z.infer<typeof TesterAnswer>;
