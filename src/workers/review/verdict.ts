import type { ReviewerAnswer } from "../../agent/roles/reviewer/answer.ts";
import type { Contract } from "../../domain/contract.ts";
import type { Subject } from "../../domain/evidence.ts";
import { cut } from "../../domain/text/cut.ts";
import { higherRisk, type Risk } from "../../domain/trust/risk.ts";
import type { Finding, Judgement, Quote, Verdict } from "../../domain/verdict.ts";
import {
  sayDropped,
  sayUnjudged,
  sayUnread,
  sayUnseen,
} from "../../wording/pull-request/own-findings.ts";
import type { DiffFile } from "./diff-lines.ts";

export interface ReviewedChange {
  readonly subject: Subject;
  readonly contract: Contract;
  readonly diff: ReadonlyMap<string, DiffFile>;
  /** Whether the reviewed tree has a quote, letter for letter. */
  readonly quoted: (quote: Quote) => boolean;
  /** Computed from the tree; a reviewer may only raise it. */
  readonly risk: Risk;
}

/**
 * The verdict that code derives from a reviewer's answer. A reviewer can only veto: a blocker, or a criterion without a
 * full yes, turns an approval into rework. Nothing here turns a veto into an approval (threats QA-07, AG-22).
 */
export function decideVerdict(answer: ReviewerAnswer, change: ReviewedChange): Verdict {
  const named = answer.findings.filter((finding) => isInDiff(finding, change.diff));
  const dropped = answer.findings.length - named.length;
  const findings = [...findUnseen(change.diff), ...named].slice(0, MAXIMUM_FINDINGS);
  const criteria = coverCriteria(answer.criteria, change);
  const blocked =
    [...findings, ...answer.findings].some(({ severity }) => severity === "blocker") ||
    criteria.some((judged) => judged.answer !== "yes");
  const notVerified = [...droppedNote(dropped), ...answer.notVerified].slice(0, MAXIMUM_NOTES);
  return {
    ...answer,
    subject: change.subject,
    decision: answer.decision === "approve" && blocked ? "rework" : answer.decision,
    findings,
    notVerified,
    criteria,
    risk: higherRisk(answer.risk, change.risk),
  };
}

/** Limits of the verdict's schema. */
const MAXIMUM_FINDINGS = 20;
const MAXIMUM_NOTES = 10;

function isInDiff(finding: Finding, diff: ReadonlyMap<string, DiffFile>): boolean {
  return diff.get(finding.path)?.lines.has(finding.line) ?? false;
}

/** Reported even if a dropped finding was a blocker: it still forbids the approval, but nobody is sent to a missing line. */
function droppedNote(dropped: number): readonly string[] {
  return dropped === 0 ? [] : [sayDropped(dropped)];
}

/** From the worst to the best word. Of two, the worse one counts. */
const WORDS = ["no", "partly", "yes"] as const;

/** Every criterion of the contract once; a missing one counts as no. Only quoted lines that exist are kept. */
function coverCriteria(
  judged: ReviewerAnswer["criteria"],
  { contract, quoted }: Pick<ReviewedChange, "contract" | "quoted">,
): Judgement[] {
  return contract.acceptance.map(({ id }) => {
    const said = judged.filter((one) => one.id === id);
    const decisive = WORDS.map((word) => said.find(({ answer }) => answer === word)).find(Boolean);
    if (decisive === undefined) {
      return { id, answer: "no", evidence: sayUnjudged(), quotes: [], misquoted: 0 };
    }
    const quotes = decisive.quotes.filter(quoted);
    const misquoted = decisive.quotes.length - quotes.length;
    return { id, answer: decisive.answer, evidence: decisive.evidence, quotes, misquoted };
  });
}

/** Characters that a reader cannot see, or sees differently, and their effect; the first match is reported. */
const UNSEEN = [
  {
    // Bidirectional controls (Trojan Source, CVE-2021-42574).
    characters: /[\u202A-\u202E\u2066-\u2069]/,
    unseen: "reversing",
  },
  {
    // Blanks that languages accept in names, and invisible letters; flags of regions need those.
    characters:
      /[\u115F\u1160\u17B4\u17B5\u180E\u2061-\u2064\u3164\uFFA0]|(?<!\u{1F3F4}[\u{E0020}-\u{E007E}]*)[\u{E0000}-\u{E007F}]/u,
    unseen: "invisible",
  },
] as const;

function findUnseen(diff: ReadonlyMap<string, DiffFile>): readonly Finding[] {
  return [...diff.values()].flatMap(({ path, added }) =>
    UNSEEN.flatMap(({ characters, unseen }) => {
      const line = added.find(({ text }) => characters.test(text))?.line;
      if (line === undefined) return [];
      const where = { path: cut(path, 300), line };
      return [{ severity: "blocker" as const, ...where, ...sayUnseen(unseen) }];
    }),
  );
}

/** The verdict on a change that was too large to be shown whole. Nobody read it, so a person has to. */
export function escalateUnread(
  change: Omit<ReviewedChange, "quoted">,
  size: { readonly changedLines: number; readonly maximumBytes: number },
): Verdict {
  const { summary, notVerified } = sayUnread(size);
  return {
    subject: change.subject,
    decision: "escalate",
    summary,
    findings: findUnseen(change.diff).slice(0, MAXIMUM_FINDINGS),
    assumptions: [],
    notVerified: [notVerified],
    smallestRollback: "",
    criteria: coverCriteria([], { ...change, quoted: () => false }),
    risk: higherRisk("high", change.risk),
  };
}
