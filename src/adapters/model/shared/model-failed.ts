import type { Refusal } from "../../../domain/refusal.ts";

/** What a person does where asking again may help. */
export const RETRY = "`/factory retry`";
/** What a person does where it helps only after some time. */
export const WAIT_AND_RETRY = "wait some minutes, then comment `/factory retry`";

/** The refusal of a model that gave no answer. Both texts may be of any length: they are cut here. */
export function modelFailed(subject: string, found: string, next?: string): Refusal {
  return {
    code: "model-failed",
    subject: subject.slice(0, 300),
    found: found.slice(0, 2_000),
    ...(next === undefined ? {} : { next }),
  };
}
