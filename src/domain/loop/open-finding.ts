import type { Digest } from "../digest.ts";
import type { Loop } from "./loop.ts";
import type { Finding } from "./state.ts";

/** An open issue of the loop as it is on GitHub. */
export interface OpenFinding {
  readonly issue: number;
  readonly key: Digest;
  /** Items that it covers besides its own; absent: none. */
  readonly rests?: readonly Digest[];
  /** A person wrote on it, or it is on the line, so neither time nor a guard closes it. */
  readonly isHeld: boolean;
  /** It is on the line: worked on, or waiting there for its turn or for a person. */
  readonly isOnLine?: boolean;
  /** No person and no ledger has said anything about it, and its text is what code writes from the current findings. */
  readonly mayStart?: boolean;
  /** Its ledger begins with the loop's own entry. */
  readonly isBegun?: boolean;
}

/**
 * Issues that a loop starts: oldest first, never more than the file allows on the line at a time, and each only once.
 * Two concurrent runs may file two issues about one item: a fact about one of them, even a deleted one, counts for both.
 */
export function startsAmong(
  open: readonly OpenFinding[],
  about: {
    readonly loop: Pick<Loop, "effects">;
    /** The current memory of them. */
    readonly findings: readonly Finding[];
    /** Those whose item was found again. */
    readonly seen: ReadonlySet<number>;
    readonly dismissed: ReadonlySet<Digest>;
  },
): readonly number[] {
  const { loop, findings, seen, dismissed } = about;
  const started = new Set(
    findings.filter((one) => one.started !== undefined).map(({ issue }) => issue),
  );
  const room = loop.effects.start - open.filter(({ isOnLine }) => isOnLine === true).length;
  const isFree = ({ issue, isHeld, mayStart }: OpenFinding) =>
    mayStart === true && !isHeld && !started.has(issue);
  return [...Map.groupBy(open, ({ key }) => key)]
    .filter(([key, issues]) => !dismissed.has(key) && issues.every(isFree))
    .map(([, issues]) => Math.min(...issues.map(({ issue }) => issue)))
    .filter((issue) => seen.has(issue))
    .toSorted((left, right) => left - right)
    .slice(0, Math.max(0, room));
}
