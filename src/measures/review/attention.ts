import type { History, Window } from "../history/history.ts";
import { mergesWithin, wasTakenBack } from "./delivery.ts";
import { waitingNow } from "./efficiency.ts";
import type { Funnel } from "./funnel.ts";
import type { Initiative } from "./initiatives.ts";
import type { Vigilance } from "./vigilance.ts";

/** Something to look at: its kind, a number, and its place. The words are in `wording/pages/report/words.ts`. */
export interface Attention {
  readonly kind: AttentionKind;
  /** The counted amount: stops, merges, ms, lines, files. */
  readonly amount: number;
  /** Its area, stage or reason. */
  readonly about?: string;
  readonly from: readonly string[];
}

/** By severity; the first three present ones are shown. */
export const ATTENTION = [
  "line-stands-still",
  "taken-back",
  "escaped",
  "waits-for-people",
  "dead-automation",
  "unopened-lines",
  "often-sent-back",
  "stalled-initiative",
  "nobody-owns",
] as const;
export type AttentionKind = (typeof ATTENTION)[number];

const SHOWN = 3;

export interface Seen {
  readonly funnel: Funnel;
  readonly vigilance: Vigilance;
  readonly initiatives: readonly Initiative[];
}

/** In a fixed order, without weighing. */
export function attentionOf(history: History, window: Window, seen: Seen): readonly Attention[] {
  const found = [
    ...ofProduction(history, window, seen),
    ...ofPeople(history, window),
    ...ofUpkeep(seen),
  ].filter(({ amount }) => amount > 0);
  return found
    .toSorted((left, right) => ATTENTION.indexOf(left.kind) - ATTENTION.indexOf(right.kind))
    .slice(0, SHOWN);
}

function thing(
  kind: AttentionKind,
  amount: number,
  from: readonly string[],
  about?: string,
): Attention {
  return { kind, amount, from, ...(about === undefined ? {} : { about }) };
}

function ofProduction(
  history: History,
  window: Window,
  { vigilance, funnel }: Seen,
): readonly Attention[] {
  const { stops, escaped } = vigilance;
  const standing =
    "known" in stops ? stops.known.filter(({ liftedAt }) => liftedAt === undefined) : [];
  const taken = mergesWithin(history, window).filter((merge) => wasTakenBack(merge, window));
  const [most] = funnel.sendBackReasons;
  return [
    thing("line-stands-still", standing.length, idsOf(standing)),
    thing(
      "taken-back",
      taken.length,
      taken.map(({ id }) => id),
    ),
    ...("value" in escaped ? [thing("escaped", escaped.value, escaped.from)] : []),
    ...(most === undefined ? [] : [thing("often-sent-back", most.times, most.from, most.reason)]),
  ];
}

function ofPeople({ work }: History, window: Window): readonly Attention[] {
  if ("untold" in work) return [];
  const waiting = waitingNow(work.known, window);
  const [longest] = waiting;
  if (longest === undefined) return [];
  return [thing("waits-for-people", longest.ms, idsOf(waiting), String(waiting.length))];
}

function ofUpkeep({ vigilance, initiatives }: Seen): readonly Attention[] {
  const { automations, debt, owners } = vigilance;
  const dead = "known" in automations ? automations.known.filter(({ isDead }) => isDead) : [];
  const [most] = debt;
  const stalled = new Set(
    initiatives.flatMap((one) => ("value" in one.stalled ? one.stalled.from : [])),
  );
  const unowned = "known" in owners ? owners.known.flatMap((row) => row.unowned) : [];
  return [
    thing(
      "dead-automation",
      dead.length,
      dead.map(({ name }) => name),
    ),
    ...(most !== undefined && "value" in most.unopened
      ? [thing("unopened-lines", most.unopened.value, most.unopened.from, most.area)]
      : []),
    thing("stalled-initiative", stalled.size, [...stalled]),
    thing("nobody-owns", unowned.length, unowned),
  ];
}

function idsOf(issues: readonly { readonly issue: number }[]): readonly string[] {
  return issues.map(({ issue }) => `#${issue}`);
}
