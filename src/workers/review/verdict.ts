import type { ReviewerAnswer } from "../../agent/roles/reviewer/answer.ts";
import type { Contract } from "../../domain/contract.ts";
import type { Subject } from "../../domain/evidence.ts";
import { cut } from "../../domain/text/cut.ts";
import { higherRisk, type Risk } from "../../domain/trust/risk.ts";
import type { Finding, Verdict } from "../../domain/verdict.ts";
import { sayDropped, sayUnread, sayUnseen } from "../../wording/pull-request/own-findings.ts";
import type { DiffFile } from "./diff-lines.ts";

export interface ReviewedChange {
  readonly subject: Subject;
  readonly contract: Contract;
  readonly diff: ReadonlyMap<string, DiffFile>;
  /** Computed from the tree; a reviewer may only raise it. */
  readonly risk: Risk;
}

/**
 * The verdict that code makes of a reviewer's answer. A reviewer can only veto: a blocker, an unmet or an unjudged
 * criterion turns its approval into rework, and nothing here ever turns a veto into an approval (threats QA-07, AG-22).
 */
export function decideVerdict(answer: ReviewerAnswer, change: ReviewedChange): Verdict {
  const named = answer.findings.filter((finding) => isInDiff(finding, change.diff));
  const dropped = answer.findings.length - named.length;
  const findings = [...findUnseen(change.diff), ...named].slice(0, MAXIMUM_FINDINGS);
  const criteria = coverCriteria(answer.criteria, change.contract);
  const blocked =
    [...findings, ...answer.findings].some(({ severity }) => severity === "blocker") ||
    criteria.some(({ met }) => !met);
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

/** Bounds of the verdict's schema. */
const MAXIMUM_FINDINGS = 20;
const MAXIMUM_NOTES = 10;

function isInDiff(finding: Finding, diff: ReadonlyMap<string, DiffFile>): boolean {
  return diff.get(finding.path)?.lines.has(finding.line) ?? false;
}

/** Said even where a dropped finding was a blocker: it still forbids the approval, but nobody is sent to a line that is not there. */
function droppedNote(dropped: number): readonly string[] {
  return dropped === 0 ? [] : [sayDropped(dropped)];
}

/** Every criterion of the contract once; said twice it is met only if both say so, unsaid it is not met. */
function coverCriteria(judged: Verdict["criteria"], contract: Contract): Verdict["criteria"] {
  return contract.acceptance.map(({ id }) => {
    const said = judged.filter((one) => one.id === id);
    const decisive = said.find(({ met }) => !met) ?? said[0];
    return decisive ?? { id, met: false, evidence: "the reviewer did not judge it" };
  });
}

/** What a reader cannot see, or sees otherwise than it is, and what that does; first come, first said. */
const UNSEEN = [
  {
    // Bidirectional controls (Trojan Source, CVE-2021-42574).
    characters: /[\u202A-\u202E\u2066-\u2069]/,
    unseen: "reversing",
  },
  {
    // Blanks that languages take for letters of a name, and letters that show nothing: flags of regions need those.
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

/** The verdict on a change that was too large to be shown whole: nobody read it, so a person has to. */
export function escalateUnread(
  change: ReviewedChange,
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
    criteria: coverCriteria([], change.contract),
    risk: higherRisk("high", change.risk),
  };
}
