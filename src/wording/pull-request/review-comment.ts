import { tokensOf } from "../../domain/budget.ts";
import type { ObjectId } from "../../domain/digest.ts";
import type { SealedPullWork } from "../../domain/ledger/pull-work.ts";
import type { Usage } from "../../domain/usage.ts";
import type { Finding, Verdict } from "../../domain/verdict.ts";
import { counted, sayTokens, sayUsd } from "../figures.ts";
import { BODY_CHARACTERS, boundBody, ownLink, safeText } from "../safe-text.ts";
import { beforeWorkFold, renderWorkFold } from "./work-lines.ts";

/** First line of the review's comment: by it the one comment is found again. */
export const REVIEW_MARKER = "### Millwright · review";

const WORDS: Readonly<Record<Verdict["decision"], string>> = {
  approve: "The reviewer found nothing that has to change.",
  rework: "Something should change before this is merged.",
  escalate: "The reviewer could not judge this: a person has to look.",
};

const NOT_MET: Readonly<Record<Verdict["criteria"][number]["answer"], string>> = {
  yes: "met",
  partly: "met in part",
  no: "not met",
};

/** The title of the check run. */
export function titleOfReview({ decision, findings }: Verdict): string {
  const count = counted(findings.length, "finding");
  return `${count}. ${WORDS[decision]}`;
}

/** The review of a person's pull request. It advises: it neither approves nor stops anything, and says so. */
export function renderReview(review: {
  readonly verdict: Verdict;
  readonly usage: Usage;
  readonly head: ObjectId;
  readonly runUrl: string;
  /** What this and earlier reviews of the pull request cost, the last lines for machines. */
  readonly works?: readonly SealedPullWork[];
}): string {
  const { verdict, usage, head, runUrl, works = [] } = review;
  const unmet = verdict.criteria.filter(({ answer }) => answer !== "yes");
  const lines = [
    REVIEW_MARKER,
    "",
    `**${WORDS[verdict.decision]}** ${safeText(verdict.summary)}`,
    "",
    ...verdict.findings.flatMap(sayFinding),
    ...unmet.map(
      ({ id, answer, evidence }) =>
        `- **${safeText(id)} ${NOT_MET[answer]}** ${safeText(evidence)}`,
    ),
    ...verdict.notVerified.map((one) => `- Not verified: ${safeText(one)}`),
    `- Risk ${verdict.risk} · smallest rollback: ${safeText(verdict.smallestRollback) || "revert the merge commit"}`,
    "",
    `Of commit \`${head.slice(0, 12)}\`, read and not run. This is advice: it approves nothing and stops nothing. ${sayTokens(tokensOf(usage))} tokens, ${sayUsd(usage.usd)} · ${ownLink("the run", runUrl)}`,
    "",
  ];
  return withWorks(lines.join("\n"), { runUrl, works });
}

/**
 * The comment where a review came to nothing, and cost money: the last review stays as it was said, and where there was none, this
 * says so.
 */
export function renderUnreviewed(cost: {
  /** The comment as it stands; undefined before the first review. */
  readonly before: string | undefined;
  readonly usage: Usage;
  readonly runUrl: string;
  readonly works: readonly SealedPullWork[];
}): string {
  const { before, usage, runUrl, works } = cost;
  const nothing = [
    REVIEW_MARKER,
    "",
    `**No review came of this.** ${ownLink("The run", runUrl)} says why. It cost ${sayUsd(usage.usd)}, which counts for the money of the day.`,
  ];
  const text = before === undefined ? nothing.join("\n") : beforeWorkFold(before);
  return withWorks(`${text}\n`, { runUrl, works });
}

function withWorks(
  text: string,
  about: { readonly runUrl: string; readonly works: readonly SealedPullWork[] },
): string {
  const { runUrl, works } = about;
  const whole = `${ownLink("The run", runUrl)} holds all of it.`;
  const fold = renderWorkFold(works);
  if (fold.length === 0) return boundBody(text, { whole });
  const machine = fold.join("\n");
  const characters = BODY_CHARACTERS - machine.length - 1;
  return `${boundBody(text, { whole, characters })}\n${machine}`;
}

export function sayFinding({ severity, path, line, claim, howItFails, suggestion }: Finding) {
  return [
    `- **${severity}** ${safeText(`${path}:${line}`)} ${safeText(claim)}`,
    `  ${safeText(howItFails)}`,
    ...(suggestion === undefined ? [] : [`  Suggested: ${safeText(suggestion)}`]),
  ];
}
