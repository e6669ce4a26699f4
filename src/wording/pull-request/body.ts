import type { Contract } from "../../domain/contract.ts";
import type { ObjectId } from "../../domain/digest.ts";
import { weighFailure } from "../../domain/evidence/known-failure.ts";
import type { TestsWritten } from "../../domain/evidence/tests-written.ts";
import type { CheckRun, Evidence } from "../../domain/evidence.ts";
import type { LeftOutFile } from "../../domain/proposal.ts";
import { cut, cutAtWord } from "../../domain/text/cut.ts";
import type { RiskAssessment } from "../../domain/trust/assess-risk.ts";
import type { Verdict } from "../../domain/verdict.ts";
import { sayFailureWeight } from "../checks/failure-weight.ts";
import { sayScope } from "../checks/scope.ts";
import { sayComparison } from "../comparison.ts";
import { listCriteria, renderCriteria, sayProven } from "../criteria/table.ts";
import { sayCorrection, sayWhoWrote } from "../criteria/who-wrote.ts";
import { sayDuration } from "../figures.ts";
import { fold } from "../fold.ts";
import { sayLeftOutFile } from "../left-out.ts";
import { sayNoticed } from "../noticed.ts";
import { boundBody, ownLink, safePlain, safeText } from "../safe-text.ts";
import { sayAddedPackages } from "./added-packages.ts";
import { renderStanding, type Standing } from "./standing.ts";
import { sayRatchet } from "./weaker-tests.ts";

/** GitHub's own bound on a title is 256 characters; a list of pull requests shows about this many. */
const TITLE_CHARACTERS = 100;
/** git's habit for the first line of a message. */
const SUBJECT_CHARACTERS = 72;

export interface PullRequestText {
  readonly issue: number;
  readonly contract: Contract;
  readonly summary: string;
  readonly assumptions: readonly string[];
  /** New files that are no part of the change. */
  readonly leftOut?: readonly LeftOutFile[];
  /** Who wrote the tests. */
  readonly tests?: TestsWritten;
  readonly evidence: readonly Evidence[];
  readonly verdict: Verdict;
  readonly risk: RiskAssessment;
  readonly runUrl: string;
  readonly standing: Standing;
}

/** All that can be opened in a pull request of the factory. */
export const EVIDENCE_FOLD = "How each criterion is shown, and what else was measured";

/**
 * Title and body of a pull request. The first lines say why it is not merged yet, and who is next; then what it does, the
 * criteria as the one table, and what whoever merges it has to know. How all of it was measured is folded. The one reference
 * is ours (threats OUT-04), and it closes nothing: a merge is not the end, and an issue whose smoke test failed must still
 * be open.
 */
export function renderPullRequest(text: PullRequestText): {
  readonly title: string;
  readonly body: string;
} {
  const body = [
    ...renderStanding(text.standing),
    safeText(text.summary) || "No summary was given.",
    "",
    `Part of #${text.issue}, which stays open until the change is live.`,
    "",
    `**Criteria:** ${safeText(sayProven(text))}.`,
    "",
    ...renderCriteria(text),
    "",
    ...sayToKnow(text),
    "",
    ...fold(EVIDENCE_FOLD, sayMeasured(text)),
    "",
    `${ownLink("The run", text.runUrl)} holds the evidence for exactly these bytes.`,
    "",
  ].join("\n");
  const whole = `${ownLink("The run", text.runUrl)} holds the whole in its artifacts.`;
  return {
    title: cut(safePlain(text.contract.goal), TITLE_CHARACTERS),
    body: boundBody(body, { whole }),
  };
}

