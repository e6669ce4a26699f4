import type { Refusal } from "../../../domain/refusal.ts";
import { EndlessResponse } from "./bounded-fetch.ts";
import { modelFailed, WAIT_AND_RETRY } from "./model-failed.ts";

const BY_STATUS: Readonly<Record<number, { readonly subject: string; readonly next: string }>> = {
  400: {
    subject: "request refused by the model endpoint",
    next: "settle what it said, then comment `/factory retry`",
  },
  403: {
    subject: "key without access",
    next: "give the key access to the model, or change `models` in `.github/factory.yml`, then comment `/factory retry`",
  },
  404: {
    subject: "unknown model",
    next: "correct `models` in `.github/factory.yml`, then comment `/factory retry`",
  },
  413: { subject: "request too large", next: "split the issue, then comment `/factory retry`" },
  429: { subject: "rate limit of the model endpoint", next: WAIT_AND_RETRY },
  529: { subject: "model endpoint overloaded", next: WAIT_AND_RETRY },
};

/** What a status of an endpoint means for a person. */
export function refusalOfStatus(status: number, found: string): Refusal {
  const subject = `model endpoint answered ${status}`;
  const known = BY_STATUS[status] ?? { subject, next: WAIT_AND_RETRY };
  return modelFailed(known.subject, found, known.next);
}

/** The refusal where a bound of `boundedFetch` ended the response, whatever a client made of it. */
export function refusalOfEndless(error: unknown): Refusal | undefined {
  const endless = causesOf(error).find((cause) => cause instanceof EndlessResponse);
  if (endless === undefined) return undefined;
  return modelFailed("endless answer", endless.message, WAIT_AND_RETRY);
}

/** An error and what caused it, the outermost first. */
export function causesOf(error: unknown): readonly Error[] {
  const causes: Error[] = [];
  let current = error;
  while (current instanceof Error && causes.length < 5) {
    causes.push(current);
    current = current.cause;
  }
  return causes;
}
