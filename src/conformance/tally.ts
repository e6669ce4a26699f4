import { NOT_MET } from "../domain/platform/checks.ts";
import type { Findings } from "../domain/platform/conformance.ts";

/** Routes used here that count against the secondary limit on creating content. */
const CONTENT = ["POST /pulls", "POST /issues/{issue_number}/comments"];

/** GitHub's side effects, by the number of the request. */
export interface Tally {
  asked(route: string): void;
  limited(status: number): void;
  /** The last request was answered 5xx. The caller that finds out whether it was done calls the returned function. */
  failed(done: boolean | undefined): (done: boolean) => void;
  findings(): Findings;
}

interface Failure {
  readonly at: number;
  done: boolean | undefined;
}

export function createTally(): Tally {
  let requests = 0;
  let content = 0;
  let status = 0;
  const limits: number[] = [];
  const failures: Failure[] = [];
  return {
    asked(route) {
      requests += 1;
      if (CONTENT.includes(route)) content += 1;
    },
    limited(answered) {
      status = answered;
      limits.push(content);
    },
    failed(done) {
      const failure: Failure = { at: requests, done };
      failures.push(failure);
      return (found) => {
        failure.done = found;
      };
    },
    findings: () => ({
      "3.2": limits.length === 0 ? NOT_MET : `${status}, every ${periodOf(limits)} of them`,
      "7.5": failuresOf(failures, false),
      "7.6": failuresOf(failures, true),
    }),
  };
}

/**
 * Whether a failed read was done is unknown. It counts as the failed writes do, and as nothing if those were of both
 * kinds.
 */
function failuresOf(failures: readonly Failure[], done: boolean): string {
  const known = new Set(failures.flatMap((failure) => failure.done ?? []));
  const counted =
    known.size === 1 && known.has(done)
      ? failures
      : failures.filter((failure) => failure.done === done);
  const { length } = counted;
  return length === 0 ? NOT_MET : `every ${periodOf(counted.map(({ at }) => at))} requests`;
}

/** The smallest distance between two of them; for a single one, its distance from the beginning. */
function periodOf(places: readonly number[]): number {
  const [first = 0, ...rest] = places;
  const distances = rest.map((place, index) => place - (places[index] ?? 0));
  return distances.length === 0 ? first : Math.min(...distances);
}
