import type { Digest } from "../digest.ts";
import type { Loop } from "./loop.ts";
import type { Finding } from "./state.ts";

/** An open issue of the loop as it stands on GitHub. */
export interface OpenFinding {
  readonly issue: number;
  readonly key: Digest;
  /** Items that it speaks for beside its own; absent: none. */
  readonly rests?: readonly Digest[];
  /** A person wrote on it, or the line has it in hand: neither time nor a guard closes it. */
  readonly isHeld: boolean;
  /** It is on the line: worked on, or waiting there for its turn or for a person. */
  readonly isOnLine?: boolean;
  /** No person and no ledger has said anything about it, and its text is the one that code writes of what was found now. */
  readonly mayStart?: boolean;
  /** Its ledger begins with the loop's own word. */
  readonly isBegun?: boolean;
}

/**
 * Which issues a loop starts: the oldest first, and never more than the file lets stand on the line at a time. What it has started
 * once, it never starts again. Two runs at once may file two issues about one item: what holds for one of them, or was said about one
 * that is gone, holds for it.
 */
export function startsAmong(
  open: readonly OpenFinding[],
  about: {
    readonly loop: Pick<Loop, "effects">;
    /** What is remembered of them by now. */
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
