import type { Digest } from "../digest.ts";
import { digestOf } from "../digest.ts";
import { millisecondsBetween } from "../text/time.ts";
import { holds, measureOf } from "./condition.ts";
import { type Gathered, type GatheredItem, ITEMS, type Measures } from "./gathered.ts";
import { baselineOf, judgeGuards, type Worsened } from "./guards.ts";
import type { Loop } from "./loop.ts";
import type { Finding, LoopState } from "./state.ts";

const DAY_MS = 86_400_000;

/** An open issue of the loop as it stands on GitHub. */
export interface OpenFinding {
  readonly issue: number;
  readonly key: Digest;
  /** A person wrote on it, or the line has it in hand: neither time nor a guard closes it. */
  readonly isHeld: boolean;
  /** It is on the line: worked on, or waiting there for its turn or for a person. */
  readonly isOnLine?: boolean;
  /** No person and no ledger has said anything about it, and its text is the one that code writes of what was found now. */
  readonly mayStart?: boolean;
}

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
}

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
      readonly file: readonly GatheredItem[];
      /** Found again: written anew where its text differs. */
      readonly seen: readonly { readonly issue: number; readonly item: GatheredItem }[];
      readonly expire: readonly number[];
      /** Put on the line now: found again, and nobody has said a word against it since it was filed. */
      readonly start: readonly number[];
      /** Found and not filed, because enough of them are open or one run files no more. */
      readonly waiting: number;
      /** Found, and a person does not want them. */
      readonly dismissed: number;
      readonly measures: Measures;
      readonly baseline: Measures;
      /** What stays open, as it is remembered; what is filed now is added once its number is known. */
      readonly findings: readonly Finding[];
    };

/** The digest by which an item is known on GitHub: nothing of its words stands there as a name. */
export function keyOf({ key }: Pick<GatheredItem, "key">): Digest {
  return digestOf(key);
}

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
  const standing = new Map(open.map((one) => [one.key, one]));
  const seen = gathered.items.flatMap((item) => {
    const found = standing.get(keyOf(item));
    return found === undefined ? [] : [{ issue: found.issue, item }];
  });
  const fresh = gathered.items.filter((item) => !standing.has(keyOf(item)));
  const wanted = fresh.filter((item) => !input.dismissed.has(keyOf(item)));
  const findings = remember(input, new Set(seen.map(({ issue }) => issue)));
  const expire = expired(input, { findings, seen: new Set(seen.map(({ issue }) => issue)) });
  const room = Math.max(0, loop.effects.open - (open.length - expire.length));
  const file = reached ? [] : wanted.slice(0, Math.min(room, loop.effects.file));
  const gone = new Set(expire);
  return {
    kind: "acts",
    reached,
    file,
    seen,
    expire,
    start: reached ? [] : starting(input, new Set(seen.map(({ issue }) => issue))),
    waiting: wanted.length - file.length,
    dismissed: fresh.length - wanted.length,
    findings: findings.filter(({ issue }) => !gone.has(issue)),
  };
}

/** The oldest first, and never more than the file lets stand on the line at a time. What it has started once, it never starts again. */
function starting({ loop, open, state }: PlanInput, seen: ReadonlySet<number>): readonly number[] {
  const started = new Set(
    state?.findings.flatMap((one) => (one.started === undefined ? [] : [one.issue])),
  );
  const room = loop.effects.start - open.filter(({ isOnLine }) => isOnLine === true).length;
  return open
    .filter(({ issue, isHeld, mayStart }) => {
      return mayStart === true && !isHeld && seen.has(issue) && !started.has(issue);
    })
    .map(({ issue }) => issue)
    .toSorted((left, right) => left - right)
    .slice(0, Math.max(0, room));
}

/** Every open issue of the loop; one that nobody remembers is taken in as seen now. */
function remember(
  { open, state, run, now }: PlanInput,
  seen: ReadonlySet<number>,
): readonly Finding[] {
  const remembered = new Map(state?.findings.map((finding) => [finding.issue, finding]));
  return open.map(({ issue, key }) => {
    const known = remembered.get(issue);
    return {
      issue,
      key,
      run: known?.run ?? state?.last.run ?? run,
      seenAt: known === undefined || seen.has(issue) ? now : known.seenAt,
      ...(known?.started === undefined ? {} : { started: known.started }),
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
