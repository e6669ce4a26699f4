import type { Contract, CriterionKind } from "../../domain/contract.ts";
import type { NamedTest, Seen } from "../../domain/evidence/proof.ts";
import { PROOF_TIMES } from "../../domain/evidence/repeats.ts";
import { type Known, knownOf, type Standing, standingOf } from "../../domain/evidence/standing.ts";
import type { CriterionProof, Evidence } from "../../domain/evidence.ts";
import type { Verdict } from "../../domain/verdict.ts";
import { sayNotices } from "./notices.ts";
import { sayReasons } from "./reasons.ts";
import { WRITERS } from "./who-wrote.ts";

/** One criterion as all tables show it: the texts are plain, and may be anybody's. */
export interface CriterionRow {
  readonly id: string;
  readonly statement: string;
  readonly kind: CriterionKind;
  readonly standing: Standing;
  /** What was named for it: tests first, as many as `tests`. */
  readonly named: readonly string[];
  readonly tests: number;
  /** Who wrote those tests; empty where there are none, or nobody said. */
  readonly by: string;
  /** What was seen of each, on the base and on the change; said once where it is the same of all. */
  readonly seen: readonly SeenRow[];
  /** What its tests miss when it is taken back. */
  readonly notices: readonly string[];
  readonly reviewer: string;
  /** Why it is not proven; empty where it is. */
  readonly open: string;
  /** Nobody has spoken against it, and the review is still to come. */
  readonly isAwaited: boolean;
}

export interface SeenRow {
  readonly base: string;
  /** Why it was so there; empty where nobody said. */
  readonly why: string;
  readonly change: string;
}

/** Everything from which the rows are made. Without a contract (the summary of verify's own job) no statement is told. */
export interface CriteriaText {
  readonly contract?: Pick<Contract, "acceptance">;
  readonly evidence: readonly Evidence[];
  readonly verdict?: Pick<Verdict, "criteria">;
}

export function criterionRows(text: CriteriaText): readonly CriterionRow[] {
  const criteria = text.contract?.acceptance ?? proofsOf(text.evidence).map(criterionOf);
  return criteria.map((criterion) => {
    const known = knownOf(criterion, text.evidence, text.verdict);
    const standing = standingOf(known);
    return {
      ...criterion,
      standing,
      named: namedIn(known),
      tests: known.proof?.tests.length ?? 0,
      by: known.proof?.by === undefined ? "" : WRITERS[known.proof.by],
      seen: seenIn(known),
      notices: sayNotices(known, text.evidence),
      reviewer: sayJudgement(known, text.verdict !== undefined),
      open: sayOpen(standing, known, text.verdict !== undefined),
      isAwaited: standing === "unreviewed" && text.verdict === undefined,
    };
  });
}

function proofsOf(evidence: readonly Evidence[]): readonly CriterionProof[] {
  return evidence.filter((piece) => piece.kind === "criterion");
}

function criterionOf({ criterion, as }: CriterionProof) {
  return { id: criterion, statement: "", kind: as };
}

function namedIn({ proof }: Known): readonly string[] {
  if (proof === undefined) return [];
  const tests = proof.tests.map(sayTest);
  const symbols = (proof.symbols ?? []).map((symbol) => `the name ${symbol}`);
  return [...tests, ...symbols, ...(proof.checks ?? []).map((check) => `the check ${check}`)];
}

function sayTest({ name, alsoFor }: NamedTest): string {
  return alsoFor === undefined ? name : `${name} (also for ${alsoFor.join(", ")})`;
}

const SEEN_WORDS: Readonly<Record<Seen, string>> = {
  passed: "passed",
  failed: "failed",
  skipped: "skipped",
  "not-built": "does not build",
  "not-there": "not there",
  flaky: "flaky",
  "not-told-apart": "not told apart",
};

function seenIn({ proof }: Known): CriterionRow["seen"] {
  const seen = (proof?.tests ?? []).map(({ base, change, because, times }) => {
    const often = times === undefined ? "" : `, ${times} of ${PROOF_TIMES} times`;
    return { base: SEEN_WORDS[base], why: because ?? "", change: `${SEEN_WORDS[change]}${often}` };
  });
  const [first] = seen;
  const isSame = seen.every(
    ({ base, why, change }) => base === first?.base && why === first.why && change === first.change,
  );
  return isSame ? seen.slice(0, 1) : seen;
}

function sayJudgement({ judgement }: Known, isReviewed: boolean): string {
  if (judgement === undefined) return isReviewed ? "no word" : "not asked yet";
  const lines = judgement.quotes.map(({ path, line }) => `${path}:${line}`);
  if (judgement.answer !== "yes") return `${judgement.answer}: ${judgement.evidence}`;
  return lines.length === 0
    ? `yes: ${judgement.evidence}`
    : `yes, at ${lines.slice(0, 2).join(", ")}`;
}

/** `does not build there: undefined: Flag`, as plain text. */
export function sayBase({ base, why }: Pick<SeenRow, "base" | "why">): string {
  return why === "" ? base : `${base} there: ${why}`;
}

function sayOpen(standing: Standing, known: Known, isReviewed: boolean): string {
  switch (standing) {
    case "proven":
      return "";
    case "judged":
      return "a matter of judgement, to which the reviewer says yes";
    case "unproven":
      return known.proof === undefined ? "nobody looked" : sayReasons(known.proof.reasons);
    case "unreviewed":
      return isReviewed ? "the reviewer says nothing of it" : "waits for the review";
    case "denied":
      return `the reviewer says ${known.judgement?.answer ?? "no"}`;
    case "unquoted":
      return "the reviewer shows no line that asserts it";
  }
}
