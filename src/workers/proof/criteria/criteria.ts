import { asksForTests, type Criterion } from "../../../domain/contract.ts";
import { weighFailure } from "../../../domain/evidence/known-failure.ts";
import type { Naming } from "../../../domain/evidence/naming.ts";
import type { NamedTest, Reason } from "../../../domain/evidence/proof.ts";
import type {
  CheckRun,
  CriterionProof,
  Evidence,
  Subject,
  TestComparison,
} from "../../../domain/evidence.ts";
import { reasonsByTests } from "./reasons.ts";
import type { Sight } from "./sight.ts";

/** Facts that verify found about the change, to judge criteria by. */
export interface Findings {
  readonly subject: Subject;
  /** Runs on the change, and those on the base that identify an old failure. */
  readonly checks: { readonly runs: readonly CheckRun[]; readonly base: readonly CheckRun[] };
  /** Absent if the config has no `test` check. */
  readonly comparison: TestComparison | undefined;
  /** Names that the writer of the tests gave for each criterion. */
  readonly namings: readonly Naming[];
  readonly sight: Sight;
  /** Where a named symbol still exists, and whether it ever did. */
  readonly symbols: ReadonlyMap<string, SymbolFound>;
}

export type SymbolFound = "gone" | "never-there" | "still-there";

/**
 * One proof for each criterion of the contract, in order. Nothing is matched by words, and there is no fallback: without
 * a name, or without the result that the kind asks for, a criterion is unproven, with its reason.
 */
export function proveCriteria(
  criteria: readonly Criterion[],
  findings: Findings,
): readonly CriterionProof[] {
  return criteria.map((criterion) => {
    const { id, kind } = criterion;
    const named = namedFor(id, findings);
    const head = { kind: "criterion", subject: findings.subject, criterion: id, as: kind } as const;
    if (kind === "judgement") return { ...head, status: "for-review", tests: [], reasons: [] };
    const tests = asksForTests(kind) ? sightings(named, findings) : [];
    const reasons = reasonsFor(criterion, { named, tests, findings }).slice(0, MAXIMUM_REASONS);
    return {
      ...head,
      status: reasons.length === 0 ? "proven" : "unproven",
      tests,
      ...(named.symbols.length === 0 ? {} : { symbols: named.symbols }),
      ...(named.checks.length === 0 ? {} : { checks: named.checks }),
      ...writerOf(named),
      reasons,
    };
  });
}

/** Only tests have a known writer. */
function writerOf({ by, tests }: Naming): Pick<CriterionProof, "by"> {
  return by === undefined || tests.length === 0 ? {} : { by };
}

/** Limit of the evidence's schema. */
const MAXIMUM_REASONS = 20;

/** All names for a criterion, each once. */
function namedFor(criterion: string, { namings }: Findings): Naming {
  const own = namings.filter((naming) => naming.criterion === criterion);
  const all = (read: (naming: Naming) => readonly string[]) => [...new Set(own.flatMap(read))];
  const by = own.find((naming) => naming.by !== undefined)?.by;
  return {
    criterion,
    ...(by === undefined ? {} : { by }),
    tests: all(({ tests }) => tests).slice(0, 20),
    symbols: all(({ symbols }) => symbols).slice(0, 20),
    checks: all(({ checks }) => checks).slice(0, 10),
  };
}

/** The result of each named test, with the other criteria that it is named for. */
function sightings(named: Naming, { sight, namings }: Findings): NamedTest[] {
  return named.tests.map((test) => {
    const others = namings
      .filter(({ criterion, tests }) => criterion !== named.criterion && tests.includes(test))
      .map(({ criterion }) => criterion);
    const alsoFor = [...new Set(others)];
    return { ...sight(test), ...(alsoFor.length === 0 ? {} : { alsoFor }) };
  });
}

function reasonsFor(
  { kind }: Criterion,
  given: {
    readonly named: Naming;
    readonly tests: readonly NamedTest[];
    readonly findings: Findings;
  },
): readonly Reason[] {
  const { named, tests, findings } = given;
  if (kind === "command") return reasonsByChecks(named, findings);
  const nothing = named.tests.length + (kind === "gone" ? named.symbols.length : 0) === 0;
  if (nothing) return [{ code: kind === "gone" ? "nothing-gone-named" : "no-test-named" }];
  if (findings.comparison?.source !== "per-test") return [{ code: "no-report" }];
  switch (kind) {
    case "gone":
      return [...reasonsByTests(kind, tests, findings.comparison), ...stillThere(named, findings)];
    case "changes":
    case "keeps":
      return reasonsByTests(kind, tests, findings.comparison);
    default:
      return [{ code: "kind-not-said" }];
  }
}

/** A removal proves nothing if something else fails because of it. */
function stillThere(named: Naming, findings: Findings): readonly Reason[] {
  const symbols = named.symbols.flatMap((about): Reason[] => {
    const found = findings.symbols.get(about) ?? "never-there";
    return found === "gone" ? [] : [{ code: found, about }];
  });
  const { passToFail = [], newFailing = [], gone = [] } = findings.comparison ?? {};
  const [failing] = [...passToFail, ...newFailing, ...gone];
  if (failing !== undefined) return [...symbols, { code: "something-fails", about: failing }];
  const test = findings.checks.runs.find(({ name }) => name === "test");
  const fine = test !== undefined && isFine(test, findings);
  return fine ? symbols : [...symbols, { code: "something-fails", about: "test" }];
}

function reasonsByChecks({ checks }: Naming, findings: Findings): readonly Reason[] {
  if (checks.length === 0) return [{ code: "no-check-named" }];
  return checks.flatMap((about): Reason[] => {
    const run = findings.checks.runs.find(({ name }) => name === about);
    if (run === undefined || about === "setup") return [{ code: "no-such-check", about }];
    return isFine(run, findings) ? [] : [{ code: "check-failed", about }];
  });
}

/** Whether a run counts as passed, given all other findings. */
function isFine(run: CheckRun, { checks, comparison }: Findings): boolean {
  const facts: readonly Evidence[] = comparison === undefined ? [] : [comparison];
  if (run.status === "passed") return true;
  const weight = weighFailure(run, [...checks.base, ...facts]);
  // A test named as a proof has to pass every time.
  return weight.known && weight.flaky === undefined;
}
