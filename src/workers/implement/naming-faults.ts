import type { Contract, Criterion } from "../../domain/contract.ts";
import type { Naming } from "../../domain/evidence/naming.ts";
import type { BaseFindings } from "./base-checks.ts";
import type { CheckOutcome } from "./known-failures.ts";

/** The most ids listed of a report. */
const LISTED = 40;

/** Tests that the report named on the base, to show the coder how its runner writes ids. */
export function idsOnBase(base: BaseFindings): readonly string[] {
  const tests = base.find(({ name }) => name === "test")?.record?.run.tests ?? [];
  return tests.map(({ name }) => name);
}

/**
 * Namings that prove nothing already here: nothing named, or a test that is missing from the last report. Reported
 * before verify, where it would cost an attempt. A coder that names nothing at all is not asked.
 */
export function namingFaults(
  { acceptance }: Pick<Contract, "acceptance">,
  proofs: readonly Naming[] | undefined,
  ran: { readonly outcomes: readonly CheckOutcome[]; readonly base: BaseFindings },
): readonly string[] {
  if (proofs === undefined) return [];
  const tests = ran.outcomes.find(({ name }) => name === "test")?.tests;
  const faults = acceptance.flatMap((criterion) =>
    faultsOf(criterion, { named: proofs.filter((one) => one.criterion === criterion.id), tests }),
  );
  if (faults.length === 0 || tests === undefined) return faults;
  const before = new Set(idsOnBase(ran.base));
  const fresh = tests.filter((name) => !before.has(name));
  return [...faults, `ids that the report has now and had not on the base: ${listIds(fresh)}`];
}

interface Named {
  readonly named: readonly Naming[];
  /** Ids of the last report; undefined if none was read. */
  readonly tests: readonly string[] | undefined;
}

function faultsOf({ id, kind }: Criterion, given: Named): readonly string[] {
  if (kind === "judgement") return [];
  const { named, tests } = given;
  const all = named.flatMap((naming) => naming.tests);
  const others = named.flatMap((naming) =>
    kind === "command" ? naming.checks : kind === "gone" ? naming.symbols : [],
  );
  const count = (kind === "command" ? 0 : all.length) + others.length;
  if (count === 0) return [`${id} (${kind}): ${MISSING[kind]} is named for it in \`proofs\``];
  if (tests === undefined || kind === "command") return [];
  return wrongTests(kind, all, tests).map(
    (name) =>
      `${id} (${kind}): the test ${JSON.stringify(name)} ${kind === "gone" ? "is still in the report" : "is not in the report of the last run"}`,
  );
}

const MISSING: Readonly<Record<Exclude<Criterion["kind"], "judgement">, string>> = {
  changes: "no test",
  keeps: "no test",
  test: "no test",
  gone: "nothing that is gone",
  command: "no check",
};

/** For a change one test that turns is enough; the others are shown as they are. */
function wrongTests(
  kind: Criterion["kind"],
  named: readonly string[],
  tests: readonly string[],
): readonly string[] {
  const known = new Set(tests);
  const wrong = named.filter((name) => known.has(name) === (kind === "gone"));
  return kind === "changes" && wrong.length < named.length ? [] : wrong;
}

/** The first of them, one per line; the others are counted. */
export function listIds(ids: readonly string[]): string {
  if (ids.length === 0) return "none";
  const more = ids.length > LISTED ? [`… ${ids.length - LISTED} more`] : [];
  return ["", ...ids.slice(0, LISTED), ...more].join("\n");
}
