import { tokensOf } from "../../domain/budget.ts";
import type { Contract } from "../../domain/contract.ts";
import type { ObjectId } from "../../domain/digest.ts";
import type { Evidence } from "../../domain/evidence.ts";
import type { Refusal } from "../../domain/refusal.ts";
import type { Usage } from "../../domain/usage.ts";
import type { Verdict } from "../../domain/verdict.ts";
import { sayComparison } from "../comparison.ts";
import { CRITERIA_FOLD, listCriteria, renderCriteria } from "../criteria/table.ts";
import { counted, sayTokens, sayUsd } from "../figures.ts";
import { fold } from "../fold.ts";
import { sayRefusal } from "../refusals.ts";
import { boundBody, ownLink, safeText } from "../safe-text.ts";
import { sayChecks } from "./body.ts";
import { sayFinding, titleOfReview } from "./review-comment.ts";

export interface ExaminationText {
  readonly head: ObjectId;
  /** What its change is measured against. */
  readonly base: ObjectId;
  readonly contract: Contract;
  readonly evidence: readonly Evidence[];
  /** Absent where no review was asked for, or none came. */
  readonly verdict: Verdict | undefined;
  /** Why it does not hold, the first the most telling. */
  readonly refusals: readonly Refusal[];
  readonly usage: Usage;
  readonly runUrl: string;
}

/** First line of the comment: there is one for each head that was looked at. */
export function examinationMarker(head: ObjectId): string {
  return `### Millwright · looked at ${head.slice(0, 12)}`;
}

export function titleOfExamination({ refusals, verdict }: ExaminationText): string {
  if (refusals.length > 0) return `${counted(refusals.length, "thing does", "things do")} not hold`;
  return verdict === undefined ? "Every check holds" : titleOfReview(verdict);
}

/** What was seen of a pull request as it stands. It advises: it neither approves nor stops anything, and says so. */
export function renderExamination(text: ExaminationText): string {
  const { head, base, contract, evidence, verdict, refusals, usage, runUrl } = text;
  const criteria = { contract, evidence, ...(verdict === undefined ? {} : { verdict }) };
  const lines = [
    examinationMarker(head),
    "",
    `**${titleOfExamination(text)}.**`,
    "",
    ...refusals.map((refusal) => `- ${sayRefusal(refusal)}`),
    `- **Checks** ${sayChecks(evidence)}`,
    `- **Tests** ${sayComparison(evidence.find((piece) => piece.kind === "test-comparison"))}`,
    "",
    ...renderCriteria(criteria),
    "",
    ...fold(CRITERIA_FOLD, listCriteria(criteria)),
    "",
    ...(verdict === undefined
      ? []
      : [safeText(verdict.summary), "", ...verdict.findings.flatMap(sayFinding), ""]),
    `Of commit \`${head.slice(0, 12)}\` against \`${base.slice(0, 12)}\`, and of no other. This is advice: the branch stays as it is, nothing is approved and nothing stopped. ${sayTokens(tokensOf(usage))} tokens, ${sayUsd(usage.usd)} · ${ownLink("the run", runUrl)}`,
    "",
  ];
  return boundBody(lines.join("\n"), { whole: `${ownLink("The run", runUrl)} holds all of it.` });
}
