import { z } from "zod";

/** Ordered steps of a change, the files it should touch, and its risks. */
export const Plan = z
  .strictObject({
    steps: z.array(z.string().min(1).max(500)).min(1).max(20),
    files: z.array(z.string().min(1).max(300)).max(50),
    risks: z.array(z.string().min(1).max(500)).max(10),
    /**
     * The interface that callers and tests will see: a signature, a route with its answer, a command with its output.
     * The only part of the plan for the tester. Missing in scripts older than the tester.
     */
    interfaces: z.array(z.string().min(1).max(500)).max(20).optional(),
  })
  // A model has to give all of it.
  .meta({ required: ["steps", "files", "risks", "interfaces"] });
export type Plan = z.infer<typeof Plan>;
