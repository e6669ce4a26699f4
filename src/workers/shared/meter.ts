import { READ_LIMITS } from "../../domain/proposal.ts";
import { cut } from "../../domain/text/cut.ts";
import { addUsage, NO_USAGE, type Usage } from "../../domain/usage.ts";
import type { Clock } from "../../ports/clock.ts";
import { boundedLines } from "./bounded-lines.ts";

/** What a worker consumed so far; `durationMs` is its wall clock. */
export interface Spent {
  readonly usage: Usage;
  readonly durationMs: number;
  /** Paths and globs that its models looked at, each once, in the order of the first look; absent for none. */
  readonly read?: string[];
}

/** Sums what a worker spends and looks at, over all its model tasks. */
export interface Meter {
  add(usage: Usage): void;
  /** Notes a path or glob that a model looked at. */
  noteRead(line: string): void;
  spent(): Spent;
}

/** Starts the wall clock of a worker. */
export function startMeter(clock: Clock): Meter {
  const begin = clock.elapsed();
  let usage = NO_USAGE;
  const lines = new Set<string>();
  return {
    add(more) {
      usage = addUsage(usage, more);
    },
    noteRead(line) {
      lines.add(cut(line, READ_LIMITS.length));
    },
    spent: () => ({
      usage,
      durationMs: Math.max(0, clock.elapsed() - begin),
      ...(lines.size === 0 ? {} : { read: boundedLines([...lines], READ_LIMITS.lines) }),
    }),
  };
}
