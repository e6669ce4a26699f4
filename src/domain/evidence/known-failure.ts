import type { CheckRun, Evidence, TestComparison } from "../evidence.ts";
import type { HintCode } from "../hint.ts";
import { compareFailures, type FailureComparison } from "./failure-comparison.ts";
import { talliesOf, tallyOf } from "./tally.ts";

/** Reasons that need no data. */
export type PlainReason =
  | "unfinished"
  | "killed"
  | "not-run-on-base"
  | "passes-on-base"
  /** It fails on the base too, and no report names what fails there. */
  | "base-names-no-tests"
  /** The base has a report, the change has none. */
  | "change-names-no-tests"
  /** Neither has a report, only exit codes. */
  | "exit-codes-alone"
  | "no-test-fails";

/** Why a failure on the change is not forgiven. The sentences are in `wording/checks/failure-weight.ts`. */
export type FailureReason =
  | { readonly kind: PlainReason }
  /** An exit code that a shell gives to a killed command. */
  | { readonly kind: "ended-as-if-killed"; readonly exitCode: number }
  | { readonly kind: "tests-got-worse"; readonly tests: readonly string[] }
  | { readonly kind: "tests-did-not-run"; readonly tests: readonly string[] }
  /** Failed once and passed once on the same bytes, and the check as a whole never passed with them. */
  | { readonly kind: "tests-flaky"; readonly tests: readonly string[] }
  /** Names of several tests, of which some passed on the base. */
  | { readonly kind: "tests-not-told-apart"; readonly tests: readonly string[] }
  | {
      readonly kind: "another-exit-code";
      readonly exitCode: number | null;
      readonly onBase: number | null;
    };

/** Whether a failed check on the change may count as passed: with the tests that explain it, or why not. */
export type FailureWeight =
  | {
      readonly known: true;
      /** Fail on the base too. */
      readonly tests: readonly string[];
      /** Failed once and passed once on the same bytes; reported to a person. Absent: none. */
      readonly flaky?: readonly string[];
    }
  | { readonly known: false; readonly reason: FailureReason };

/** Advice for a failure that is not forgiven. The subject of the refusal has to be the check's name. */
export function hintFor({ kind }: FailureReason): HintCode | undefined {
  if (kind === "tests-did-not-run") return "let-the-tests-run";
  return kind === "base-names-no-tests" || kind === "exit-codes-alone"
    ? "give-a-report"
    : undefined;
}

/**
 * The one rule that forgives a failure on the change. The base fails by the same tests, test by test, all that ran there
 * still run, and the command ended in the same way. Or the failing tests are flaky, and the whole check ended so when it
 * ran again on the same bytes. Indistinguishable failures count against the change. @param run a run on the change that
 * did not pass @param evidence of the same verification: the run of this check on the base, and for the tests their
 * comparison
 */
export function weighFailure(run: CheckRun, evidence: readonly Evidence[]): FailureWeight {
  const broken = refuseEnding(run);
  if (broken !== undefined) return refused(broken);
  const base = evidence.find(
    (piece): piece is CheckRun =>
      piece.kind === "check" && piece.name === run.name && piece.on === "base",
  );
  if (base === undefined) return refused({ kind: "not-run-on-base" });
  const flaky = flakyIn(run, evidence);
  if (base.status === "passed" && flaky.length === 0) return refused({ kind: "passes-on-base" });
  const compared = compareFailures(base, run);
  if (compared === undefined) return refuseWithoutTests(run, base);
  // A test that the change removed from its files is a question for the person who merges, not a failure; so are unstable names.
  const comparisons = comparisonsOf(run, evidence);
  const asked = comparisons.flatMap(({ removed = [], unstable = [] }) => [...removed, ...unstable]);
  const leftOut = new Set([...asked, ...flaky]);
  const lost = compared.lost.filter((name) => !leftOut.has(name));
  const fresh = compared.fresh.filter((name) => !flaky.includes(name));
  const worse = [...new Set([...fresh, ...lost, ...brokenBy(run, evidence)])];
  return weighTests({ run, base, flaky }, { ...compared, worse });
}

