import type { Caller, RateWindow, Twin } from "./state.ts";

/** Source: docs.github.com/en/rest/using-the-rest-api/rate-limits-for-the-rest-api */
const PERSON_REQUESTS_PER_HOUR = 5000;
const ANONYMOUS_REQUESTS_PER_HOUR = 60;
const WINDOW_SECONDS = 3600;

export interface RateState {
  readonly limit: number;
  readonly used: number;
  readonly remaining: number;
  /** Unix time in seconds. */
  readonly reset: number;
}

function bucketOf(twin: Twin, caller: Caller): { name: string; limit: number } {
  switch (caller.kind) {
    case "anonymous":
      return { name: "anonymous", limit: ANONYMOUS_REQUESTS_PER_HOUR };
    // An installation has the limit of a person, or more in a large organization.
    case "app":
    case "person":
      return { name: `account:${caller.account.id}`, limit: PERSON_REQUESTS_PER_HOUR };
    case "job":
      // All job tokens of a repository share one limit.
      return {
        name: `repository:${caller.grant.repository.toLowerCase()}`,
        limit: twin.jobRequestsPerHour,
      };
  }
}

function windowOf(twin: Twin, name: string): RateWindow {
  const seconds = Math.floor(twin.now().getTime() / 1000);
  const current = twin.rateWindows.get(name);
  if (current !== undefined && current.reset > seconds) return current;
  const fresh = { used: 0, reset: seconds + WINDOW_SECONDS };
  twin.rateWindows.set(name, fresh);
  return fresh;
}

function stateOf(limit: number, window: RateWindow): RateState {
  const used = Math.min(limit, window.used);
  return { limit, used, remaining: limit - used, reset: window.reset };
}

export function readRate(twin: Twin, caller: Caller): RateState {
  const { name, limit } = bucketOf(twin, caller);
  return stateOf(limit, windowOf(twin, name));
}

/** Counts one request; false if the hour's requests were used up before it. */
export function spendRequest(twin: Twin, caller: Caller): boolean {
  const { name, limit } = bucketOf(twin, caller);
  const window = windowOf(twin, name);
  if (window.used >= limit) return false;
  window.used += 1;
  return true;
}

/** A 304 is free, so its request is given back. */
export function refundRequest(twin: Twin, caller: Caller): void {
  const window = windowOf(twin, bucketOf(twin, caller).name);
  window.used = Math.max(0, window.used - 1);
}

/** GraphQL has points of its own per hour, as many as requests. */
export function readPoints(twin: Twin, caller: Caller): RateState {
  const { name, limit } = bucketOf(twin, caller);
  return stateOf(limit, windowOf(twin, pointsOf(name)));
}

/** Takes points; undefined, and none taken, if fewer are left. */
export function spendPoints(twin: Twin, caller: Caller, points: number): RateState | undefined {
  const { name, limit } = bucketOf(twin, caller);
  const window = windowOf(twin, pointsOf(name));
  if (window.used + points > limit) return undefined;
  window.used += points;
  return stateOf(limit, window);
}

function pointsOf(name: string): string {
  return `graphql:${name}`;
}

export function rateHeaders(rate: RateState): Record<string, string> {
  return {
    "x-ratelimit-limit": String(rate.limit),
    "x-ratelimit-remaining": String(rate.remaining),
    "x-ratelimit-used": String(rate.used),
    "x-ratelimit-reset": String(rate.reset),
    "x-ratelimit-resource": "core",
  };
}
