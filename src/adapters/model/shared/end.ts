import type { Refusal } from "../../../domain/refusal.ts";
import { modelFailed } from "./model-failed.ts";

/** How a conversation ended, independent of the provider. */
export type End<Answer> =
  | { readonly kind: "answered"; readonly answer: Answer }
  | { readonly kind: "refused"; readonly refusal: Refusal };

/** Why a conversation ended without an answer. Texts come from the model, a check or the network. */
export type Stop =
  | { readonly kind: "reply-too-long" | "context-full" | "stopped" }
  | { readonly kind: "declined" | "no-answer" | "misfit" | "unknown"; readonly said: string }
  | { readonly kind: "other-model"; readonly asked: string; readonly got: string };

/** An end without an answer, in the same words for every provider. */
export function stop(reason: Stop): End<never> {
  return refused(refusalOfStop(reason));
}

export function refused(refusal: Refusal): End<never> {
  return { kind: "refused", refusal };
}

function refusalOfStop(reason: Stop): Refusal {
  switch (reason.kind) {
    case "reply-too-long":
      return modelFailed("max_tokens", "the reply did not fit into the turn", "split-the-issue");
    case "context-full":
      return modelFailed("context window", "the conversation is full", "shorten-the-prompt");
    case "stopped":
      return modelFailed("model call", "stopped from outside", "retry");
    case "declined":
      return modelFailed("model refused", reason.said || "it gave no reason", "reword-the-issue");
    case "no-answer":
      return modelFailed("no answer", reason.said, "retry");
    case "misfit":
      return modelFailed("answer does not fit", reason.said, "retry");
    case "unknown":
      return modelFailed("unknown stop reason", reason.said, "retry");
    case "other-model": {
      const found = `asked ${reason.asked}, got ${reason.got}`;
      return modelFailed("another model answered", found, "look-at-base-url");
    }
  }
}
