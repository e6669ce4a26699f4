import type { TestComparison } from "../../domain/evidence.ts";

/**
 * Tests that were seen failing prove a criterion; where there are none, new ones do, said so, and the gate leaves the merge
 * to a person. Tests that always passed stand only beside those, when they share more words with the statement.
 */
export function citations(statement: string, comparison: TestComparison): readonly Candidate[] {
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

interface Candidate {
  readonly name: string;
  readonly says: string;
}

interface Match {
  readonly candidate: Candidate;
  /** Words that its name shares with the statement. */
  readonly score: number;
}

/** The tests whose names share most words with the statement; the first of the list where none does. */
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
  return best === 0 ? scored.slice(0, 1) : scored.filter(({ score }) => score === best);
}

export function wordsOf(text: string): readonly string[] {
  return text
    .replace(/([a-z])([A-Z])/g, "$1 $2")
    .toLowerCase()
    .split(/[^\p{L}\p{N}]/u)
    .filter((word) => word.length > 1 && !COMMON.has(word));
}

/** A crude stem, enough that "quotes" meets "quote" and "rejected" meets "rejects". */
export function stem(word: string): string {
  const short = word.replace(/(ing|ed|es|s)$/, "");
  return short.length >= 3 ? short : word;
}

const COMMON = new Set(
  "a an and are as at be by for from given has have if in is it its not of on or that the then this to when where which with must should test tests spec src ts js py".split(
    " ",
  ),
);
