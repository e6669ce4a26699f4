import { z } from "zod";

/**
 * Why work did not succeed the first time, in a closed vocabulary. Code decides: by a refusal's code, the kind of a
 * finding, or a ledger entry. Anything else is `unknown`, and is counted as that.
 */
export const MISTAKE_CAUSES = [
  /** A check of the config failed on the change. */
  "check-red",
  /** A test that passed before failed, or is gone. */
  "test-red",
  /** A check of the repository itself is red because of the change. */
  "own-check-red",
  "criterion-unproven",
  /** New tests pass without the change, or nothing notices its lines. */
  "tests-prove-nothing",
  /** A path that the contract or the rules protect. */
  "out-of-bounds",
  "too-large",
  "change-invalid",
  "nothing-produced",
  "secret-in-change",
  "dependencies",
  /** The reviewer found something. */
  "review-finding",
  /** A person asked for changes. */
  "person-asked",
  /** A person's commits are on the factory's branch. */
  "person-pushed",
  /** A person edited what was approved. */
  "contract-edited",
  "base-conflict",
  /** Its merge was reverted. */
  "broke-production",
  /** The defect that it should fix was reported again. */
  "escaped-defect",
  /** Attempts or money ran out before the work was done. */
  "ran-dry",
  "model-failed",
  "worker-failed",
  /** A secret, a permission or the config is missing or wrong. */
  "set-up",
  /** GitHub, or a deployment, did not do or answer what was asked. */
  "platform",
  "unknown",
] as const;
export const MistakeCause = z.enum(MISTAKE_CAUSES);
export type MistakeCause = z.infer<typeof MistakeCause>;

/** Kinds of places of a mistake: two mistakes of one cause are the same if their places are. */
export const PLACE_KINDS = ["path", "check", "test", "area"] as const;
export const Place = z.strictObject({
  kind: z.enum(PLACE_KINDS),
  name: z.string().min(1).max(200),
});
export type Place = z.infer<typeof Place>;

export const Mistake = z.strictObject({ cause: MistakeCause, place: Place.optional() });
export type Mistake = z.infer<typeof Mistake>;

/** The most mistakes that a ledger entry names. */
export const MISTAKES_NAMED = 10;

/** Each once, as many as an entry names. A place with too long a name is left out; the cause stays. */
export function namedMistakes(found: readonly Mistake[]): Mistake[] {
  const bounded = found.map(({ cause, place }): Mistake => {
    const isNamed = place !== undefined && place.name !== "" && place.name.length <= 200;
    return isNamed ? { cause, place } : { cause };
  });
  const byKey = new Map(bounded.map((one) => [keyOf(one), one]));
  return [...byKey.values()].slice(0, MISTAKES_NAMED);
}

/** Equal for the same cause at the same place. */
export function keyOf({ cause, place }: Mistake): string {
  return place === undefined ? cause : `${cause} ${place.kind} ${place.name}`;
}
