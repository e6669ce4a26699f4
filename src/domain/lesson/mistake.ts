import { z } from "zod";

/**
 * Why work did not go well the first time, in a closed vocabulary. Code tells which: by a refusal's code, by the kind of a finding, by
 * a line of the ledger. What none of them tells is `unknown`, and is counted as that.
 */
export const MISTAKE_CAUSES = [
  /** A check of the config failed on the change. */
  "check-red",
  /** A test that passed before failed, or is gone. */
  "test-red",
  /** A check that the repository has of its own is red because of the change. */
  "own-check-red",
  "criterion-unproven",
  /** New tests pass without the change, or nothing notices its lines. */
  "tests-prove-nothing",
  /** A path that the contract or the rules keep. */
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
  /** A person's commits stand on the factory's branch. */
  "person-pushed",
  /** A person edited what was approved. */
  "contract-edited",
  "base-conflict",
  /** Its merge was taken back. */
  "broke-production",
  /** What it was to mend was reported again. */
  "escaped-defect",
  /** Attempts or money ended before the work did. */
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

/** What a mistake is tied to, by name: two mistakes of one cause are the same where their places are. */
export const PLACE_KINDS = ["path", "check", "test", "area"] as const;
export const Place = z.strictObject({
  kind: z.enum(PLACE_KINDS),
  name: z.string().min(1).max(200),
});
export type Place = z.infer<typeof Place>;

export const Mistake = z.strictObject({ cause: MistakeCause, place: Place.optional() });
export type Mistake = z.infer<typeof Mistake>;

/** How many a line of the ledger names. */
export const MISTAKES_NAMED = 10;

/** Each once, as many as a line names; a place whose name is longer than a line has room for is left out, the cause stays. */
export function namedMistakes(found: readonly Mistake[]): Mistake[] {
  const bounded = found.map(({ cause, place }): Mistake => {
    const isNamed = place !== undefined && place.name !== "" && place.name.length <= 200;
    return isNamed ? { cause, place } : { cause };
  });
  const byKey = new Map(bounded.map((one) => [keyOf(one), one]));
  return [...byKey.values()].slice(0, MISTAKES_NAMED);
}

/** The same for the same cause at the same place. */
export function keyOf({ cause, place }: Mistake): string {
  return place === undefined ? cause : `${cause} ${place.kind} ${place.name}`;
}
