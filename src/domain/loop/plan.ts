import type { Digest } from "../digest.ts";
import { millisecondsBetween } from "../text/time.ts";
import { holds, measureOf } from "./condition.ts";
import { type Gathered, type GatheredItem, ITEMS, type Measures } from "./gathered.ts";
import { baselineOf, judgeGuards, type Worsened } from "./guards.ts";
import { keyOf } from "./key-of.ts";
import type { Loop } from "./loop.ts";
import { type OpenFinding, startsAmong } from "./open-finding.ts";
import type { Finding, LoopState } from "./state.ts";
import type { JudgedItem, Taken } from "./take-judgement.ts";

const DAY_MS = 86_400_000;

type Keys = ReadonlySet<Digest>;

export interface PlanInput {
  readonly loop: Loop;
  readonly name: string;
  readonly gathered: Gathered;
  /** State after the last run; undefined before the first. */
  readonly state: LoopState | undefined;
  readonly open: readonly OpenFinding[];
  /** Keys of issues that a person closed as not wanted. They are never filed again. */
  readonly dismissed: ReadonlySet<Digest>;
  /** A person has resumed a stopped loop. */
  readonly resumed: boolean;
  readonly run: number;
  readonly now: string;
  /** The judge's checked answer; null if a judge was not asked. Absent: the loop has none, and code alone decides. */
  readonly judged?: Taken | null;
}

/** An item to open an issue for, with a judge's result if there is one. */
export type FiledItem = GatheredItem & Partial<Pick<JudgedItem, "rests" | "own" | "reason">>;

/** Actions of one loop run. Issues are named by number; their text is decided elsewhere. */
export type LoopPlan =
  /** A measure that decides is unknown, so nothing is done. */
  | { readonly kind: "unknown"; readonly measure: string }
  /** A guard worsened: the issues of the last run are closed, except those that people hold. */
  | {
      readonly kind: "stops";
      readonly worsened: Worsened;
      readonly undo: readonly number[];
      readonly left: readonly number[];
      readonly measures: Measures;
    }
  | {
      readonly kind: "acts";
      /** `until` holds: nothing new is filed. */
      readonly reached: boolean;
      readonly file: readonly FiledItem[];
      /** Found again: rewritten if the text differs. */
      readonly seen: readonly { readonly issue: number; readonly item: FiledItem }[];
      readonly expire: readonly number[];
      /** Put on the line now: found again, and nobody has written on it since it was filed. */
      readonly start: readonly number[];
      /** Found and not filed, because of the limits on open issues or on issues of one run. */
      readonly waiting: number;
      /** Found, and not wanted by a person. */
      readonly dismissed: number;
      /** Found, and not chosen by the judge. */
      readonly unfiled: number;
      readonly measures: Measures;
      readonly baseline: Measures;
      /** Issues that stay open, as remembered. New ones are added once their number is known. */
      readonly findings: readonly Finding[];
    };

/**
 * Decides the actions that follow from a gathering. Guards come first, then `until`, then filing, keeping and closing.
 * An issue closes only by time, by a guard, or by a person, never because a gatherer failed.
 */
export function planLoop(input: PlanInput): LoopPlan {
  const { loop, gathered, state, resumed } = input;
  const measures = { ...gathered.measures, [ITEMS]: gathered.items.length };
  const before = state === undefined || resumed ? {} : state.baseline;
  const said = judgeGuards(loop.guards, { before, now: measures });
  if (said.kind === "unknown") return said;
  if (said.kind === "worsened") return { ...undoing(input), worsened: said.worsened, measures };
  const reached = loop.until === undefined ? false : holds(loop.until, measures);
  if (reached === undefined) return { kind: "unknown", measure: measureOf(loop.until ?? "") };
  const baseline = baselineOf(loop, { before, now: measures });
  return { ...acting(input, reached), measures, baseline };
}

type Stops = Extract<LoopPlan, { kind: "stops" }>;

function undoing({ state, open }: PlanInput): Pick<Stops, "kind" | "undo" | "left"> {
  const remembered = new Map(state?.findings.map((finding) => [finding.issue, finding]));
  // An issue that is not remembered was filed by the last run, which could not record it.
  const own = open.filter(
    ({ issue }) => (remembered.get(issue)?.run ?? state?.last.run) === state?.last.run,
  );
  const numbers = (isHeld: boolean) =>
    own.filter((one) => one.isHeld === isHeld).map(({ issue }) => issue);
  return { kind: "stops", undo: numbers(false), left: numbers(true) };
}

type Acts = Extract<LoopPlan, { kind: "acts" }>;

