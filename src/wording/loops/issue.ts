import { canonicalJson } from "../../domain/digest.ts";
import type { Measures } from "../../domain/loop/gathered.ts";
import type { Loop } from "../../domain/loop/loop.ts";
import { type LoopState, SealedState } from "../../domain/loop/state.ts";
import { typed } from "../commands.ts";
import { counted, sayMinute } from "../figures.ts";
import { inAscii } from "../issue/machine-lines.ts";
import type { FiledIssue } from "../issue/quality-gap.ts";
import { boundBody, safeText } from "../safe-text.ts";

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
    `What the loop ${safeText(`\`${path}\``)} did last, at ${sayMinute(state.last.at)} (UTC). It is edited in place.`,
    "",
    ...(said === undefined ? [] : saySaid(state, said)),
    ...sayMeasures(loop, state),
    ...sayFindings(state),
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
    `> **Stopped** at ${sayMinute(at)} (UTC): its guard \`${measure}\` went from ${from} to ${to}.`,
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
  const { filed, started, expired, waiting, dismissed, reached } = said;
  const parts = [
    `Found ${counted(last.items, "item")}.`,
    ...(reached ? ["Its exit condition holds, so nothing is filed."] : []),
    ...(filed.length === 0 ? [] : [`Filed ${named(filed)}.`]),
    ...(started.length === 0 ? [] : [`Put on the line: ${named(started)}.`]),
    ...(expired.length === 0 ? [] : [`Closed as no longer found: ${named(expired)}.`]),
    ...(waiting === 0 ? [] : [`${counted(waiting, "item")} not filed: the bounds of the loop.`]),
    ...(dismissed === 0 ? [] : [`${counted(dismissed, "item")} not filed: not wanted.`]),
  ];
  return [parts.join(" "), ""];
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
    "| measure | at the beginning | now | |",
    "|---|---:|---:|---|",
    ...names.map(
      (name) =>
        `| \`${name}\` | ${figure(state.baseline, name)} | ${figure(state.measures, name)} | ${roleOf(name).join(", ")} |`,
    ),
    "",
  ];
}

function figure(measures: Measures, name: string): string {
  return Object.hasOwn(measures, name) ? `${measures[name]}` : "";
}

function sayFindings({ findings }: LoopState): readonly string[] {
  if (findings.length === 0) return ["None of its issues is open.", ""];
  return [
    "| open issue | found last |",
    "|---|---|",
    ...findings.map(({ issue, seenAt }) => `| #${issue} | ${sayMinute(seenAt)} |`),
    "",
  ];
}

function named(issues: readonly number[]): string {
  return issues.map((issue) => `#${issue}`).join(", ");
}
