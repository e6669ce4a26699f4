import type { Refusal } from "../../domain/refusal.ts";
import { cut } from "../../domain/text/cut.ts";

/** A refusal from a thrown value: its message and those of its causes, never a stack. */
export function workerFailed(subject: string, error: unknown): Refusal {
  const messages: string[] = [];
  let current: unknown = error;
  while (current instanceof Error && messages.length < 5) {
    messages.push(current.message);
    current = current.cause;
  }
  const found = messages.length === 0 ? String(error) : messages.join(": ");
  return withinBounds({ code: "worker-failed", subject, found });
}

/** Cuts fields to the refusal's schema: a long message must not turn one failure into another. */
export function withinBounds(refusal: Refusal): Refusal {
  return {
    code: refusal.code,
    subject: cut(refusal.subject, 300),
    ...(refusal.found === undefined ? {} : { found: cut(refusal.found, 2_000) }),
    ...(refusal.accepted === undefined ? {} : { accepted: cut(refusal.accepted, 500) }),
    ...(refusal.hint === undefined ? {} : { hint: refusal.hint }),
  };
}
