import type { HintCode } from "../../../domain/hint.ts";
import type { Refusal } from "../../../domain/refusal.ts";

/** The refusal of a model that gave no answer. Both texts may be of any length: they are cut here. */
export function modelFailed(subject: string, found: string, hint?: HintCode): Refusal {
  return {
    code: "model-failed",
    subject: subject.slice(0, 300),
    found: found.slice(0, 2_000),
    ...(hint === undefined ? {} : { hint }),
  };
}
