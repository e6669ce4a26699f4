import { z } from "zod";
import { Contract } from "../domain/contract.ts";
import { Verdict } from "../domain/verdict.ts";

/** What each role must return; the schemas are what the model sees, so their limits speak to it. */
export const IntakeAnswer = z.strictObject({
  result: z.discriminatedUnion("kind", [
    z.strictObject({ kind: z.literal("contract"), contract: Contract }),
    z.strictObject({
      kind: z.literal("questions"),
      questions: z.array(z.string().min(1).max(500)).min(1).max(3),
    }),
  ]),
});
export type IntakeAnswer = z.infer<typeof IntakeAnswer>;

export const Plan = z.strictObject({
  steps: z.array(z.string().min(1).max(500)).min(1).max(20),
  files: z.array(z.string().min(1).max(300)).max(50),
  risks: z.array(z.string().min(1).max(500)).max(10),
});
export type Plan = z.infer<typeof Plan>;

export const CoderAnswer = z.strictObject({
  summary: z.string().min(1).max(2_000),
  assumptions: z.array(z.string().min(1).max(400)).max(10),
});
export type CoderAnswer = z.infer<typeof CoderAnswer>;

/** The verdict without its subject: which bytes it is about is for trusted code to say. */
export const ReviewerAnswer = Verdict.omit({ subject: true });
export type ReviewerAnswer = z.infer<typeof ReviewerAnswer>;

export const AuditorAnswer = z.strictObject({
  notes: z
    .array(
      z.strictObject({
        area: z.string().max(60),
        text: z.string().min(1).max(300),
        path: z.string().max(300),
        line: z.int().positive(),
      }),
    )
    .max(60),
});
export type AuditorAnswer = z.infer<typeof AuditorAnswer>;
