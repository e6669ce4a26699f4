import type { Candidate, Failure, Hold } from "../queue.ts";
import type { Room } from "../room.ts";

/** So many issues in a row that fail in one way have no fault of their own. */
const MOST_FAILURES = 3;
/** After so long one is tried again: more at a time only repeat what is not repaired. */
const REST_MS = 30 * 60_000;

/**
 * The circuit breaker: after failures of one kind on different issues, with no success of that sort of work since,
 * none of it starts for a while; then one at a time, until one succeeds. What was seen stands in the ledgers of the last day.
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
