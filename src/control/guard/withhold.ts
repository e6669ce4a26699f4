import { type Mistake, namedMistakes } from "../../domain/lesson/mistake.ts";
import type { Refusal } from "../../domain/refusal.ts";
import { suspect } from "../../domain/secrets/scan.ts";

/**
 * A worker's explanation of a refusal, for the record. If it looks like a secret, the record says so instead: a refusal
 * that could not be recorded would leave the issue without an answer.
 */
export function recordable(text: string): string {
  const suspicion = suspect(text);
  return suspicion === undefined
    ? text
    : `withheld: it holds what the secret rule ${suspicion.rule} looks for`;
}

/** A refusal whose foreign words are safe to record. The rest of it is ours. */
export function recordableRefusal(refusal: Refusal): Refusal {
  const { subject, found } = refusal;
  return {
    ...refusal,
    subject: recordable(subject),
    ...(found === undefined ? {} : { found: recordable(found) }),
  };
}

/** Mistakes for the record. A place whose name looks like a secret is left out, and the cause stays. */
export function recordableMistakes(found: readonly Mistake[]): Mistake[] {
  return namedMistakes(
    found.map(({ cause, place }) =>
      place === undefined || suspect(place.name) !== undefined ? { cause } : { cause, place },
    ),
  );
}
