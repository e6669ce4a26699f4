import { READ_LIMITS } from "../../domain/proposal.ts";
import { cut } from "../../domain/text/cut.ts";
import { addUsage, NO_USAGE, type Usage } from "../../domain/usage.ts";
import type { Clock } from "../../ports/clock.ts";
import { boundedLines } from "./bounded-lines.ts";

/** Consumption of a worker so far; `durationMs` is its wall clock. */
export interface Spent {
  readonly usage: Usage;
  readonly durationMs: number;
  /** Paths and globs that its models read, each once, in the order of the first read; absent if none. */
  readonly read?: string[];
}

/** Sums the cost and reads of a worker over all its model tasks. */
export interface Meter {
  add(usage: Usage): void;
  /** Records a path or glob that a model read. */
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
