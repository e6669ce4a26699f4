import type { Criterion } from "../../domain/contract.ts";
import { countsAsPassed } from "../../domain/evidence/known-failure.ts";
import type {
  CheckRun,
  CriterionProof,
  Evidence,
  Subject,
  TestComparison,
} from "../../domain/evidence.ts";
import { cut } from "../../domain/text/cut.ts";
import { citations, stem, wordsOf } from "./citations.ts";

/** What verify found about the change, from which criteria are judged. */
export interface Findings {
  readonly subject: Subject;
  /** Runs on the change, and those on the base by which a failure is known for an old one. */
  readonly checks: { readonly runs: readonly CheckRun[]; readonly base: readonly CheckRun[] };
  /** Absent when the config has no `test` check. */
  readonly comparison: TestComparison | undefined;
}

/** One proof per criterion of the contract, in its order. */
export function proveCriteria(
  criteria: readonly Criterion[],
  findings: Findings,
): readonly CriterionProof[] {
  return criteria.map((criterion) => {
    const { status, by } = prove(criterion, findings);
    return {
      kind: "criterion",
      subject: findings.subject,
      criterion: criterion.id,
      status,
      by: cut(by, 500),
    };
  });
}

type Proven = Pick<CriterionProof, "status" | "by">;

function prove(criterion: Criterion, findings: Findings): Proven {
  switch (criterion.proof) {
    case "test":
      return proveByTest(criterion.statement, findings);
    case "command":
      return proveByCommand(criterion.statement, findings);
    case "judgement":
      return {
        status: "for-review",
        by: "a matter of judgement: the reviewer or a person decides",
      };
  }
}

/** Whether a run counts as passed beside everything else that was found. */
function isFine(run: CheckRun, { checks, comparison }: Findings): boolean {
  const facts: readonly Evidence[] = comparison === undefined ? [] : [comparison];
  return countsAsPassed(run, [...checks.base, ...facts]);
}

function proveByTest(statement: string, findings: Findings): Proven {
  const { checks, comparison } = findings;
  const test = checks.runs.find(({ name }) => name === "test");
  if (test === undefined || comparison === undefined) {
    return { status: "unproven", by: "the config names no `test` check" };
  }
  if (!isFine(test, findings)) {
    return {
      status: "unproven",
      by: `the test check ${test.status}${test.note ? `: ${test.note}` : ""}`,
    };
  }
  const best = citations(statement, comparison);
  if (best.length === 0) {
    return { status: "unproven", by: "no test failed on the base and passes now" };
  }
  return {
    status: "proven",
    by: [
      ...best.map(({ name, says }) => `${cut(name, best.length === 1 ? 200 : 90)}: ${says}`),
      ...(test.note === undefined ? [] : [`beside that, ${test.note}`]),
    ].join("; "),
  };
}

function proveByCommand(statement: string, findings: Findings): Proven {
  const words = new Set(wordsOf(statement));
  const ran = findings.checks.runs.filter(({ name }) => name !== "setup");
  const named = ran.filter(({ name }) => words.has(name) || words.has(stem(name)));
  const asked = named.length > 0 ? named : ran;
  if (asked.length === 0)
    return { status: "unproven", by: "the config names no check that could prove it" };
  const bad = asked.filter((run) => !isFine(run, findings));
  const say = (list: readonly CheckRun[]) => list.map(sayRun).join(", ");
  return bad.length > 0
    ? { status: "unproven", by: say(bad) }
    : { status: "proven", by: say(asked) };
}

function sayRun({ name, status, note }: CheckRun): string {
  return status === "passed" || note === undefined
    ? `${name} ${status}`
    : `${name} ${status} (${note})`;
}
