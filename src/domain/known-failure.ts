import type { CheckRun, Evidence } from "./evidence.ts";
import { compareFailures, type FailureComparison, nameTests } from "./failure-comparison.ts";

/** Whether a check that failed on the change may count as passed, and why or why not in words. */
export interface FailureWeight {
  readonly known: boolean;
  readonly because: string;
  /** What a person can do about it. */
  readonly next?: string;
}

/**
 * The one rule by which a failure on the change is forgiven: the base fails by the same tests, test by test, all that ran
 * there still run, and the command ended in the same way. What cannot be told apart counts against the change.
 * @param run a run on the change that did not pass
 * @param evidence of the same verification: the run of this check on the base, and for the tests their comparison
 */
export function weighFailure(run: CheckRun, evidence: readonly Evidence[]): FailureWeight {
  const broken = refuseEnding(run);
  if (broken !== undefined) return refused(broken);
  const base = evidence.find(
    (piece): piece is CheckRun =>
      piece.kind === "check" && piece.name === run.name && piece.on === "base",
  );
  if (base === undefined) return refused("nobody ran it on the base");
  if (base.status === "passed") return refused("it passes on the base");
  const compared = compareFailures(base, run);
  if (compared === undefined) return refuseWithoutTests(run, base);
  const worse = [...compared.fresh, ...compared.lost, ...brokenBy(run, evidence)];
  return weighTests(run, base, { ...compared, worse: [...new Set(worse)] });
}

/** Whether a run on the change passed, or fails by nothing but what fails on the base. */
export function countsAsPassed(run: CheckRun, evidence: readonly Evidence[]): boolean {
  return run.status === "passed" || weighFailure(run, evidence).known;
}

/** A shell tells the signal that killed a command by an exit code above this (bash(1), EXIT STATUS). */
const SIGNALLED = 128;

function refuseEnding({ status, exitCode }: CheckRun): string | undefined {
  if (status === "timed-out") return "it did not finish, which is never a known failure";
  if (exitCode === null) return "it was killed or never started, which is never a known failure";
  if (exitCode <= SIGNALLED) return undefined;
  return `it ended with exit code ${exitCode}, as what is killed does: a command that counts its failures there needs \`|| exit 1\` behind it`;
}

function refuseWithoutTests(run: CheckRun, base: CheckRun): FailureWeight {
  const next = `give \`checks.${run.name}\` a \`report\` that names its failures (in .github/factory.yml), or mend it on the default branch`;
  if (run.tests !== undefined) {
    return refused("it fails on the base too, but without a report that names the tests", next);
  }
  if (base.tests !== undefined) return refused("it left no report that can be read");
  return refused(
    "it fails on the base too, and by the exit code alone nobody can tell an old failure from a new one",
    next,
  );
}

/** The comparison knows all tests of the base also where a long list was cut from its run. */
function brokenBy(run: CheckRun, evidence: readonly Evidence[]): readonly string[] {
  if (run.name !== "test") return [];
  return evidence.flatMap((piece) => (piece.kind === "test-comparison" ? piece.passToFail : []));
}

function weighTests(
  run: CheckRun,
  base: CheckRun,
  compared: FailureComparison & { readonly worse: readonly string[] },
): FailureWeight {
  const { known, worse, gone } = compared;
  if (worse.length > 0) {
    return refused(`${nameTests(worse)} did not fail on the base and ${does(worse)} not pass now`);
  }
  if (known.length === 0) return refused("no test explains it: something else failed");
  if (gone.length > 0) {
    return refused(
      `${nameTests(gone)} failed on the base and did not run now: a failing run is only excused when it is whole`,
      "let them run, or mend them",
    );
  }
  // mocha and others end with the number of failures.
  if (run.exitCode !== base.exitCode && run.exitCode !== known.length) {
    return refused(
      `it ended with exit code ${run.exitCode}, on the base with ${base.exitCode}: more than those tests failed`,
    );
  }
  const fails = known.length === 1 ? "fails" : "fail";
  return { known: true, because: `${nameTests(known)} ${fails} on the base too, and nothing else` };
}

function refused(because: string, next?: string): FailureWeight {
  return { known: false, because, ...(next === undefined ? {} : { next }) };
}

function does(names: readonly string[]): string {
  return names.length === 1 ? "does" : "do";
}
