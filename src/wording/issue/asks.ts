import { commandLine } from "../../domain/command.ts";
import type { Part } from "../../domain/github/snapshot.ts";
import type { SealedEntry } from "../../domain/ledger.ts";
import type { Refusal } from "../../domain/refusal.ts";
import type { Stage } from "../../domain/stage.ts";
import type { RiskAssessment } from "../../domain/trust/assess-risk.ts";
import { FALLEN_DAYS } from "../../domain/trust/fallen-trust.ts";
import { highestRiskMerged, type TrustLevel } from "../../domain/trust/trust-level.ts";
import { type Doubt, sayDoubt } from "../checks/gate-sentences.ts";
import { typed } from "../commands.ts";
import { RETRY, REWORK } from "../hints.ts";
import { sayRefusal } from "../refusals.ts";
import { ownLink, ownMention, safeText } from "../safe-text.ts";

/** First line of the comment that holds the questions; each round is a comment of its own, so that people are told. */
export function questionsMarker(round: number): string {
  return `### Millwright · questions, round ${round}`;
}

export function renderQuestions(
  round: number,
  questions: readonly string[],
  people: readonly string[] = [],
): string {
  return [
    questionsMarker(round),
    "",
    ...(people.length === 0 ? [] : [people.map(ownMention).join(", "), ""]),
    "**Before work can start, please answer:**",
    "",
    ...questions.map((question, index) => `${index + 1}. ${safeText(question)}`),
    "",
    "Answer in a comment of your own, then comment:",
    "",
    "```",
    commandLine("retry"),
    "```",
    "",
  ].join("\n");
}

export const DISTRUST_MARKER = "### Millwright · the ledger cannot be trusted";

/** Said beside a ledger that is not trusted, because nothing may be written into it. */
export function renderDistrust(refusal: Refusal): string {
  return [DISTRUST_MARKER, "", sayRefusal(refusal), ""].join("\n");
}

/** Each refusal in a line of its own; three lines are what a person reads. */
export function askForRefusals(refusals: readonly Refusal[]): string {
  return refusals.slice(0, 3).map(sayRefusal).join("\n");
}

export const ASK_QUESTIONS = `Answer the questions below in a comment of your own, then ${RETRY}.`;
export const ASK_APPROVAL = `Read the contract, then comment ${typed("approve")}, or ${typed("rework")} and what should be different.`;
export const ASK_STOPPED = `A person stopped this. Comment ${typed("retry")} to go on, or ${typed("rework")} and what should be different.`;

/** What a person is asked for where an issue stands, when nothing new has happened. */
export function askAt(stage: Stage, entries: readonly SealedEntry[]): string | undefined {
  const last = entries.at(-1)?.event;
  if (last?.kind === "refused") return askForRefusals([last.refusal]);
  if (last?.kind === "commanded" && last.command === "stop") return ASK_STOPPED;
  if (stage === "proposed") return ASK_APPROVAL;
  if (stage === "needs-info") return ASK_QUESTIONS;
  if (stage === "gating")
    return `Read the pull request and merge it, or ${REWORK} and what should be different.`;
  return undefined;
}

export function askForMerge(ask: {
  readonly pullRequest: number;
  readonly repository: string;
  /** GitHub holds the runs of the repository's own workflows on it. */
  readonly areRunsHeld: boolean;
  readonly risk: RiskAssessment;
  readonly reason: string;
  /** What the factory met when it tried, though every condition of its own is met. */
  readonly refusal?: Refusal | undefined;
}): string {
  const url = `${ask.repository}/pull/${ask.pullRequest}`;
  const pull = ownLink(`pull request ${ask.pullRequest}`, url);
  return [
    `**A person merges this.** ${ask.refusal === undefined ? ask.reason : "The factory could not."} Risk is ${ask.risk.risk}: ${safeText(ask.risk.reasons.join(", "))}.`,
    ask.refusal === undefined
      ? `Recommended: open ${pull}, read it, press “Merge pull request”. Every condition of its gate is met.${sayHeld(ask)}`
      : `${sayRefusal(ask.refusal)} It is about ${pull}.${sayHeld(ask)}`,
    `Otherwise ${REWORK} and what should be different: the next attempt is a commit on it.`,
  ].join("\n");
}

/** Nobody sees on the issue that runs wait there, and a merge may need them. */
export function sayHeld({ areRunsHeld }: { readonly areRunsHeld: boolean }): string {
  return areRunsHeld
    ? " Your own workflows for pull requests wait there until you approve their runs."
    : "";
}

/** Asked where the factory may not take the merge back by itself. */
export function askForRevert(ask: {
  readonly pullRequest: number;
  readonly repository: string;
  readonly level: TrustLevel;
  readonly sealed: boolean;
  readonly protectedPaths: readonly string[];
  readonly refusal: Refusal | undefined;
}): string {
  const url = `${ask.repository}/pull/${ask.pullRequest}`;
  const pull = ownLink(`pull request ${ask.pullRequest}`, url);
  const reason =
    ask.refusal === undefined
      ? reasonForPerson({ ...ask, doubts: [] })
      : `The factory could not: ${sayRefusal(ask.refusal)}`;
  return [
    `**Production is broken, and a person merges the revert.** ${reason}`,
    `Recommended: open ${pull}, press “Merge pull request”. Its checks passed on the result. The smoke test then runs again by itself.`,
    `Otherwise repair it by hand, then comment ${typed("resume")}.`,
  ].join("\n");
}

/** Why a change may be merged by the factory itself, or why a person merges it. */
export function sayAuthority(
  authority: Parameters<typeof reasonForPerson>[0] & {
    readonly by: "factory" | "person";
    readonly risk: RiskAssessment;
  },
): string {
  if (authority.by === "person") return reasonForPerson(authority);
  const highest = highestRiskMerged(authority.level) ?? "no";
  return `The config trusts these paths with \`${authority.level}\`: up to ${highest} risk, and this one is ${authority.risk.risk}.`;
}

export function reasonForPerson(reason: {
  readonly level: TrustLevel;
  readonly sealed: boolean;
  /** Why the level is lower than the config says. */
  readonly fallen?: Part<readonly number[]> | undefined;
  readonly protectedPaths: readonly string[];
  readonly doubts: readonly Doubt[];
}): string {
  if (reason.doubts.length > 0)
    return reason.doubts.map((doubt) => safeText(sayDoubt(doubt).sentence)).join(" ");
  const [path] = reason.protectedPaths;
  if (path !== undefined) return `It touches the protected path ${safeText(path)}.`;
  const cap = reason.sealed ? "" : ", the most without `FACTORY_SEAL_KEY`";
  return `Trust in these paths is \`${reason.level}\`${cap}${sayFallen(reason.fallen)}.`;
}

function sayFallen(fallen: Part<readonly number[]> | undefined): string {
  if (fallen === undefined) return "";
  if ("unknown" in fallen) {
    return `, lower than the config says, because recent reverts there are unknown (${safeText(fallen.unknown)})`;
  }
  const pulls = fallen.known.slice(0, 3).map((number) => `pull request ${number}`);
  return `, lower than the config says for ${FALLEN_DAYS} days after a merge there was reverted (${pulls.join(", ")})`;
}
