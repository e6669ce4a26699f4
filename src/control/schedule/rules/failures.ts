import type { Candidate, Failure, Hold } from "../queue.ts";
import type { Room } from "../room.ts";

/** After this many issues in a row fail in one way, the cause is not in the issues. */
const MOST_FAILURES = 3;
/** Pause before one issue is tried again, in milliseconds. More at a time would only repeat the failure. */
const REST_MS = 30 * 60_000;

/**
 * The circuit breaker. After failures of one kind on different issues, without success of that work since, none of it
 * starts for a while. Then one starts at a time, until one succeeds. The facts come from the ledgers of the last day.
 */
export function holdForFailures(
  { work }: Candidate,
  { line, limits, places, started }: Room,
): Hold | undefined {
  if (line.failures.length === 0) return undefined;
  const repeated = repeatedFailures(line.failures.filter((one) => one.work === work));
  if (repeated.length === 0) return undefined;
  const isRested = repeated.every(({ agoMs }) => agoMs >= REST_MS);
  const isAlone = places === limits.wip && started === 0;
  if (isRested && isAlone) return undefined;
  const issues = repeated.map(({ issue }) => `issue ${issue}`);
  return {
    rule: "failures",
    found: `${repeated[0]?.kind} on ${[...new Set(issues)].slice(0, 20).join(", ")}`,
    accepted: isRested ? "one at a time, until one succeeds" : "half an hour without another one",
  };
}

function repeatedFailures(failures: readonly Failure[]): readonly Failure[] {
  const kinds = [...Map.groupBy(failures, ({ kind }) => kind).values()];
  return kinds.find((same) => new Set(same.map(({ issue }) => issue)).size >= MOST_FAILURES) ?? [];
}
