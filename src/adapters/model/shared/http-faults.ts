import type { HintCode } from "../../../domain/hint.ts";
import type { Refusal } from "../../../domain/refusal.ts";
import { EndlessResponse } from "./bounded-fetch.ts";
import { modelFailed } from "./model-failed.ts";

const BY_STATUS: Readonly<Record<number, { readonly subject: string; readonly hint: HintCode }>> = {
  400: {
    subject: "request refused by the model endpoint",
    hint: "fix-the-error",
  },
  403: {
    subject: "key without access",
    hint: "give-key-access",
  },
  404: {
    subject: "unknown model",
    hint: "correct-models",
  },
  429: { subject: "rate limit of the model endpoint", hint: "wait-and-retry" },
  529: { subject: "model endpoint overloaded", hint: "wait-and-retry" },
};

/** Words with which an endpoint reports, with the status of any bad request, that the input is too long for the model. */
const TOO_LONG = /prompt is too long|exceeds? (?:the )?context|context[ _]length|context window/i;

/** Whether a refusal says that there is too much text; repeating it is refused again. */
export function isTooLong({ hint }: Refusal): boolean {
  return hint === "shorten-the-prompt";
}

/** The meaning of an endpoint's status for a person. */
export function refusalOfStatus(status: number, found: string): Refusal {
  if (status === 413 || (status === 400 && TOO_LONG.test(found))) {
    return modelFailed("the prompt is too long", found, "shorten-the-prompt");
  }
  const subject = `model endpoint answered ${status}`;
  const known = BY_STATUS[status] ?? { subject, hint: "wait-and-retry" };
  return modelFailed(known.subject, found, known.hint);
}

/** The refusal if a limit of `boundedFetch` ended the response, whatever a client made of it. */
export function refusalOfEndless(error: unknown): Refusal | undefined {
  const endless = causesOf(error).find((cause) => cause instanceof EndlessResponse);
  if (endless === undefined) return undefined;
  return modelFailed("endless answer", endless.message, "wait-and-retry");
}

/** An error and its causes, outermost first. */
export function causesOf(error: unknown): readonly Error[] {
  const causes: Error[] = [];
  let current = error;
  while (current instanceof Error && causes.length < 5) {
    causes.push(current);
    current = current.cause;
  }
  return causes;
}
