import { tokensOf } from "../../domain/budget.ts";
import type { SealedEntry } from "../../domain/ledger.ts";
import { AT_PEOPLE, type Stage } from "../../domain/stage.ts";
import { spentOn, workedOn } from "../../measures/spent.ts";
import { typed } from "../commands.ts";
import { counted, sayDuration, sayTokens, sayUsd } from "../figures.ts";
import { ownMention } from "../safe-text.ts";
import { sayAsked } from "./ask-comment.ts";
import { askAt } from "./asks.ts";
import { sayEvent } from "./ledger-table.ts";
import { WHO_IS_NEXT } from "./who-is-next.ts";

/** First line of the answer to one comment: it is given once. */
export function explanationMarker(comment: number): string {
  return `### Millwright · explained, for comment ${comment}`;
}

export function assignmentMarker(comment: number): string {
  return `### Millwright · assigned, for comment ${comment}`;
}

export function renderAssignment(said: {
  readonly comment: number;
  readonly person: string;
}): string {
  return [
    assignmentMarker(said.comment),
    "",
    `${ownMention(said.person)} is asked about this issue from now on, until somebody else comments ${typed("assign-me")}.`,
    "",
  ].join("\n");
}

/** More of them are in the ledger; these are what a person reads. */
const MOST_EVENTS = 8;

/** The record of an issue as an answer: nothing in it comes from a model of now. */
export function renderExplanation(record: {
  readonly comment: number;
  readonly stage: Stage;
  readonly entries: readonly SealedEntry[];
  readonly people: readonly string[];
  readonly issue: number;
  /** Address of the repository. */
  readonly repository: string;
  readonly usdPerIssue: number;
}): string {
  const { entries, stage } = record;
  const ask = askAt(stage, entries);
  const shown = entries.slice(-MOST_EVENTS);
  const earlier = entries.length - shown.length;
  const usage = spentOn(entries);
  return [
    explanationMarker(record.comment),
    "",
    `**Where it stands:** \`${stage}\`. ${WHO_IS_NEXT[stage]}${AT_PEOPLE.includes(stage) && record.people.length > 0 ? ` (${sayAsked(record.people)})` : ""}`,
    ...(ask === undefined ? [] : ["", ask]),
    "",
    "**How it came here**",
    "",
    ...(earlier > 0 ? [`- ${counted(earlier, "earlier step")}, in the ledger`] : []),
    ...shown.map(
      ({ at, event }) =>
        `- ${minute(at)} · ${sayEvent(event, { repository: record.repository, issue: record.issue })}`,
    ),
    "",
    `**What it cost:** ${sayTokens(tokensOf(usage))} tokens in ${counted(usage.requests, "model call")}, ${sayDuration(workedOn(entries))} of work, ${sayUsd(usage.usd)} of the ${sayUsd(record.usdPerIssue)} that an issue may cost.`,
    "",
  ].join("\n");
}

function minute(at: string): string {
  return `${at.slice(0, 16).replace("T", " ")} UTC`;
}
