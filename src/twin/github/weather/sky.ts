import { ApiRefusal } from "../routes/refusals.ts";
import type { Weather } from "./weather.ts";

/** A request of a job, for the weather. */
export interface Exposed {
  /** As in `ROUTES`: "PUT /repos/{owner}/{repo}/pulls/{pull_number}/merge". */
  readonly route: string;
  /** The pull request, if the route names one. */
  readonly pull: string | undefined;
  readonly createsContent: boolean;
}

/** The weather over one twin: its effects are counted only here. */
export interface Sky {
  /** Throws the answer to a request that is not executed. */
  assertClear(request: Exposed): void;
  /** The same for a merge among other changes in one request. */
  assertMergeable(pull: string): void;
  /** Throws if the answer of an executed request is lost. */
  assertHeard(): void;
  /** Whether a pull request's mergeability is known by now; counts as a read of it. */
  isMergeableKnown(pull: string): boolean;
  /** Whether an object created then (ISO 8601) is in lists by now. */
  isListed(createdAt: string, now: Date): boolean;
}

const MERGE = "PUT /repos/{owner}/{repo}/pulls/{pull_number}/merge";

export function createSky(weather: Partial<Weather>): Sky {
  const { mergesRefused = 0, readsUnknown = 0, listsLagMs = 0 } = weather;
  const merges = createCounts();
  const reads = createCounts();
  const due = createPeriods();
  const assertMerge = (pull: string) => {
    if (merges.next(pull) <= mergesRefused) {
      const message = "Base branch was modified. Review and try the merge again.";
      throw new ApiRefusal(405, message);
    }
    if (reads.of(pull) < readsUnknown) throw new ApiRefusal(405, "Pull Request is not mergeable");
  };
  return {
    assertClear({ route, pull = "", createsContent }) {
      if (due("fails", weather.failsEvery)) throw new ApiRefusal(502, "Server Error");
      if (createsContent && due("limits", weather.limitsEvery)) throw secondaryLimit();
      if (route === MERGE) assertMerge(pull);
    },
    assertMergeable: assertMerge,
    assertHeard() {
      if (due("loses", weather.losesEvery)) throw new ApiRefusal(502, "Server Error");
    },
    isMergeableKnown: (pull) => reads.next(pull) > readsUnknown,
    isListed: (createdAt, now) => now.getTime() - Date.parse(createdAt) >= listsLagMs,
  };
}

function secondaryLimit(): ApiRefusal {
  const message =
    "You have exceeded a secondary rate limit. Please wait a few minutes before you try again.";
  return new ApiRefusal(429, message, { headers: { "retry-after": "1" } });
}

function createCounts() {
  const counts = new Map<string, number>();
  const of = (name: string) => counts.get(name) ?? 0;
  return {
    of,
    next(name: string): number {
      counts.set(name, of(name) + 1);
      return of(name);
    },
  };
}

/** Whether it is one of every so many; never without a period. */
function createPeriods(): (name: string, period: number | undefined) => boolean {
  const counts = createCounts();
  return (name, period) => period !== undefined && counts.next(name) % period === 0;
}
