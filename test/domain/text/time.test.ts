import { expect, test } from "vitest";
import { daysBefore, millisecondsBetween } from "../../../src/domain/text/time.ts";

test.each([
  ["2026-11-20T09:00:00.123Z", 90, "2026-08-22T09:00:00Z"],
  ["2026-03-01T00:00:00Z", 1, "2026-02-28T00:00:00Z"],
  ["2026-01-01T00:00:00Z", 365, "2025-01-01T00:00:00Z"],
])("%s less %i days is %s", (at, days, expected) => {
  expect(daysBefore(at, days)).toBe(expected);
});

test("the time between two is negative where the second is the earlier", () => {
  const [early, late] = ["2026-11-20T09:00:00Z", "2026-11-20T09:00:01Z"];
  expect([millisecondsBetween(early, late), millisecondsBetween(late, early)]).toEqual([
    1_000, -1_000,
  ]);
});
