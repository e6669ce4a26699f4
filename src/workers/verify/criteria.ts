import type { Criterion } from "../../domain/contract.ts";
import type {
  CheckRun,
  CriterionProof,
  Evidence,
  Subject,
  TestComparison,
} from "../../domain/evidence.ts";
import { countsAsPassed } from "../../domain/known-failure.ts";
import { cut } from "../../domain/text/cut.ts";

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

/**
 * Tests that were seen failing prove a criterion; where there are none, new ones do, said so, and the gate leaves the merge
 * to a person. Tests that always passed stand only beside those, when they share more words with the statement.
 */
function citations(statement: string, comparison: TestComparison): readonly Candidate[] {
  const { failToPass, new: fresh = [], passToPass } = comparison;
  const proofs =
    failToPass.length > 0
      ? failToPass.map((name) => ({ name, says: "failed on the base, passes now" }))
      : fresh.map((name) => ({ name, says: "new, passes now; nobody saw it fail" }));
  if (proofs.length === 0) return [];
  const cited = bestMatches(statement, proofs);
  const others = bestMatches(
    statement,
    passToPass.map((name) => ({ name, says: "passed before and passes now" })),
  );
  const score = cited[0]?.score ?? 0;
  const beside = others
    .filter((other) => other.score >= WORDS_BESIDE && other.score > score)
    .slice(0, CITED - 1);
  const named = [...cited.slice(0, CITED - beside.length), ...beside];
  return named.map(({ candidate }) => candidate);
}

/** A single shared word says nothing about a test that has nothing to do with the change. */
const WORDS_BESIDE = 2;
/** Tests that are named for one criterion. */
const CITED = 3;

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

interface Candidate {
  readonly name: string;
  readonly says: string;
}

interface Match {
  readonly candidate: Candidate;
  /** Words that its name shares with the statement. */
  readonly score: number;
}

/** The (at most three) tests whose names share most words with the statement; the first of the list where none does. */
function bestMatches(statement: string, candidates: readonly Candidate[]): readonly Match[] {
  const asked = new Set(wordsOf(statement).map(stem));
  const scored = candidates.map((candidate) => ({
    candidate,
    score: new Set(
      wordsOf(candidate.name)
        .map(stem)
        .filter((word) => asked.has(word)),
    ).size,
  }));
  const best = scored.reduce((most, { score }) => Math.max(most, score), 0);
  const top = best === 0 ? scored.slice(0, 1) : scored.filter(({ score }) => score === best);
  return top.slice(0, CITED);
}

function wordsOf(text: string): readonly string[] {
  return text
    .replace(/([a-z])([A-Z])/g, "$1 $2")
    .toLowerCase()
    .split(/[^\p{L}\p{N}]+/u)
    .filter((word) => word.length > 1 && !COMMON.has(word));
}

/** A crude stem, enough that "quotes" meets "quote" and "rejected" meets "rejects". */
function stem(word: string): string {
  const short = word.replace(/(ing|ed|es|s)$/, "");
  return short.length >= 3 ? short : word;
}

const COMMON = new Set(
  "a an and are as at be by for from given has have if in is it its not of on or that the then this to when where which with must should test tests spec src ts js py".split(
    " ",
  ),
);
