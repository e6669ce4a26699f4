import type { Criterion } from "../../domain/contract.ts";
import type { CheckRun, CriterionProof, Subject, TestComparison } from "../../domain/evidence.ts";
import { cut } from "../proposal.ts";

/** What verify found about the change, from which criteria are judged. */
export interface Findings {
  readonly subject: Subject;
  /** Runs on the change. */
  readonly checks: readonly CheckRun[];
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

function proveByTest(statement: string, { checks, comparison }: Findings): Proven {
  const test = checks.find(({ name }) => name === "test");
  if (test === undefined || comparison === undefined) {
    return { status: "unproven", by: "the config names no `test` check" };
  }
  if (test.status !== "passed") {
    return {
      status: "unproven",
      by: `the test check ${test.status}${test.note ? `: ${test.note}` : ""}`,
    };
  }
  if (comparison.failToPass.length === 0) {
    return { status: "unproven", by: "no test failed on the base and passes now" };
  }
  const best = bestMatches(statement, [
    ...comparison.failToPass.map((name) => ({ name, says: "failed on the base, passes now" })),
    ...comparison.passToPass.map((name) => ({ name, says: "passed before and passes now" })),
  ]);
  return {
    status: "proven",
    by: best.map(({ name, says }) => `${cut(name, 130)}: ${says}`).join("; "),
  };
}

function proveByCommand(statement: string, { checks }: Findings): Proven {
  const words = new Set(wordsOf(statement));
  const ran = checks.filter(({ name }) => name !== "setup");
  const named = ran.filter(({ name }) => words.has(name) || words.has(stem(name)));
  const asked = named.length > 0 ? named : ran;
  if (asked.length === 0)
    return { status: "unproven", by: "the config names no check that could prove it" };
  const bad = asked.filter(({ status }) => status !== "passed");
  const say = (list: readonly CheckRun[]) =>
    list.map(({ name, status }) => `${name} ${status}`).join(", ");
  return bad.length > 0
    ? { status: "unproven", by: say(bad) }
    : { status: "proven", by: say(asked) };
}

interface Candidate {
  readonly name: string;
  readonly says: string;
}

/** The (at most three) tests whose names share most words with the statement; the first of the list where none does. */
function bestMatches(statement: string, candidates: readonly Candidate[]): readonly Candidate[] {
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
  return top.slice(0, 3).map(({ candidate }) => candidate);
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
