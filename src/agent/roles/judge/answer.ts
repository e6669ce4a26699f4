import { Judgement } from "../../../domain/loop/judgement.ts";

/** A judgement as it is handed on: whether it is tied to anything is for control to find out. */
export const JudgeAnswer = Judgement;
export type JudgeAnswer = Judgement;
