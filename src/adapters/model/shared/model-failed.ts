import type { HintCode } from "../../../domain/hint.ts";
import type { Refusal } from "../../../domain/refusal.ts";

/** The refusal of a model without an answer. Both texts may have any length and are cut here. */
export function modelFailed(subject: string, found: string, hint?: HintCode): Refusal {
  return {
    code: "model-failed",
    subject: subject.slice(0, 300),
    found: found.slice(0, 2_000),
    ...(hint === undefined ? {} : { hint }),
  };
}
