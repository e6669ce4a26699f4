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
