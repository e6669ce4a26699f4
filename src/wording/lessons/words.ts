import type { Measured, Per } from "../../domain/lesson/lesson.ts";
import type { Mistake, MistakeCause, Place } from "../../domain/lesson/mistake.ts";
import type { Remedy } from "../../domain/lesson/remedy.ts";
import type { Check } from "../../measures/learning/checks.ts";
import type { Untaught } from "../../measures/learning/proposals.ts";
import { counted } from "../figures.ts";

const CAUSE_WORDS = {
  "check-red": "a check failed on the change",
  "test-red": "a test that passed before failed, or is gone",
  "own-check-red": "a check of the repository's own was red",
  "criterion-unproven": "a criterion was not proven",
  "tests-prove-nothing": "the new tests prove nothing of the change",
  "out-of-bounds": "the change left its bounds",
  "too-large": "the change was too large",
  "change-invalid": "the change was not valid",
  "nothing-produced": "the attempt changed nothing",
  "secret-in-change": "the change looked as if it held a secret",
  dependencies: "dependencies changed without approval",
  "review-finding": "the reviewer found something",
  "person-asked": "a person asked for changes",
  "person-pushed": "a person pushed to the factory's branch",
  "contract-edited": "a person changed what was approved",
  "base-conflict": "the change conflicted with the base",
  "broke-production": "the merge broke production and was taken back",
  "escaped-defect": "the defect came back after its fix was live",
  "ran-dry": "attempts or money ran out",
  "model-failed": "the model did not answer",
  "worker-failed": "a worker failed",
  "set-up": "something is not set up",
  platform: "GitHub or a deployment did not do what was asked",
  unknown: "no line of the ledger tells the cause",
} as const satisfies Record<MistakeCause, string>;

export function sayCause(cause: MistakeCause): string {
  return CAUSE_WORDS[cause];
}

const PLACE_WORDS = {
  path: "in",
  area: "in the area",
  check: "in the check",
  test: "in the test",
} as const satisfies Record<Place["kind"], string>;

/** As plain text: names are anybody's. */
export function sayMistake({ cause, place }: Mistake): string {
  const where = place === undefined ? "" : ` ${PLACE_WORDS[place.kind]} ${place.name}`;
  return `${sayCause(cause)}${where}`;
}

const REMEDY_WORDS = {
  "regression-test": "a regression test",
  "lint-rule": "a lint rule",
  "agents-line": "a line in AGENTS.md",
  skill: "a skill",
  "contract-rule": "a rule for contracts",
  "reviewer-example": "an example for the reviewer",
  "config-change": "a change of the config",
} as const satisfies Record<Remedy, string>;

export function sayRemedy(remedy: Remedy): string {
  return REMEDY_WORDS[remedy];
}

const UNTAUGHT_WORDS = {
  known: "it stands in the file of lessons",
  "no-remedy": "no lesson mends this, a person has to look",
  "no-baseline": "too little work to measure it by",
  later: "others come first this week",
  "guide-full": "AGENTS.md is full: a person has to shorten it",
} as const satisfies Record<Untaught, string>;

export function sayUntaught(because: Untaught): string {
  return UNTAUGHT_WORDS[because];
}

const VERDICT_WORDS = {
  helped: "it helped",
  "did-not-help": "it did not help",
  "too-few": "too little work since to tell",
  unmeasured: "nobody can measure it here",
} as const satisfies Record<Check["verdict"], string>;

export function sayVerdict(verdict: Check["verdict"]): string {
  return VERDICT_WORDS[verdict];
}

/** @example "3 times in 12 attempts" */
export function sayMeasured({ times, among }: Pick<Measured, "times" | "among">, per: Per): string {
  const one = per === "attempts" ? "attempt" : "merge";
  return `${times === 1 ? "once" : `${times} times`} in ${counted(among, one)}`;
}
