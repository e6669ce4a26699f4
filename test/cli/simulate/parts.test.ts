import fc from "fast-check";
import { expect, test } from "vitest";
import { Agenda } from "../../../src/cli/simulate/agenda.ts";
import { chanceOf, lasting } from "../../../src/cli/simulate/chance.ts";
import { SCOPES } from "../../../src/cli/simulate/scopes.ts";
import { Window } from "../../../src/cli/simulate/windows.ts";

test("an agenda gives what comes first, and of the same time what was entered first", () => {
  fc.assert(
    fc.property(fc.array(fc.nat(9)), (times) => {
      const agenda = new Agenda<number>();
      for (const [entered, at] of times.entries()) agenda.add(at, entered);
      const order = times.map(() => agenda.next());
      const expected = times
        .map((at, event) => ({ at, event }))
        .toSorted((one, other) => one.at - other.at || one.event - other.event);
      expect(order.map((one) => ({ at: one?.at, event: one?.event }))).toEqual(expected);
      expect(agenda.next()).toBeUndefined();
    }),
  );
});

test("a window holds no more than it may, and gives the first time that is free", () => {
  const hour = new Window(10, 60);
  expect(hour.fits(5, 10)).toBe(5);
  hour.take(5, 8);
  expect([hour.fits(50, 2), hour.fits(50, 3), hour.fits(70, 3)]).toEqual([50, 60, 70]);
  hour.take(60, 10);
  expect(hour.fits(0, 3)).toBe(120);
  expect(hour.counts()).toEqual([8, 10]);
});

test("chance repeats itself by its seeds, and spreads as it is told", () => {
  const first = chanceOf(1, 2);
  const draws = Array.from({ length: 2_000 }, () => lasting(first, { median: 60, spread: 0.5 }));
  expect(lasting(chanceOf(1, 2), { median: 60, spread: 0.5 })).toBe(draws[0]);
  expect(lasting(chanceOf(1, 3), { median: 60, spread: 0.5 })).not.toBe(draws[0]);
  const below = draws.filter((draw) => draw < 60).length / draws.length;
  expect(below).toBeGreaterThan(0.46);
  expect(below).toBeLessThan(0.54);
  const bounded = { median: 60, spread: 3, least: 50, most: 70 };
  const all = Array.from({ length: 100 }, () => lasting(first, bounded));
  expect([Math.min(...all), Math.max(...all)]).toEqual([50, 70]);
});

test("the scopes are of 239 changes, of which two of five meet one of eight others in a file", () => {
  expect(SCOPES.flat()).toHaveLength(239);
  const chance = chanceOf(1);
  const pick = (changes: (typeof SCOPES)[number]) =>
    changes[Math.floor(chance() * changes.length)] ?? [];
  const meets = SCOPES.map((changes) => {
    const tries = Array.from({ length: 300 }, () => {
      const others = new Set(Array.from({ length: 8 }, () => pick(changes)).flat());
      return pick(changes).some((file) => others.has(file));
    });
    return tries.filter((met) => met).length / tries.length;
  }).toSorted((one, other) => one - other);
  expect(meets[4]).toBeGreaterThan(0.38);
  expect(meets[4]).toBeLessThan(0.5);
});
