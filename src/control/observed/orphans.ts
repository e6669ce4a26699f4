import type { Scope } from "../../domain/github/snapshot.ts";
import { leaseOfBranch } from "../../domain/lease.ts";
import { millisecondsBetween } from "../../domain/text/time.ts";
import type { View } from "./issue-view.ts";

const HOUR_MS = 3_600_000;
const BEATS_OF_A_DAY = 24;
/** The most that one beat looks at. The others get their turn another day, once some of these are closed. */
const MOST_LOOKED_AT = 3;

/**
 * Issues with an open pull request of an attempt that are not open: a person closed them, or they left this repository.
 * A closer look tells which, in one hour of the day for each.
 */
export function orphansToAsk({ input, snapshot, now }: View): Scope["issues"] | undefined {
  const { openIssues, pullRequests } = snapshot;
  if (input.task !== "heartbeat" || "unknown" in openIssues) return undefined;
  const open = new Set(openIssues.known.map(({ number }) => number));
  const hour = Math.floor(millisecondsBetween("1970-01-01T00:00:00Z", now) / HOUR_MS);
  const issues = pullRequests
    .filter(({ state, fork }) => state === "open" && fork !== true)
    .flatMap(({ head }) => leaseOfBranch(head.branch)?.issue ?? [])
    .filter((issue) => !open.has(issue) && (hour - issue) % BEATS_OF_A_DAY === 0);
  const looked = [...new Set(issues)].slice(0, MOST_LOOKED_AT);
  return looked.length === 0 ? undefined : looked;
}

/** Those that are gone, with a pull request on which a person can be told. */
export function orphansOf({ snapshot: { gone = [] } }: Pick<View, "snapshot">): readonly number[] {
  return gone.filter(({ pulls = [] }) => pulls.length > 0).map(({ number }) => number);
}
