import { STRAIGHT_WAY } from "../../domain/stage.ts";
import { count, type Figure, known, share, unknown } from "../figure.ts";
import type { History, Window, Work } from "../history/history.ts";
import { isWithin, overlap } from "./window.ts";

/** A stage of the straight way. */
export interface FunnelRow {
  readonly stage: string;
  /** Issues that reached it, of those that entered the line in the window. */
  readonly reached: Figure;
  /** Total time of issues there within the window, in ms. Absent for the last stage, where they stay. */
  readonly stood?: Figure;
}

/** A reason with its count. */
export interface ReasonRow {
  readonly reason: string;
  readonly times: number;
  readonly from: readonly string[];
}

export interface Funnel {
  readonly rows: readonly FunnelRow[];
  readonly attempts: Figure;
  /** Of the attempts, those that were sent back. */
  readonly sentBack: Figure;
  /** Reasons, most frequent first; an attempt may have several. */
  readonly sendBackReasons: readonly ReasonRow[];
  /** Refusals by their codes, most frequent first. */
  readonly refusals: readonly ReasonRow[];
}

export function funnelOf({ work }: History, window: Window): Funnel {
  if ("untold" in work) {
    const nothing = unknown("count", work.untold);
    const sentBack = unknown("share", work.untold);
    return { rows: [], attempts: nothing, sentBack, sendBackReasons: [], refusals: [] };
  }
  const { attempts, sendBacks, refusals } = work.known;
  const begun = attempts.filter(({ at }) => isWithin(at, window));
  const back = sendBacks.filter(({ at }) => isWithin(at, window));
  const refused = refusals.filter(({ at }) => isWithin(at, window));
  const names = new Set(back.map(nameOf));
  return {
    rows: rowsOf(work.known, window),
    attempts: known("count", begun.length, begun.map(nameOf)),
    sentBack: share(
      begun.map(nameOf).filter((name) => names.has(name)),
      begun.map(nameOf),
      "nothing-attempted",
    ),
    sendBackReasons: tally(
      back.flatMap((one) => one.reasons.map((reason) => [reason, `#${one.issue}`] as const)),
    ),
    refusals: tally(refused.map(({ code, issue }) => [code, `#${issue}`] as const)),
  };
}

/** An attempt is named by its branch: `12-1`. */
function nameOf({ issue, attempt }: { readonly issue: number; readonly attempt: number }): string {
  return `#${issue} attempt ${attempt}`;
}

/** Stages of the straight way, for the issues whose first stage began in the window. */
function rowsOf({ stays }: Work, window: Window): readonly FunnelRow[] {
  const byIssue = Map.groupBy(stays, ({ issue }) => issue);
  const came = new Set(
    [...byIssue].flatMap(([issue, own]) => {
      const first = own.map(({ from }) => from).toSorted()[0];
      return first !== undefined && isWithin(first, window) ? [issue] : [];
    }),
  );
  return STRAIGHT_WAY.map((stage, index) => {
    // An issue at a later stage passed this one: a config without approval skips `proposed`.
    const later = STRAIGHT_WAY.slice(index);
    const reached = [...came].filter((issue) =>
      byIssue.get(issue)?.some((stay) => later.some((one) => one === stay.stage)),
    );
    const here = stays
      .filter((stay) => stay.stage === stage)
      .map((stay) => ({ id: `#${stay.issue}`, ms: overlap(stay, window) }))
      .filter(({ ms }) => ms > 0);
    return {
      stage,
      reached: count(reached.map((issue) => `#${issue}`)),
      ...(later.length === 1 ? {} : { stood: sumOf(here) }),
    };
  });
}

function sumOf(spans: readonly { readonly id: string; readonly ms: number }[]): Figure {
  return known(
    "ms",
    spans.reduce((sum, { ms }) => sum + ms, 0),
    spans.map(({ id }) => id),
  );
}

/** Count of each word, most frequent first, then alphabetical. */
export function tally(found: readonly (readonly [string, string])[]): readonly ReasonRow[] {
  const byWord = Map.groupBy(found, ([word]) => word);
  return [...byWord]
    .map(([reason, own]) => ({
      ...{ reason, times: own.length },
      from: [...new Set(own.map(([, id]) => id))],
    }))
    .toSorted((left, right) => right.times - left.times || (left.reason < right.reason ? -1 : 1));
}