/** Tests that failed in a run and passed in another on the same bytes. */
function flakyIn(run: CheckRun, evidence: readonly Evidence[]): readonly string[] {
  const failed = talliesOf(run);
  const flaky = comparisonsOf(run, evidence).flatMap(({ flakyOnChange = [] }) => flakyOnChange);
  return flaky.filter((name) => failed(name).failed > 0);
}

/** Whether a run on the change passed, or fails only as on the base. */
export function countsAsPassed(run: CheckRun, evidence: readonly Evidence[]): boolean {
  return run.status === "passed" || weighFailure(run, evidence).known;
}

/** A shell reports the signal that killed a command by an exit code above this (bash(1), EXIT STATUS). */
const SIGNALLED = 128;

function refuseEnding({ status, exitCode }: CheckRun): FailureReason | undefined {
  if (status === "timed-out") return { kind: "unfinished" };
  if (exitCode === null) return { kind: "killed" };
  return exitCode <= SIGNALLED ? undefined : { kind: "ended-as-if-killed", exitCode };
}

function refuseWithoutTests(run: CheckRun, base: CheckRun): FailureWeight {
  if (run.tests !== undefined) return refused({ kind: "base-names-no-tests" });
  return refused({
    kind: base.tests === undefined ? "exit-codes-alone" : "change-names-no-tests",
  });
}

/** The comparison knows all tests of the base, even if a long list was cut from its run. */
function brokenBy(run: CheckRun, evidence: readonly Evidence[]): readonly string[] {
  return comparisonsOf(run, evidence).flatMap(({ passToFail, newFailing = [], gone = [] }) => [
    ...passToFail,
    ...newFailing,
    ...gone,
  ]);
}

function comparisonsOf(run: CheckRun, evidence: readonly Evidence[]): readonly TestComparison[] {
  if (run.name !== "test") return [];
  return evidence.filter((piece) => piece.kind === "test-comparison");
}

interface Weighed {
  readonly run: CheckRun;
  readonly base: CheckRun;
  readonly flaky: readonly string[];
}

function weighTests(
  weighed: Weighed,
  compared: FailureComparison & { readonly worse: readonly string[] },
): FailureWeight {
  const { run, base, flaky } = weighed;
  const { known, worse, gone, indistinct } = compared;
  const certain = worse.filter((name) => !indistinct.includes(name));
  if (certain.length > 0) return refused({ kind: "tests-got-worse", tests: certain });
  if (indistinct.length > 0) return refused({ kind: "tests-not-told-apart", tests: indistinct });
  if (known.length + flaky.length === 0) return refused({ kind: "no-test-fails" });
  if (gone.length > 0) return refused({ kind: "tests-did-not-run", tests: gone });
  if (flaky.length > 0) {
    if (!endedWell(weighed, known)) return refused({ kind: "tests-flaky", tests: flaky });
    return { known: true, tests: known, flaky };
  }
  // mocha and others exit with the number of failures.
  if (run.exitCode !== base.exitCode && run.exitCode !== failuresOf(run)) {
    return refused({
      kind: "another-exit-code",
      exitCode: run.exitCode,
      onBase: base.exitCode,
    });
  }
  return { known: true, tests: known };
}

/** Whether the whole check, run again on the same bytes, passed, or failed just as on the base. */
function endedWell({ run, base }: Weighed, known: readonly string[]): boolean {
  return (run.again ?? []).some(({ whole, status, exitCode, failing, more }) => {
    if (!whole || status === "timed-out") return false;
    if (status === "passed") return true;
    const asOnBase = base.status === "failed" && exitCode === base.exitCode && failing.length > 0;
    return asOnBase && more === 0 && failing.every((name) => known.includes(name));
  });
}

function failuresOf({ tests = [] }: CheckRun): number {
  return tests.reduce((sum, test) => sum + tallyOf(test).failed, 0);
}

function refused(reason: FailureReason): FailureWeight {
  return { known: false, reason };
}
