import type { TesterAnswer } from "../../../agent/roles/tester/answer.ts";
import type { Contract, Criterion } from "../../../domain/contract.ts";
import { OUTSIDE } from "../../../domain/evidence/failure-comparison.ts";
import type { Seen } from "../../../domain/evidence/proof.ts";
import { talliesOf, totalOf } from "../../../domain/evidence/tally.ts";
import type { CheckRun } from "../../../domain/evidence.ts";
import { listIds } from "../naming-faults.ts";

/** The compared runs: the base's own tests, and the base with the tester's files. */
export interface BaseRuns {
  readonly before: CheckRun | undefined;
  readonly now: CheckRun;
}

/**
 * Faults of the tester's tests by their results on the base: for `changes` at least one named test fails there, for
 * `keeps` all of them pass, and nothing else fails that passed before. Empty if they are accepted.
 */
export function seenFaults(
  criteria: readonly Criterion[],
  proofs: TesterAnswer["proofs"],
  runs: BaseRuns,
): readonly string[] {
  const faults = criteria.flatMap((criterion) => faultsOf(criterion, proofs, runs));
  const turned = new Set(
    criteria.filter(({ kind }) => kind === "changes").flatMap(({ id }) => namedFor(id, proofs)),
  );
  const broken = brokenBy(runs).filter((name) => !turned.has(name));
  const others = broken.map((name) => `${name} passed before your tests came and fails with them`);
  const all = [...faults, ...others.slice(0, MAXIMUM_BROKEN)];
  if (faults.length === 0 || runs.now.tests === undefined) return all;
  return [...all, `ids that the report has with your tests and had not before: ${freshIds(runs)}`];
}

const MAXIMUM_BROKEN = 20;

function namedFor(id: string, proofs: TesterAnswer["proofs"]): readonly string[] {
  return proofs.filter(({ criterion }) => criterion === id).flatMap(({ tests }) => tests);
}

function faultsOf(
  { id, kind }: Criterion,
  proofs: TesterAnswer["proofs"],
  runs: BaseRuns,
): readonly string[] {
  const named = [...new Set(namedFor(id, proofs))];
  if (named.length === 0) {
    return [`${id} (${kind}): neither is a test named for it in \`proofs\`, nor is it in \`open\``];
  }
  const seen = named.map((name) => ({ name, seen: seenOnBase(name, runs.now) }));
  const wrong = seen.filter(({ seen: is }) => !isRight(kind, is));
  // One that fails is enough; the others are shown as they are.
  if (kind === "changes" && wrong.length < seen.length) return [];
  return wrong.map(({ name, seen: is }) => `${id} (${kind}): ${name} ${SAID[is]}${whyOf(kind)}`);
}

function isRight(kind: Criterion["kind"], seen: Seen): boolean {
  return kind === "changes" ? seen === "failed" || seen === "not-built" : seen === "passed";
}

function whyOf(kind: Criterion["kind"]): string {
  return kind === "changes"
    ? ", and a test of a change has to fail before the change is there"
    : ", and a test of what stays has to pass already";
}

const SAID: Readonly<Record<Seen, string>> = {
  passed: "passes on the base",
  failed: "fails on the base",
  skipped: "is skipped",
  "not-built": "does not load on the base",
  "not-there": "is not in the report",
  flaky: "fails only sometimes",
  "not-told-apart": "is the name of several tests",
};

/** One named test in the run with the tester's files. A test that does not load is not missing. */
export function seenOnBase(name: string, run: CheckRun): Seen {
  const tally = talliesOf(run)(name);
  if (totalOf(tally) > 1) return "not-told-apart";
  if (tally.failed > 0) return "failed";
  if (tally.passed > 0) return "passed";
  if (tally.skipped > 0) return "skipped";
  return isUnloaded(name, run) ? "not-built" : "not-there";
}

/** Its container failed as a whole, by the report or by a compiler message. */
function isUnloaded(name: string, run: CheckRun): boolean {
  if (run.status !== "failed") return false;
  if ((run.notBuilt ?? []).length > 0) return true;
  const parts = name.split(" > ");
  const failed = new Set(
    (run.tests ?? []).flatMap((test) => (test.status === "failed" ? [test.name] : [])),
  );
  return parts.slice(0, -1).some((_, depth) => {
    const holder = parts.slice(0, depth + 1).join(" > ");
    return failed.has(holder) || failed.has(`${holder} > ${OUTSIDE}`);
  });
}

/** If a compiler rejects tests of code that does not exist yet, nothing runs, so nothing is broken. */
function brokenBy({ before, now }: BaseRuns): readonly string[] {
  if (before?.tests === undefined || (now.notBuilt ?? []).length > 0) return [];
  const [was, is] = [talliesOf(before), talliesOf(now)];
  return before.tests
    .map(({ name }) => name)
    .filter((name) => was(name).failed === 0 && was(name).passed > 0 && is(name).failed > 0);
}

function freshIds({ before, now }: BaseRuns): string {
  const known = new Set((before?.tests ?? []).map(({ name }) => name));
  return listIds((now.tests ?? []).map(({ name }) => name).filter((name) => !known.has(name)));
}

/** The criteria of a contract by their ids. */
export function criteriaOf({ acceptance }: Contract, ids: readonly string[]): readonly Criterion[] {
  return acceptance.filter(({ id }) => ids.includes(id));
}
