import type { CoderAnswer } from "../../agent/roles/coder/answer.ts";
import { asksForTests, type Contract, type Criterion } from "../../domain/contract.ts";
import type { Naming } from "../../domain/naming.ts";
import type { BaseFindings } from "./base-checks.ts";
import type { CheckOutcome } from "./known-failures.ts";

/** Ids that are listed of a report. */
const LISTED = 40;

/** The tests that the report named on the base, so that a coder sees how its runner writes ids. */
export function idsOnBase(base: BaseFindings): readonly string[] {
  const tests = base.find(({ name }) => name === "test")?.record?.run.tests ?? [];
  return tests.map(({ name }) => name);
}

/**
 * What of the namings proves nothing already here: nothing named, or a test that the report of the last run does not hold.
 * Said before verify is asked, because there it costs an attempt. A coder that names nothing at all is not asked.
 */
export function namingFaults(
  contract: Contract,
  { proofs }: CoderAnswer,
  ran: { readonly outcomes: readonly CheckOutcome[]; readonly base: BaseFindings },
): readonly string[] {
  if (proofs === undefined) return [];
  const tests = ran.outcomes.find(({ name }) => name === "test")?.tests;
  const faults = contract.acceptance.flatMap((criterion) =>
    faultsOf(criterion, { named: proofs.filter((one) => one.criterion === criterion.id), tests }),
  );
  if (faults.length === 0 || tests === undefined) return faults;
  const before = new Set(idsOnBase(ran.base));
  const fresh = tests.filter((name) => !before.has(name));
  return [...faults, `ids that the report has now and had not on the base: ${listIds(fresh)}`];
}

function faultsOf(
  { id, kind }: Criterion,
  {
    named,
    tests,
  }: { readonly named: readonly Naming[]; readonly tests: readonly string[] | undefined },
): readonly string[] {
  const all = named.flatMap((naming) => naming.tests);
  if (kind === "judgement") return [];
  if (kind === "command") {
    const checks = named.flatMap((naming) => naming.checks);
    return checks.length > 0 ? [] : [`${id} (command): no check is named for it in \`proofs\``];
  }
  const symbols = kind === "gone" ? named.flatMap((naming) => naming.symbols) : [];
  if (all.length + symbols.length === 0) {
    const what = kind === "gone" ? "nothing that is gone" : "no test";
    return [`${id} (${kind}): ${what} is named for it in \`proofs\``];
  }
  if (tests === undefined || !asksForTests(kind)) return [];
  const known = new Set(tests);
  const wrong = all.filter((name) => known.has(name) === (kind === "gone"));
  const why = kind === "gone" ? "is still in the report" : "is not in the report of the last run";
  return wrong.map((name) => `${id} (${kind}): the test ${JSON.stringify(name)} ${why}`);
}

/** The first of them, one a line; the others are counted. */
export function listIds(ids: readonly string[]): string {
  if (ids.length === 0) return "none";
  const more = ids.length > LISTED ? [`… ${ids.length - LISTED} more`] : [];
  return ["", ...ids.slice(0, LISTED), ...more].join("\n");
}
