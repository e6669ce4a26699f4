import { Judgement } from "../../../domain/loop/judgement.ts";

/** A judgement as passed on. Control checks whether its references hold. */
export const JudgeAnswer = Judgement;
export type JudgeAnswer = Judgement;
