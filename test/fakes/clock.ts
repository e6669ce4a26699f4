import type { Clock } from "../../src/ports/clock.ts";

/** A clock that moves only when a test, or a wait, moves it. */
export interface FakeClock extends Clock {
  advance(ms: number): void;
  /** Every wait asked for, in ms. */
  readonly waits: readonly number[];
}

export function createFakeClock(start = "2026-11-20T09:00:00.000Z"): FakeClock {
  const begin = Date.parse(start);
  const waits: number[] = [];
  let passed = 0;
  return {
    waits,
    now: () => new Date(begin + passed).toISOString(),
    elapsed: () => passed,
    wait: async (ms) => {
      waits.push(ms);
      passed += ms;
    },
    advance: (ms) => {
      passed += ms;
    },
  };
}
