import { z } from "zod";

/** The steps of a change in order, the files it is expected to touch, and what may go wrong. */
export const Plan = z
  .strictObject({
    steps: z.array(z.string().min(1).max(500)).min(1).max(20),
    files: z.array(z.string().min(1).max(300)).max(50),
    risks: z.array(z.string().min(1).max(500)).max(10),
    /**
     * What callers and tests will see of the change: a signature, a route with its answer, a command with its output. All of the
     * plan that the tester is shown. Left out by scripts older than the tester.
     */
    interfaces: z.array(z.string().min(1).max(500)).max(20).optional(),
  })
  // A model is asked for all of it.
  .meta({ required: ["steps", "files", "risks", "interfaces"] });
export type Plan = z.infer<typeof Plan>;
