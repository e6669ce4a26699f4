import type { Clock } from "../../ports/clock.ts";

/** The machine's own time. */
export function createClock(): Clock {
  return {
    now: () => new Date().toISOString(),
    elapsed: () => performance.now(),
    wait: (ms) => new Promise((resolve) => setTimeout(resolve, ms)),
  };
}
