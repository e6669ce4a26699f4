import type { Refusal } from "../../domain/refusal.ts";
import { sayRefusal } from "../refusals.ts";
import type { GateLine } from "./gate-checklist.ts";
import { nameTests } from "./test-names.ts";

/** What holds where a rule of the gate is met. A rule without a sentence does not compile. */
export const HOLDS = {
  base: "The change was made on the commit that the order pins.",
  something: "The change is not empty.",
  shape: "Every path, mode and size is one that a tree may hold.",
  paths: "Every path is one that the contract allows.",
  workflows: "No workflow is touched.",
  dependencies: "No dependency is touched, or a person approved exactly these bytes.",
  trust: "The factory may propose changes to every path it touched.",
  secrets: "Nothing that the change adds looks like a secret.",
  size: "The change is not larger than the config allows.",
  evidence: "All evidence is about this base and this tree.",
  "checks ran": "Every check of the config ran on the change.",
  "checks passed":
    "Every check on the change passed, or fails by nothing but tests that fail on the base too or are flaky.",
  "nothing broke": "No test that passed before fails or is missing now, and no new test fails.",
  "tests prove it":
    "Where a criterion asks for a test, one failed before and passes now, or is new.",
  criteria:
    "Every criterion is proven or a matter of judgement, or the person who merges is asked about it.",
  "noticed lines":
    "As many changed source lines as the config asks for are noticed when they are taken back.",
  "reviewed bytes": "The verdict is about this base and this tree.",
  "no person wanted": "The reviewer does not ask for a person.",
  "no rework wanted": "The reviewer does not send it back.",
  "no blocker": "The reviewer found nothing that must not be merged.",
  "criteria met": "The reviewer says yes to every criterion.",
} as const satisfies Readonly<Record<string, string>>;
export type GateRuleName = keyof typeof HOLDS;

/** What came of one rule of the gate: the refusal where it does not hold. */
export interface RuleOutcome {
  readonly rule: GateRuleName;
  readonly refusal: Refusal | undefined;
}

/** What passes the gate and no run can settle, with the tests that it is about. */
export interface Doubt {
  readonly about:
    | "old tests"
    | "new tests"
    | "removed tests"
    | "names of tests"
    | "criteria"
    | "quotes"
    | "weaker tests"
    | "flaky tests"
    | "an earlier merge"
    | "who asked";
  /** Names of tests; of criteria, what is open of each. */
  readonly tests: readonly string[];
}

export function sayOutcome({ rule, refusal }: RuleOutcome): GateLine {
  const ok = refusal === undefined;
  return { name: rule, ok, sentence: ok ? HOLDS[rule] : sayRefusal(refusal) };
}

export function sayDoubt({ about, tests }: Doubt): GateLine {
  const named = nameTests(tests);
  const sentence = {
    "old tests": `Asserted before, no longer: ${named}.`,
    "removed tests": `Gone, because the change took them out of a test file: ${named}.`,
    "weaker tests": `Proves less than before, as its syntax shows: ${named}.`,
    "flaky tests": `Failed once and passed once on these bytes, so that the tests are green in one run of several: ${named}.`,
    "names of tests": `Named differently in each run, so that nobody can tell whether one is gone or fails: ${named}.`,
    "an earlier merge": `An earlier merge of this issue broke production and was taken back: ${tests.join(", ")}.`,
    "who asked": `No person asked for this change or approved its contract: the loop ${tests.join(", ")} began it.`,
    criteria: `Not proven: ${tests.join("; ")}.`,
    quotes: `Proven by tests, but the reviewer shows no line that asserts it: ${tests.join(", ")}.`,
    "new tests": `Proven by new tests alone, which nobody saw fail: ${named}.`,
  }[about];
  return { name: about, ok: false, asks: true, sentence };
}
