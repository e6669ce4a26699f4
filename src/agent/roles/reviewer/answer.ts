import type { z } from "zod";
import { Verdict } from "../../../domain/verdict.ts";

/** The verdict without its subject: which bytes it is about is for trusted code to say. */
export const ReviewerAnswer = Verdict.omit({ subject: true });
export type ReviewerAnswer = z.infer<typeof ReviewerAnswer>;