function acting(input: PlanInput, reached: boolean): Omit<Acts, "measures" | "baseline"> {
  const { loop, gathered, open } = input;
  const found = new Map(gathered.items.map((item) => [keyOf(item), item]));
  const hasJudge = input.judged !== undefined;
  const spoken = new Set(
    open.flatMap(({ key, rests = [] }) => (hasJudge ? [key, ...rests] : [key])),
  );
  const fresh = gathered.items.filter((item) => !spoken.has(keyOf(item)));
  const wanted = fresh.filter((item) => !input.dismissed.has(keyOf(item)));
  const stillFound = new Set(open.filter((one) => isFound(one, found)).map(({ issue }) => issue));
  const findings = remember(input, stillFound);
  const expire = expired(input, { findings, seen: stillFound });
  const room = Math.max(0, loop.effects.open - (open.length - expire.length));
  const candidates = candidatesOf(input, { wanted, spoken });
  const file = reached ? [] : candidates.slice(0, Math.min(room, loop.effects.file));
  const gone = new Set(expire);
  const unfiled = hasJudge ? wanted.length - restingOn(input, candidates) : 0;
  return {
    kind: "acts",
    reached,
    file,
    seen: seenAgain(input, found),
    expire,
    start: reached ? [] : startsAmong(open, { ...input, findings, seen: stillFound }),
    waiting: candidates.length - file.length,
    dismissed: fresh.length - wanted.length,
    unfiled,
    findings: findings.filter(({ issue }) => !gone.has(issue)),
  };
}

/**
 * Items that may be filed: all wanted ones, or a judge's selection. The judge answered earlier: an item that another
 * run's issue now covers, or that a person dismissed meanwhile, is not filed.
 */
function candidatesOf(
  { judged, dismissed }: PlanInput,
  { wanted, spoken }: { readonly wanted: readonly GatheredItem[]; readonly spoken: Keys },
): readonly FiledItem[] {
  if (judged === undefined) return wanted;
  const isSettled = (one: GatheredItem) => spoken.has(keyOf(one)) || dismissed.has(keyOf(one));
  return (judged?.file ?? []).flatMap((item): readonly FiledItem[] => {
    const rests = item.rests.filter((one) => !isSettled(one));
    const isOver = isSettled(item) || (item.own && rests.length < item.rests.length);
    return isOver ? [] : [{ ...item, rests }];
  });
}

/** The wanted items that an issue would cover. */
function restingOn({ judged }: PlanInput, candidates: readonly FiledItem[]): number {
  const own = candidates.flatMap((item) =>
    item.own === true ? (item.rests ?? []) : [item, ...(item.rests ?? [])],
  );
  const merged = [...(judged?.merged.values() ?? [])].flat();
  return new Set([...own, ...merged].map(({ key }) => key)).size;
}

function isFound(
  { key, rests = [] }: OpenFinding,
  found: ReadonlyMap<Digest, GatheredItem>,
): boolean {
  return [key, ...rests].some((one) => found.has(one));
}

/** Open issues whose own item is found again, with the items that they cover. A proposal has no item of its own, so its text stays. */
function seenAgain(
  { open, judged }: PlanInput,
  found: ReadonlyMap<Digest, GatheredItem>,
): Acts["seen"] {
  return open.flatMap(({ issue, key, rests = [] }) => {
    const item = found.get(key);
    if (item === undefined) return [];
    if (judged === undefined) return [{ issue, item }];
    const before = rests.flatMap((one) => found.get(one) ?? []);
    const more = [...before, ...(judged?.merged.get(key) ?? [])];
    return [{ issue, item: more.length === 0 ? item : { ...item, rests: more } }];
  });
}

/**
 * Every open issue of the loop. One that is not remembered counts as seen now. Whether a person took it off the line is
 * unknown, so its ledger decides whether it was started.
 */
function remember(
  { open, state, run, now }: PlanInput,
  seen: ReadonlySet<number>,
): readonly Finding[] {
  const remembered = new Map(state?.findings.map((finding) => [finding.issue, finding]));
  return open.map(({ issue, key, isBegun }) => {
    const known = remembered.get(issue);
    const filedBy = known?.run ?? state?.last.run ?? run;
    const started = known === undefined && isBegun === true ? filedBy : known?.started;
    return {
      issue,
      key,
      run: filedBy,
      seenAt: known === undefined || seen.has(issue) ? now : known.seenAt,
      ...(started === undefined ? {} : { started }),
    };
  });
}

function expired(
  { loop, open, now }: PlanInput,
  of: { readonly findings: readonly Finding[]; readonly seen: ReadonlySet<number> },
): readonly number[] {
  const held = new Set(open.filter(({ isHeld }) => isHeld).map(({ issue }) => issue));
  return of.findings
    .filter(({ issue, seenAt }) => {
      const age = millisecondsBetween(seenAt, now);
      // A present item does not expire, however short its time is.
      const isGone = !held.has(issue) && !of.seen.has(issue);
      return isGone && age >= loop.expireAfterDays * DAY_MS;
    })
    .map(({ issue }) => issue);
}
