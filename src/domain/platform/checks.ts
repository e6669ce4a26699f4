import type { FactNumber } from "./fact.ts";

/** The parts of the conformance workflow. */
export const PARTS = ["graph", "artifacts", "runner", "api", "settings"] as const;

/** Accepted findings: one of these texts, a whole number up to a limit, or any value for a mere setting. */
export type Accepted =
  | { readonly oneOf: readonly string[] }
  | { readonly atMost: number }
  | { readonly anything: true };

/** How the conformance workflow checks one fact, and the result that this project expects. */
export interface Check {
  readonly part: (typeof PARTS)[number];
  /** The subject of the check: the unit of a number, or the question that a text answers. */
  readonly asks: string;
  readonly accepts: Accepted;
}

const text = (...oneOf: readonly string[]): Accepted => ({ oneOf });
const atMost = (most: number): Accepted => ({ atMost: most });
const ANYTHING: Accepted = { anything: true };

/** The result if there was no occasion to find out. It neither confirms nor contradicts. */
export const NOT_MET = "not met";

/**
 * By number of the fact. Limits are what control waits for; beyond them a line would stop for a person. `mergeable` is
 * read for a minute, and a merge is retried that often.
 */
export const CHECKS = {
  "1.2": { part: "api", asks: "runs-of-others", accepts: text("none", "waiting") },
  "1.3": { part: "api", asks: "dispatch", accepts: text("starts") },
  "1.6": { part: "settings", asks: "pull-requests", accepts: text("allowed") },
  "2.1": { part: "graph", asks: "self-reference", accepts: text("resolved") },
  "2.5": { part: "graph", asks: "bare-condition", accepts: text("skipped") },
  "2.6": { part: "graph", asks: "asked-condition", accepts: text("ran") },
  "2.7": { part: "graph", asks: "result-with-skipped", accepts: text("success") },
  "2.8": { part: "graph", asks: "outputs-of-failed", accepts: text("kept") },
  "2.9": { part: "graph", asks: "queued-runs", accepts: text("3 of 3") },
  "3.2": { part: "api", asks: "limited-write", accepts: ANYTHING },
  "3.6": { part: "runner", asks: "long-output", accepts: text("whole") },
  "3.8": { part: "artifacts", asks: "two-by-id", accepts: text("both") },
  "3.9": { part: "artifacts", asks: "same-name", accepts: text("refused") },
  "3.10": { part: "artifacts", asks: "digest", accepts: text("sha256") },
  "3.11": { part: "artifacts", asks: "name-in-next-attempt", accepts: text("free") },
  "4.3": { part: "runner", asks: "sandbox", accepts: text("works") },
  "4.4": { part: "runner", asks: "sandbox-slim", accepts: text("refused") },
  "4.9": { part: "runner", asks: "worker-sandbox", accepts: text("works") },
  "4.10": { part: "runner", asks: "worker-sandbox-slim", accepts: text("refused") },
  "5.1": { part: "runner", asks: "cache-mode", accepts: text("none") },
  "5.2": { part: "runner", asks: "cache-save", accepts: text("refused") },
  "5.3": { part: "settings", asks: "rules-factory", accepts: text("none") },
  "5.4": { part: "settings", asks: "rules-default", accepts: ANYTHING },
  "5.5": { part: "settings", asks: "merge", accepts: text("merge") },
  "6.1": { part: "api", asks: "taken-name", accepts: text("422 Reference already exists") },
  "6.2": { part: "api", asks: "tree", accepts: text("as git has it") },
  "6.3": { part: "api", asks: "verified", accepts: text("verified") },
  "6.4": { part: "api", asks: "stale-head", accepts: text("409") },
  "6.5": { part: "api", asks: "merges-refused", accepts: atMost(5) },
  "6.6": { part: "api", asks: "reads-unknown", accepts: atMost(30) },
  "6.7": { part: "api", asks: "written", accepts: text("there") },
  "7.1": { part: "api", asks: "lag-pulls", accepts: atMost(60) },
  "7.2": { part: "api", asks: "lag-comments", accepts: atMost(5) },
  "7.3": { part: "api", asks: "lag-checks", accepts: atMost(5) },
  "7.4": { part: "api", asks: "lag-runs", accepts: atMost(60) },
  "7.5": { part: "api", asks: "failed-requests", accepts: ANYTHING },
  "7.6": { part: "api", asks: "lost-answers", accepts: ANYTHING },
  "7.7": { part: "graph", asks: "attempt", accepts: text("2") },
} as const satisfies Readonly<Partial<Record<FactNumber, Check>>>;

export type CheckedFact = keyof typeof CHECKS;

export function isChecked(number: string): number is CheckedFact {
  return Object.hasOwn(CHECKS, number);
}
