import { commandLine, versionWord } from "../../domain/command.ts";
import type { Digest } from "../../domain/digest.ts";
import type { Refusal, RefusalCode } from "../../domain/refusal.ts";
import { typed } from "../commands.ts";
import { sayAdvice, sayWhy, sentence } from "../refusals.ts";
import { ownLink, ownMention } from "../safe-text.ts";
import { sayHeld } from "./asks.ts";

/** Codes whose advice is to say what should be different. */
const BY_REWORK: ReadonlySet<RefusalCode> = new Set([
  "criterion-unproven",
  "dependencies-unapproved",
  "lines-unnoticed",
  "path-not-allowed",
  "risk-unapproved",
  "tests-not-failing-on-base",
  "tests-not-ready",
] satisfies RefusalCode[]);

const ASKED = "### Millwright · a person is asked, by line ";

/** First line of the comment by which a person is asked: new for each line of the ledger that asks, so that they are told. */
export function askMarker(line: number): string {
  return `${ASKED}${line}`;
}

/** Whom a comment calls, as it says it; undefined where it asks nobody. */
export function calledIn(body: string): string | undefined {
  return body.startsWith(ASKED) ? (body.split("\n")[2] ?? "") : undefined;
}

/** The line of the ledger that a comment asks for; undefined where it asks for none. */
export function lineAsking(body: string): number | undefined {
  const line = body.startsWith(ASKED) ? /^[1-9][0-9]{0,9}$/.exec(firstAfter(ASKED, body)) : null;
  return line === null ? undefined : Number(line[0]);
}

function firstAfter(beginning: string, body: string): string {
  return (body.slice(beginning.length).split(/\r?\n/)[0] ?? "").trim();
}

export function reminderMarker(line: number, number: number): string {
  return `### Millwright · a person is still asked, by line ${line}, reminder ${number}`;
}

export function renderReminder(reminder: {
  readonly line: number;
  readonly number: number;
  readonly people: readonly string[];
  /** Day of the question. */
  readonly since: string;
  /** Where the question stands. */
  readonly url: string;
}): string {
  const asked = sayAsked(reminder.people);
  return [
    reminderMarker(reminder.line, reminder.number),
    "",
    ...(asked === "" ? [] : [asked, ""]),
    `Since ${reminder.since} this waits for an answer: ${ownLink("the question", reminder.url)}.`,
    "",
  ].join("\n");
}

/** Those who are asked, by their logins or teams; an empty text where nobody is known. */
export function sayAsked(people: readonly string[]): string {
  return people.map(ownMention).join(", ");
}

/** @param lines what is asked, what is recommended, and the exact reply: Markdown of this room's renderers */
export function renderAsk(ask: {
  readonly line: number;
  readonly people: readonly string[];
  readonly lines: readonly string[];
}): string {
  const asked = sayAsked(ask.people);
  return [askMarker(ask.line), "", ...(asked === "" ? [] : [asked, ""]), ...ask.lines, ""].join(
    "\n",
  );
}

/** A refusal: what stopped, what to do, and what to type when it is done, as a block that GitHub offers to copy. */
export function linesOfRefusal(refusal: Refusal): readonly string[] {
  return [
    `**Asked:** ${sentence(sayWhy(refusal))}`,
    `**Recommended:** ${sentence(sayAdvice(refusal))}`,
    "**Reply:**",
    ...block(replyTo(refusal)),
  ];
}

/** What is typed, alone on its line. */
function block(reply: string): readonly string[] {
  return ["", "```", reply, "```"];
}

/** Asked after quiet hours, when why a person merges stands in the ledger alone. */
export function linesOfMerge(ask: {
  readonly pullRequest: number;
  /** Its address: the link is below it. */
  readonly repository: string;
  readonly areRunsHeld: boolean;
}): readonly string[] {
  const url = `${ask.repository}/pull/${ask.pullRequest}`;
  const pull = ownLink(`pull request ${ask.pullRequest}`, url);
  return [
    "**A person merges this.** The ledger says why. It was ready in quiet hours, so nobody was called.",
    `Recommended: open ${pull}, read it, press “Merge pull request”. Every condition of its gate is met.${sayHeld(ask)}`,
    `Otherwise ${typed("rework")} and what should be different: the next attempt is a commit on it.`,
  ];
}

/** A contract that was written again stands in the comment of the one before it. */
export function linesOfContract(contract: Digest): readonly string[] {
  return [
    "**Asked:** Does the rewritten contract say what you want?",
    "**Recommended:** read its current version. The factory builds what it says, and nothing else.",
    `**Reply**, or ${typed("rework")} and what should be different:`,
    ...block(commandLine("approve", ` ${versionWord(contract)}`)),
  ];
}

/** The one reply that follows the advice. At the stage where a person is asked, a retry is always understood. */
function replyTo({ code, hint }: Refusal): string {
  if (typeof hint === "object") {
    switch (hint.code) {
      case "approve-this-version":
        return commandLine("approve", ` ${versionWord(hint.contract)}`);
      case "approve-risk":
        return commandLine("approve", ` ${versionWord(hint.digest)}`);
      case "approve-lockfile":
        return commandLine("approve-lockfile", ` ${hint.digest}`);
      case "guard-workflow":
        return commandLine("retry");
      case "take-back-by-hand":
        return commandLine("resume");
    }
  }
  const rework = hint === "merge-or-rework" || (hint === undefined && BY_REWORK.has(code));
  return rework ? commandLine("rework", ": …") : commandLine("retry");
}
