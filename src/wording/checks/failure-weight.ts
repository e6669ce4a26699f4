import type {
  FailureReason,
  FailureWeight,
  PlainReason,
} from "../../domain/evidence/known-failure.ts";
import { nameTests } from "./test-names.ts";

/** Why a check that failed on the change counts as passed all the same, or why it does not: one sentence without an end. */
export function sayFailureWeight(weight: FailureWeight): string {
  if (!weight.known) return sayReason(weight.reason);
  const { tests, flaky = [] } = weight;
  const fails = tests.length === 1 ? "fails" : "fail";
  const onBase = `${nameTests(tests)} ${fails} on the base too, and nothing else`;
  if (flaky.length === 0) return onBase;
  const unsteady = `${nameTests(flaky)} failed once and passed once on the same bytes`;
  return tests.length === 0 ? `${unsteady}, and nothing else fails` : `${unsteady}; ${onBase}`;
}

function sayReason(reason: FailureReason): string {
  switch (reason.kind) {
    case "ended-as-if-killed":
      return `it ended with exit code ${reason.exitCode}, as what is killed does: a command that counts its failures there needs \`|| exit 1\` behind it`;
    case "tests-got-worse": {
      const does = reason.tests.length === 1 ? "does" : "do";
      return `${nameTests(reason.tests)} did not fail on the base and ${does} not pass now`;
    }
    case "tests-did-not-run":
      return `${sayNotRun(reason.tests)}: a failing run is only excused when it is whole`;
    case "tests-flaky":
      return `${nameTests(reason.tests)} failed once and passed once on the same bytes, and the whole check passed in none of its runs`;
    case "tests-not-told-apart":
      return `${nameTests(reason.tests)}: each name stands for several tests, some passed on the base and some fail now, and nobody can tell whether they are the same (give each project or suite a name of its own in the report)`;
    case "another-exit-code":
      return `it ended with exit code ${reason.exitCode}, on the base with ${reason.onBase}: more than those tests failed`;
    default:
      return REASONS[reason.kind];
  }
}

/** What is worth a note even where the check passes: a test that failed on the base was left out. */
export function sayNotRun(tests: readonly string[]): string {
  return `${nameTests(tests)} failed on the base and did not run now`;
}

const REASONS = {
  unfinished: "it did not finish, which is never a known failure",
  killed: "it was killed or never started, which is never a known failure",
  "not-run-on-base": "nobody ran it on the base",
  "passes-on-base": "it passes on the base",
  "base-names-no-tests": "it fails on the base too, but without a report that names the tests",
  "change-names-no-tests": "it left no report that can be read",
  "exit-codes-alone":
    "it fails on the base too, and by the exit code alone nobody can tell an old failure from a new one",
  "no-test-fails": "no test explains it: something else failed",
} as const satisfies Record<PlainReason, string>;
