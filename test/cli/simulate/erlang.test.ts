import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  loadToKeep,
  shareLate,
  shareWaiting,
  slotsToKeep,
  startedAfter,
} from "../../../src/cli/simulate/erlang.ts";

const MINUTE = 60;
const PROMISED = { share: 0.95, seconds: MINUTE };

describe("the share that waits at all", () => {
  // Of printed tables of Erlang's C, by places and offered load.
  test.each([
    [1, 0.5, 0.5],
    [2, 0.5, 1 / 3],
    [8, 0.7, 0.2706],
    [8, 1, 1],
    [8, 0, 0],
  ])("of %i places at load %d is %d", (slots, load, share) => {
    expect(shareWaiting({ slots, load })).toBeCloseTo(share, 4);
  });
});

const places = fc.record({
  slots: fc.integer({ min: 1, max: 60 }),
  load: fc.double({ min: 0.01, max: 0.98, noNaN: true }),
  heldFor: fc.double({ min: 1, max: 4_000, noNaN: true }),
});

test("more places at the same load wait less, more load waits more, and nobody waits less than in any order", () => {
  fc.assert(
    fc.property(places, (one) => {
      const wider = { ...one, slots: one.slots + 1 };
      const fuller = { ...one, load: one.load + 0.01 };
      expect(startedAfter(wider, 0.95)).toBeLessThanOrEqual(startedAfter(one, 0.95));
      expect(startedAfter(fuller, 0.95)).toBeGreaterThanOrEqual(startedAfter(one, 0.95));
      const p95 = startedAfter(one, 0.95);
      if (p95 > 0) expect(shareLate(one, p95)).toBeLessThanOrEqual(0.05 + 1e-9);
    }),
  );
});

test("what is named as enough keeps the promise, and one less does not", () => {
  fc.assert(
    fc.property(places, (one) => {
      const slots = slotsToKeep(one, PROMISED) ?? 0;
      expect(startedAfter({ ...one, slots }, 0.95)).toBeLessThanOrEqual(MINUTE);
      if (slots > 1) {
        expect(startedAfter({ ...one, slots: slots - 1 }, 0.95)).toBeGreaterThan(MINUTE);
      }
      const load = loadToKeep(one, PROMISED);
      if (load > 0) expect(startedAfter({ ...one, load }, 0.95)).toBeLessThanOrEqual(MINUTE);
      if (load < 0.98) {
        expect(startedAfter({ ...one, load: load + 0.01 }, 0.95)).toBeGreaterThan(MINUTE);
      }
    }),
  );
});

test("where more comes than is done, no number of places is named, and the wait has no end", () => {
  const full = { slots: 8, load: 1, heldFor: 840 };
  expect(startedAfter(full, 0.5)).toBe(Number.POSITIVE_INFINITY);
  expect(slotsToKeep(full, PROMISED)).toBeUndefined();
});
