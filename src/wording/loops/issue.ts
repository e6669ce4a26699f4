import { canonicalJson } from "../../domain/digest.ts";
import type { Measures } from "../../domain/loop/gathered.ts";
import type { Loop } from "../../domain/loop/loop.ts";
import { type LoopState, SealedState } from "../../domain/loop/state.ts";
import type { NotTaken } from "../../domain/loop/take-judgement.ts";
import { typed } from "../commands.ts";
import { counted, sayMinute, sayUsd } from "../figures.ts";
import { inAscii } from "../issue/machine-lines.ts";
import type { FiledIssue } from "../issue/quality-gap.ts";
import { boundBody, safeText } from "../safe-text.ts";
import { sayNotTaken } from "./judged.ts";

const FENCE = "```json";
const FENCE_END = "```";

/** Last line of the one issue that says how a loop fares. */
export function loopMarker(loop: string): string {
  return `Fingerprint: \`millwright:loop:${loop}\``;
}

/** The same line, whatever the loop. */
export const LOOP_MARKER = /^Fingerprint: `millwright:loop:[a-z][a-z0-9-]{0,39}`$/;

/** What the last run came to, in figures. */
export interface LoopSaid {
  readonly filed: readonly number[];
  /** Put on the line. */
  readonly started: readonly number[];
  readonly expired: readonly number[];
  readonly waiting: number;
  readonly dismissed: number;
  readonly reached: boolean;
  /** Items that its judge has not made issues of. */
  readonly unfiled: number;
  /** Words of its judge that are not taken. */
  readonly notTaken: readonly NotTaken[];
}

/** The one issue of a loop: opened once, then edited in place, which notifies nobody. */
export function renderLoopIssue(about: {
  readonly loop: Loop;
  readonly path: string;
  readonly sealed: SealedState;
  /** Undefined where the loop stopped. */
  readonly said: LoopSaid | undefined;
}): FiledIssue {
  const { loop, path, sealed, said } = about;
  const { state } = sealed;
  const marker = loopMarker(state.loop);
  const lines = [
    ...(state.stopped === undefined ? [] : sayStopped(state)),
    ...(said === undefined ? [] : saySaid(state, said)),
    sayFindings(state),
    "",
    ...sayMeasures(loop, state),
    ...saySpent(state),
    `What the loop ${safeText(`\`${path}\``)} did last, at ${sayMinute(state.last.at)}. It is edited in place.`,
    "",
    "<details><summary>Machine-readable state</summary>",
    "",
    FENCE,
    inAscii(canonicalJson(sealed)),
    FENCE_END,
    "",
    "</details>",
    "",
    marker,
  ];
  return { marker, title: `Loop ${state.loop}`, body: boundBody(lines.join("\n")) };
}

/** The state in the body of a loop's issue; undefined where it was changed so that nobody can read it. */
export function parseLoopIssue(body: string): SealedState | undefined {
  const lines = body.replaceAll("\r\n", "\n").split("\n");
  const at = lines.lastIndexOf(FENCE);
  const line = lines[at + 1];
  if (at < 0 || line === undefined || lines[at + 2] !== FENCE_END) return undefined;
  try {
    return SealedState.safeParse(JSON.parse(line)).data;
  } catch {
    return undefined;
  }
}

function sayStopped({ stopped }: LoopState): readonly string[] {
  if (stopped === undefined) return [];
  const { at, measure, from, to, undone, left } = stopped;
  return [
    "> [!IMPORTANT]",
    `> **Stopped** at ${sayMinute(at)}: its guard \`${measure}\` went from ${from} to ${to}.`,
    `> ${sayUndone(undone, left)}`,
    `> Read what happened, then comment ${typed("resume")} here. The loop continues at its next time, and measures from there.`,
    "",
  ];
}

function sayUndone(undone: readonly number[], left: readonly number[]): string {
  const closed =
    undone.length === 0
      ? "Its last run left nothing to undo."
      : `The issues of its last run are closed: ${named(undone)}.`;
  return left.length === 0 ? closed : `${closed} Left to people, who hold it: ${named(left)}.`;
}

function saySaid({ last }: LoopState, said: LoopSaid): readonly string[] {
  const { filed, started, expired, waiting, dismissed, reached, unfiled, notTaken } = said;
  const parts = [
    `**Found ${counted(last.items, "item")}.**`,
    ...(reached ? ["Its exit condition holds, so nothing is filed."] : []),
    ...(filed.length === 0 ? [] : [`Filed ${named(filed)}.`]),
    ...(started.length === 0 ? [] : [`Put on the line: ${named(started)}.`]),
    ...(expired.length === 0 ? [] : [`Closed as no longer found: ${named(expired)}.`]),
    ...(waiting === 0 ? [] : [`${counted(waiting, "item")} not filed: the bounds of the loop.`]),
    ...(dismissed === 0 ? [] : [`${counted(dismissed, "item")} not filed: not wanted.`]),
    ...(unfiled === 0 ? [] : [`${counted(unfiled, "item")} not filed: the judge.`]),
  ];
  return [parts.join(" "), "", ...sayUntied(notTaken)];
}

const MOST_WORDS = 10;

function sayUntied(words: readonly NotTaken[]): readonly string[] {
  if (words.length === 0) return [];
  const left = words.length - MOST_WORDS;
  return [
    "Not taken of what the judge said, because nothing ties it to what is there:",
    "",
    ...words.slice(0, MOST_WORDS).map(sayNotTaken),
    ...(left > 0 ? [`- and ${left} more`] : []),
    "",
  ];
}

function sayMeasures({ guards, until }: Loop, state: LoopState): readonly string[] {
  const names = Object.keys(state.measures).sort();
  if (names.length === 0) return [];
  const roleOf = (name: string) => [
    ...guards
      .filter(({ measure }) => measure === name)
      .map(({ worse }) => `guard: ${worse} is worse`),
    ...(until?.startsWith(`${name} `) ? [`ends at \`${until}\``] : []),
  ];
  return [
    "| Measure | At first | Now |",
    "|---|---:|---:|",
    ...names.map((name) => {
      const role = roleOf(name).map((said) => ` · ${said}`);
      return `| \`${name}\`${role.join("")} | ${figure(state.baseline, name)} | ${figure(state.measures, name)} |`;
    }),
    "",
  ];
}

function figure(measures: Measures, name: string): string {
  return Object.hasOwn(measures, name) ? `${measures[name]}` : "";
}

/** Its open issues; of those that the last run did not find, when it was that one did. */
function sayFindings({ findings, last }: LoopState): string {
  if (findings.length === 0) return "None of its issues is open.";
  const named = findings.map(({ issue, seenAt }) =>
    seenAt === last.at ? `#${issue}` : `#${issue} (found last at ${sayMinute(seenAt)})`,
  );
  return `Open: ${named.join(", ")}.`;
}

function saySpent({ spent = [] }: LoopState): readonly string[] {
  if (spent.length === 0) return [];
  return [
    "| day (UTC) | the judge cost |",
    "|---|---:|",
    ...spent.map(({ day, usd }) => `| ${day} | ${sayUsd(usd)} |`),
    "",
  ];
}

function named(issues: readonly number[]): string {
  return issues.map((issue) => `#${issue}`).join(", ");
}
