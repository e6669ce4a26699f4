import { type Mistake, namedMistakes } from "../../domain/lesson/mistake.ts";
import type { Refusal } from "../../domain/refusal.ts";
import { suspect } from "../../domain/secrets/scan.ts";

/**
 * Words of a worker that explain a refusal, for the record: where they look like a secret the record says so in their
 * place, because a refusal that could not be written down would leave the issue without a word.
 */
export function recordable(text: string): string {
  const suspicion = suspect(text);
  return suspicion === undefined
    ? text
    : `withheld: it holds what the secret rule ${suspicion.rule} looks for`;
}

/** A refusal whose words of others may stand in the record; the rest of it is ours. */
export function recordableRefusal(refusal: Refusal): Refusal {
  const { subject, found } = refusal;
  return {
    ...refusal,
    subject: recordable(subject),
    ...(found === undefined ? {} : { found: recordable(found) }),
  };
}

/** What went wrong, for the record: a place whose name looks like a secret is left out, and the cause stays. */
export function recordableMistakes(found: readonly Mistake[]): Mistake[] {
  return namedMistakes(
    found.map(({ cause, place }) =>
      place === undefined || suspect(place.name) !== undefined ? { cause } : { cause, place },
    ),
  );
}
