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
  /** Of the last run; undefined before the first. */
  readonly state: LoopState | undefined;
  readonly open: readonly OpenFinding[];
  /** Keys whose issue a person closed as not wanted: they are never filed again. */
  readonly dismissed: ReadonlySet<Digest>;
  /** A person has let a stopped loop go on. */
  readonly resumed: boolean;
  readonly run: number;
  readonly now: string;
  /** What its judge says, checked; null where a judge was not asked. Absent: the loop has none, and code alone decides. */
  readonly judged?: Taken | null;
}

/** An item that an issue is opened for; with what a judge made of it, where one did. */
export type FiledItem = GatheredItem & Partial<Pick<JudgedItem, "rests" | "own" | "reason">>;

/** What one run of a loop does. Issues are named by number; how they read is not decided here. */
export type LoopPlan =
  /** A measure that decides is not known: nothing is done. */
  | { readonly kind: "unknown"; readonly measure: string }
  /** A guard worsened: what the last run filed is closed again, but for what people hold. */
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
      /** Found again: written anew where its text differs. */
      readonly seen: readonly { readonly issue: number; readonly item: FiledItem }[];
      readonly expire: readonly number[];
      /** Put on the line now: found again, and nobody has said a word against it since it was filed. */
      readonly start: readonly number[];
      /** Found and not filed, because enough of them are open or one run files no more. */
      readonly waiting: number;
      /** Found, and a person does not want them. */
      readonly dismissed: number;
      /** Found, and the judge has not said that they become issues. */
      readonly unfiled: number;
      readonly measures: Measures;
      readonly baseline: Measures;
      /** What stays open, as it is remembered; what is filed now is added once its number is known. */
      readonly findings: readonly Finding[];
    };

/**
 * Decides what a gathering leads to. Guards come first, then `until`, then what is filed, kept and closed: an issue closes
 * only by time, by a guard, or by a person, and never because a gatherer could not look.
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
  // What nobody remembers was filed by a run that could not write it down: the last one.
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
 * What may be filed: all that is wanted, or what a judge made of it. A judge was asked before: what an issue of another run stands
 * for by now, or a person dismissed meanwhile, is not filed on its word.
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

/** Of the items that are wanted those that an issue stands for then. */
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

/** Open issues whose own item is found again, with those that they speak for. A proposal has no item of its own: its words stay. */
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
 * Every open issue of the loop; one that nobody remembers is taken in as seen now. Whether a person has taken such a one off the line
 * nobody knows either: where its ledger says that it was started, it was.
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
      // What is there does not expire, however short its time is.
      const isGone = !held.has(issue) && !of.seen.has(issue);
      return isGone && age >= loop.expireAfterDays * DAY_MS;
    })
    .map(({ issue }) => issue);
}
