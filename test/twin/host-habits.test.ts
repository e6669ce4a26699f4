import { expect, test } from "vitest";
import { createHabits } from "../../src/twin/host-habits.ts";

test("a host without habits answers for itself, and lets the older release go at once", async () => {
  const habits = createHabits({});
  expect(habits.stumblesOver("/health")).toBe(false);
  await habits.leave();
});

test("each release stumbles over a path as often as it is told to", () => {
  const habits = createHabits({ stumbles: { "/health": 2 } });
  const ask = (path: string, times: number) =>
    Array.from({ length: times }, () => habits.stumblesOver(path));
  expect(ask("/health", 3)).toEqual([true, true, false]);
  expect(ask("/quote", 1)).toEqual([false]);
  habits.begin();
  expect(ask("/health", 3)).toEqual([true, true, false]);
});

test("an older release stays until it was asked so often", async () => {
  const habits = createHabits({ staysUntilAsked: { path: "/version", times: 2 } });
  habits.answered("/version");
  let gone = false;
  const leaving = habits.leave().then(() => {
    gone = true;
  });
  habits.answered("/version");
  habits.answered("/health");
  await Promise.resolve();
  expect(gone).toBe(false);
  habits.answered("/version");
  await leaving;
  expect(gone).toBe(true);
});
