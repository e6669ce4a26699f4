import type { ChangeSet } from "../../domain/change-set.ts";
import { digestOfOrder, type Order, type Worker } from "../../domain/order.ts";
import { type FailedProposal, READ_LIMITS } from "../../domain/proposal.ts";
import type { Refusal } from "../../domain/refusal.ts";
import { addUsage, NO_USAGE, type Usage } from "../../domain/usage.ts";
import type { Clock } from "../../ports/clock.ts";

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
      ...(lines.size === 0 ? {} : { read: boundedRead([...lines]) }),
    }),
  };
}

/** What does not fit is counted, not dropped in silence. */
function boundedRead(lines: readonly string[]): string[] {
  if (lines.length <= READ_LIMITS.lines) return [...lines];
  const kept = lines.slice(0, READ_LIMITS.lines - 1);
  return [...kept, `and ${lines.length - kept.length} more`];
}

/** The fields that every proposal shares: which order it answers, and what it cost. */
export function proposalHead(order: Order, spent: Spent) {
  return {
    version: 1,
    order: digestOfOrder(order),
    ...spent,
  } as const satisfies Partial<FailedProposal>;
}

/** The proposal of a worker that could not do its work; what exists so far goes along as a draft. */
export function failed(
  order: Order,
  failure: {
    readonly of: Worker;
    readonly refusal: Refusal;
    readonly spent: Spent;
    readonly draft?: ChangeSet | undefined;
  },
): FailedProposal {
  return {
    ...proposalHead(order, failure.spent),
    worker: "failed",
    of: failure.of,
    refusal: withinBounds(failure.refusal),
    ...(failure.draft === undefined ? {} : { draft: failure.draft }),
  };
}

/**
 * Runs a worker so that whatever it throws is a `worker-failed` proposal with the usage so far: a fault of ours or of a
 * port must never lose what was spent. `work` returns a refusal where the worker itself says no.
 */
export async function runWorker<Done>(
  order: Order,
  worker: { readonly of: Worker; readonly clock: Clock },
  work: (meter: Meter) => Promise<Done | { readonly refusal: Refusal; readonly draft?: ChangeSet }>,
): Promise<Done | FailedProposal> {
  const meter = startMeter(worker.clock);
  try {
    const result = await work(meter);
    if (!isRefused(result)) return result;
    return failed(order, { of: worker.of, ...result, spent: meter.spent() });
  } catch (error) {
    return failed(order, {
      of: worker.of,
      refusal: workerFailed(worker.of, error),
      spent: meter.spent(),
    });
  }
}

function isRefused<Done>(
  result: Done | { readonly refusal: Refusal; readonly draft?: ChangeSet },
): result is { readonly refusal: Refusal; readonly draft?: ChangeSet } {
  return typeof result === "object" && result !== null && "refusal" in result;
}

/** A refusal from a thrown value: its message and those of its causes, never a stack. */
export function workerFailed(subject: string, error: unknown): Refusal {
  const messages: string[] = [];
  let current: unknown = error;
  while (current instanceof Error && messages.length < 5) {
    messages.push(current.message);
    current = current.cause;
  }
  const found = messages.length === 0 ? String(error) : messages.join(": ");
  return withinBounds({ code: "worker-failed", subject, found });
}

/** Cuts what would not fit the schema of a refusal: a long message must not turn one failure into another. */
export function withinBounds(refusal: Refusal): Refusal {
  return {
    code: refusal.code,
    subject: cut(refusal.subject, 300),
    ...(refusal.found === undefined ? {} : { found: cut(refusal.found, 2_000) }),
    ...(refusal.accepted === undefined ? {} : { accepted: cut(refusal.accepted, 500) }),
    ...(refusal.next === undefined ? {} : { next: cut(refusal.next, 500) }),
  };
}

/** At most `maximum` UTF-16 units, an ellipsis in place of what was cut, no half surrogate left, no lone one kept. */
export function cut(text: string, maximum: number): string {
  const whole = text.toWellFormed();
  if (whole.length <= maximum) return whole;
  return `${whole.slice(0, maximum - 1).replace(/[\uD800-\uDBFF]$/, "")}…`;
}
