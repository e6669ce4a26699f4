import type { Reason, ReasonCode } from "../../domain/evidence/proof.ts";
import { PROOF_TIMES } from "../../domain/evidence/repeats.ts";
import { cut } from "../../domain/text/cut.ts";

/** Why a criterion is not proven, each to be read after "AC2:". A code that is missing here does not compile. */
const SENTENCES = {
  "no-test-named": "no test names it",
  "not-in-report": (about) => `${about} is not in the report of the change`,
  skipped: (about) => `${about} is skipped`,
  "fails-on-change": (about) => `${about} does not pass`,
  "passes-on-base": (about) => `${about} passes on the base too`,
  "never-seen-failing": (about) => `${about} is new, and nobody saw it fail without the change`,
  flaky: (about) => `${about} is flaky: it failed once and passed once on the same bytes`,
  "not-told-apart": (about) => `${about} is the name of several tests, or changes with each run`,
  "not-there-on-base": (about) => `${about} did not run on the base`,
  "fails-on-base": (about) => `${about} does not pass on the base`,
  altered: (about) => `${about} asserts something else than before`,
  "nothing-gone-named": "nothing names what is gone",
  "still-there": (about) => `${about} is still there`,
  "never-there": (about) => `${about} was not there before`,
  "something-fails": (about) => `something else fails: ${about}`,
  "no-check-named": "no check names it",
  "no-such-check": (about) => `no check ${about} ran`,
  "check-failed": (about) => `the check ${about} did not pass`,
  "no-report": "no report names the tests",
  "kind-not-said": "the contract does not say whether it changes, keeps or removes something",
  "not-repeated": (about, times) =>
    `${about} was seen to turn ${times} of ${PROOF_TIMES} times, and the time of the run did not suffice for more`,
} as const satisfies Record<ReasonCode, Sentence>;

type Sentence = string | ((about: string, times: number) => string);

/** Reasons of one criterion that are told; the rest are counted. */
const TOLD = 2;

export function sayReasons(reasons: readonly Reason[]): string {
  const told = reasons.slice(0, TOLD).map(sayReason);
  const more = reasons.length - told.length;
  return [...told, ...(more > 0 ? [`and ${more} more`] : [])].join(", ");
}

function sayReason({ code, about, times = 1 }: Reason): string {
  const sentence: Sentence = SENTENCES[code];
  return typeof sentence === "string" ? sentence : sentence(cut(about ?? "it", 160), times);
}
