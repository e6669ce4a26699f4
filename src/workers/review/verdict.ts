import type { ReviewerAnswer } from "../../agent/roles/reviewer/answer.ts";
import type { Contract } from "../../domain/contract.ts";
import type { Subject } from "../../domain/evidence.ts";
import { higherRisk, type Risk } from "../../domain/risk.ts";
import { cut } from "../../domain/text/cut.ts";
import type { Finding, Verdict } from "../../domain/verdict.ts";
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
  if (dropped === 0) return [];
  const what = dropped === 1 ? "1 finding" : `${dropped} findings`;
  return [`${what} named no line of the diff and ${dropped === 1 ? "was" : "were"} dropped`];
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
    claim: "The line holds characters that reverse the order in which it is shown",
    howItFails: "What a person reads there is not what runs (Trojan Source, CVE-2021-42574)",
  },
  {
    // Blanks that languages take for letters of a name, and letters that show nothing: flags of regions need those.
    characters:
      /[\u115F\u1160\u17B4\u17B5\u180E\u2061-\u2064\u3164\uFFA0]|(?<!\u{1F3F4}[\u{E0020}-\u{E007E}]*)[\u{E0000}-\u{E007F}]/u,
    claim: "The line holds characters that show nothing",
    howItFails: "A name, a parameter or an order to a model stands there that no person sees",
  },
] as const;

function findUnseen(diff: ReadonlyMap<string, DiffFile>): readonly Finding[] {
  return [...diff.values()].flatMap(({ path, added }) =>
    UNSEEN.flatMap(({ characters, claim, howItFails }) => {
      const line = added.find(({ text }) => characters.test(text))?.line;
      if (line === undefined) return [];
      const suggestion = "Write the characters as escapes, or remove them";
      const where = { path: cut(path, 300), line };
      return [{ severity: "blocker" as const, ...where, claim, howItFails, suggestion }];
    }),
  );
}

/** The verdict on a change that was too large to be shown whole: nobody read it, so a person has to. */
export function escalateUnread(
  change: ReviewedChange,
  size: { readonly changedLines: number; readonly maximumBytes: number },
): Verdict {
  const unread = `the diff is longer than ${size.maximumBytes} bytes (${size.changedLines} changed lines)`;
  return {
    subject: change.subject,
    decision: "escalate",
    summary: `Not reviewed: ${unread}. A person has to read it, or the issue has to be split.`,
    findings: findUnseen(change.diff).slice(0, MAXIMUM_FINDINGS),
    assumptions: [],
    notVerified: [unread],
    smallestRollback: "",
    criteria: coverCriteria([], change.contract),
    risk: higherRisk("high", change.risk),
  };
}