/** The facts by which a person decides to merge. Unnamed tests are not listed: the fold says so. */
function sayToKnow(text: PullRequestText): readonly string[] {
  const { assumed, notVerified } = leftOpen(text);
  return [
    `- **Checks** ${sayChecks(text.evidence)}`,
    ...text.evidence
      .filter((piece) => piece.kind === "dependencies")
      .map((piece) => `- **Added packages** ${sayAddedPackages(piece)}`),
    ...text.evidence.filter((piece) => piece.kind === "ratchet").map(sayRatchet),
    ...(assumed.length === 0 ? [] : [`- **Assumed** ${sayList(assumed)}`]),
    ...(notVerified.length === 0 ? [] : [`- **Not verified** ${sayList(notVerified)}`]),
    ...sayLeftOut(text.leftOut ?? []),
    `- **Risk** ${text.risk.risk}: ${sayList(text.risk.reasons)}`,
    `- **Smallest rollback** ${safeText(text.verdict.smallestRollback) || "revert the merge commit"}`,
  ];
}

function leftOpen({ assumptions, verdict }: PullRequestText) {
  const assumed = [...new Set([...assumptions, ...verdict.assumptions])];
  return { assumed, notVerified: verdict.notVerified };
}

/** How the change was measured. */
function sayMeasured(text: PullRequestText): readonly string[] {
  const { assumed, notVerified } = leftOpen(text);
  return [
    ...listCriteria(text),
    `- **Tests** ${sayComparison(text.evidence.find((piece) => piece.kind === "test-comparison"))}`,
    ...sayTests(text.tests),
    ...sayNoticed(text.evidence).map((said) => `- **Noticed lines** ${safeText(said)}`),
    ...(assumed.length === 0 ? ["- **Assumed** nothing"] : []),
    ...(notVerified.length === 0 ? ["- **Not verified** the reviewer names nothing"] : []),
  ];
}

function sayTests(tests: TestsWritten | undefined): readonly string[] {
  if (tests === undefined) return [];
  const { corrections, takenBack } = tests;
  return [
    `- **Tests written** ${safeText(sayWhoWrote(tests))}`,
    ...(corrections.length === 0
      ? []
      : [`- **Tests corrected** ${sayList(corrections.map(sayCorrection))}`]),
    ...(takenBack.length === 0
      ? []
      : [`- **Put back** what the coder touched and was not its own: ${sayList(takenBack)}`]),
  ];
}

/** What a tool made is for the run's page alone. */
function sayLeftOut(leftOut: readonly LeftOutFile[]): readonly string[] {
  const written = leftOut.filter(({ isByProduct }) => !isByProduct);
  if (written.length === 0) return [];
  return [`- **Left out by .gitignore** ${sayList(written.map(sayLeftOutFile))}`];
}

/** How each check of the change went, in one line. */
export function sayChecks(evidence: readonly Evidence[]): string {
  const runs = evidence.filter(
    (piece): piece is CheckRun => piece.kind === "check" && piece.on === "change",
  );
  if (runs.length === 0) return "none ran";
  return runs.map((run) => sayCheck(run, evidence)).join(" · ");
}

/** A failure that the gate forgives is shown as what it is, or a person would look for what broke. */
function sayCheck(run: CheckRun, evidence: readonly Evidence[]): string {
  const took = `${safeText(run.name + sayScope(run))} ${sayDuration(run.durationMs)}`;
  if (run.status === "passed") return `✅ ${took}`;
  const weight = weighFailure(run, evidence);
  if (!weight.known) return `❌ ${took}`;
  const said = safeText(sayFailureWeight(weight));
  if (weight.flaky !== undefined) return `⚠️ ${took}, failed, and passed when it ran again: ${said}`;
  return `✅ ${took}, passes but for known failures: ${said}`;
}

function sayList(items: readonly string[]): string {
  return items.length === 0
    ? "nothing"
    : items.map((item) => safeText(cutAtWord(item, 300))).join("; ");
}

/** A commit message: a first line of at most 72 characters, then whose attempt it is and which tree was verified. */
export function renderCommitMessage(commit: {
  readonly issue: number;
  readonly attempt: number;
  readonly goal: string;
  readonly tree: ObjectId;
}): string {
  return [
    cut(safePlain(commit.goal), SUBJECT_CHARACTERS),
    "",
    `Issue: #${commit.issue}`,
    `Attempt: ${commit.attempt}`,
    `Verified-Tree: ${commit.tree}`,
  ].join("\n");
}
