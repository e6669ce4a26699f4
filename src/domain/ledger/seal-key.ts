import type { Refusal } from "../refusal.ts";

/** The fewest characters of a seal key: 128 bits in hexadecimal. The ledger is public, so a short key could be found by trying. */
const SEAL_KEY_CHARACTERS = 32;

/**
 * Keys in the secret, newest first, separated by blanks or lines. The first seals; the others are only for reading, so
 * that issues under way survive a rotation. After a leak, leave the old key out: what it sealed is then refused.
 */
export function sealKeysOf(secret: string | undefined): readonly string[] {
  return (secret ?? "").split(/\s/).filter((key) => key !== "");
}

/** Undefined if every key in the secret is long enough, or there is none. */
export function refuseSealKey(secret: string | undefined): Refusal | undefined {
  const lengths = sealKeysOf(secret).map((key) => [...key].length);
  const shortest = Math.min(...lengths);
  if (shortest >= SEAL_KEY_CHARACTERS) return undefined;
  return {
    code: "config-invalid",
    subject: "FACTORY_SEAL_KEY",
    found: `a key of ${shortest} characters`,
    accepted: `at least ${SEAL_KEY_CHARACTERS}, made by chance`,
    hint: "set-the-seal-key",
  };
}
