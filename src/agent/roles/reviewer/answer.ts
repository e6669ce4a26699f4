import { z } from "zod";
import { Quote, Verdict, Word } from "../../../domain/verdict.ts";

/** Scripts older than the words have `met`: a yes or a no, without a quoted line. */
function withAnswer(judged: unknown): unknown {
  if (typeof judged !== "object" || judged === null) return judged;
  if (!("met" in judged) || "answer" in judged || typeof judged.met !== "boolean") return judged;
  const { met, ...rest } = judged;
  return { ...rest, answer: met ? "yes" : "no" };
}

const Said = z.strictObject({
  id: z.string().max(20),
  answer: Word,
  evidence: z.string().max(400),
  /** The asserting lines, each as it is at its path and line in the change. */
  quotes: z.array(Quote).max(10).default([]),
});

/** The verdict without its subject; trusted code says which bytes it is about. */
export const ReviewerAnswer = Verdict.omit({ subject: true }).extend({
  criteria: z.array(z.preprocess(withAnswer, Said)),
});
export type ReviewerAnswer = z.infer<typeof ReviewerAnswer>;
