import { z } from "zod";
import { CriterionKind } from "../contract.ts";
import { Writer } from "./naming.ts";
import { PROOF_TIMES } from "./repeats.ts";

/** Result of one named test in a run. */
export const SEEN = [
  "passed",
  "failed",
  "skipped",
  /** Its container does not build or load there. */
  "not-built",
  "not-there",
  /** Failed once and passed once, on the same bytes. */
  "flaky",
  /** Several tests have this name, or the name changes with each run. */
  "not-told-apart",
] as const;
export const Seen = z.enum(SEEN);
export type Seen = z.infer<typeof Seen>;

/** A test named for a criterion. `base` is the base with the test files of the change, if any. */
export const NamedTest = z.strictObject({
  name: z.string().max(500),
  base: Seen,
  change: Seen,
  /** Its file, as far as the report and the tree tell. */
  file: z.string().max(300).optional(),
  /** Whether that file is part of the change; absent: not known. */
  inChange: z.boolean().optional(),
  /** Other criteria that it is named for. */
  alsoFor: z.array(z.string().max(20)).max(15).optional(),
  /** The compiler's message if it does not build on the base. */
  because: z.string().max(300).optional(),
  /** How often of three times it was seen to turn; absent if it was not repeated. */
  times: z.int().min(0).max(PROOF_TIMES).optional(),
});
export type NamedTest = z.infer<typeof NamedTest>;

/** Why a criterion is not proven. The sentences are in `wording/criteria/reasons.ts`. */
export const REASONS = [
  "no-test-named",
  "not-in-report",
  "skipped",
  "fails-on-change",
  "passes-on-base",
  "never-seen-failing",
  "flaky",
  "not-told-apart",
  "not-there-on-base",
  "fails-on-base",
  "altered",
  "nothing-gone-named",
  "still-there",
  "never-there",
  "something-fails",
  "no-check-named",
  "no-such-check",
  "check-failed",
  "no-report",
  "kind-not-said",
  /** It turned in each run, and time was up before the third. */
  "not-repeated",
] as const;
export const ReasonCode = z.enum(REASONS);
export type ReasonCode = z.infer<typeof ReasonCode>;

export const Reason = z.strictObject({
  code: ReasonCode,
  /** The test, symbol or check that it is about; absent if none. */
  about: z.string().max(500).optional(),
  /** How often it was seen, if that is the reason. */
  times: z.int().min(0).max(PROOF_TIMES).optional(),
});
export type Reason = z.infer<typeof Reason>;

export const ProofFields = {
  criterion: z.string().max(20),
  as: CriterionKind,
  /** `for-review` means that no machine can prove it. */
  status: z.enum(["proven", "unproven", "for-review"]),
  tests: z.array(NamedTest).max(20),
  symbols: z.array(z.string().max(200)).max(20).optional(),
  checks: z.array(z.string().max(60)).max(10).optional(),
  /** Who wrote and named its tests; absent if nobody named any, or the writer is unknown. */
  by: Writer.optional(),
  /** Empty exactly if it is proven, or for review. */
  reasons: z.array(Reason).max(20),
} as const;

/** Reasons that another attempt cannot remove: a person has to act. */
const FOR_A_PERSON: ReadonlySet<ReasonCode> = new Set([
  "kind-not-said",
  "never-seen-failing",
  "no-report",
  "not-repeated",
]);

/** Whether another attempt could prove it: the writer of the tests can remove every reason. */
export function isMendable(reasons: readonly Reason[]): boolean {
  return reasons.length > 0 && reasons.every(({ code }) => !FOR_A_PERSON.has(code));
}
