import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Candidate, Line } from "../../../src/control/schedule/queue.ts";
import { rank } from "../../../src/control/schedule/rank.ts";
import { schedule } from "../../../src/control/schedule/schedule.ts";
import { inWork, LIMITS, quiet, waits } from "./waiting.ts";

const path = fc.constantFrom("a.ts", "b.ts", "src/c.ts", "src/**", "docs/*.md", "docs/d.md");
const scope = fc.oneof(
  fc.record({ known: fc.array(path, { maxLength: 3 }) }),
  fc.constant({ unknown: "not read" }),
);
const asks = fc.oneof(
  fc.record({ known: fc.subarray(["7", "8"]) }),
  fc.constant({ unknown: "it may end without a person" }),
);
const facts = fc.record({
  work: fc.constantFrom("read" as const, "build" as const),
  priority: fc.integer({ min: 1, max: 3 }),
  isDefect: fc.boolean(),
  isBegun: fc.boolean(),
  author: fc.integer({ min: 1, max: 3 }),
  waitedMs: fc.integer({ min: 0, max: 3 * 86_400_000 }),
  scope,
  asks,
  blockedBy: fc.constantFrom({ known: 0 }, { known: 0 }, { known: 1 }, { unknown: "not read" }),
  most: fc.constantFrom({ known: 5 }, { known: 1 }, { unknown: "not read" }),
});
const queue = fc
  .array(facts, { maxLength: 25 })
  .map((all) => all.map((one, index) => waits(index + 1, one)));
const line = fc
  .record({
    left: fc.integer({ min: 0, max: 40 }),
    inFlight: fc.array(fc.record({ scope, asks, isBuilt: fc.boolean() }), { maxLength: 4 }),
    waiting: fc.integer({ min: 0, max: 3 }),
  })
  .map(({ left, inFlight, waiting }) =>
    quiet({
      left,
      inFlight: inFlight.map((one, index) => inWork(100 + index, one)),
      decisions: { known: new Map([["7", waiting]]) },
    }),
  );

const issuesOf = (all: readonly Candidate[]) => all.map(({ issue }) => issue);
const startsOf = (all: readonly Candidate[], now: Line) =>
  schedule(all, { line: now, limits: LIMITS }).starts;

/** What the line is once these have started. */
function lineAfter(now: Line, starts: readonly Candidate[]): Line {
  const cost = ({ most }: Candidate) => ("known" in most ? most.known : LIMITS.usdPerIssue);
  const built = starts.filter(({ work }) => work === "build");
  // What is read has no change; whom it ends at waits for its contract.
  const decisions = new Map("known" in now.decisions ? now.decisions.known : []);
  for (const one of starts.filter(({ work }) => work === "read")) {
    for (const person of "known" in one.asks ? one.asks.known : []) {
      decisions.set(person, (decisions.get(person) ?? 0) + 1);
    }
  }
  return {
    ...now,
    left: now.left - starts.reduce((sum, one) => sum + cost(one), 0),
    inFlight: [...now.inFlight, ...built.map((one) => ({ ...one, isBuilt: true }))],
    decisions: { known: decisions },
  };
}

describe("whatever waits", () => {
  test("at most as many are built as there are places, within the money, each once", () => {
    fc.assert(
      fc.property(queue, line, (all, now) => {
        const starts = startsOf([...all, ...all], now);
        const built = starts.filter(({ work }) => work === "build");
        const busy = now.inFlight.filter(({ isBuilt }) => isBuilt).length;
        expect(built.length === 0 || busy + built.length <= LIMITS.wip).toBe(true);
        const known = starts.reduce((sum, { most }) => sum + ("known" in most ? most.known : 0), 0);
        expect(known).toBeLessThanOrEqual(now.left);
        expect(new Set(issuesOf(starts)).size).toBe(starts.length);
        expect(
          starts.every(
            ({ blockedBy, work }) =>
              work === "read" || !("known" in blockedBy && blockedBy.known > 0),
          ),
        ).toBe(true);
      }),
    );
  });

  test("no place is left free for whom no rule holds: what waits on could not start alone either", () => {
    fc.assert(
      fc.property(queue, line, (all, now) => {
        const starts = startsOf(all, now);
        const after = lineAfter(now, starts);
        const left = all.filter((one) => !starts.includes(one));
        for (const one of left) expect(startsOf([one], after)).toEqual([]);
      }),
    );
  });

  test("it comes to rest: asked again after the starts, nothing more starts", () => {
    fc.assert(
      fc.property(queue, line, (all, now) => {
        const starts = startsOf(all, now);
        const left = all.filter((one) => !starts.includes(one));
        expect(startsOf(left, lineAfter(now, starts))).toEqual([]);
        // Nor does one start twice whose ring comes late.
        const again = issuesOf(startsOf(all, lineAfter(now, starts)));
        const built = starts.filter(({ work }) => work === "build").map(({ issue }) => issue);
        expect(again.filter((issue) => built.includes(issue))).toEqual([]);
      }),
    );
  });

  test("the order in which it is listed changes nothing", () => {
    const shuffled = queue.chain((all) =>
      fc.tuple(fc.constant(all), fc.shuffledSubarray(all, { minLength: all.length })),
    );
    fc.assert(
      fc.property(shuffled, line, ([all, mixed], now) => {
        expect(issuesOf(startsOf(mixed, now))).toEqual(issuesOf(startsOf(all, now)));
      }),
    );
  });

  test("waiting longer never moves an issue back, and long enough moves it before all that came later", () => {
    const chosen = queue
      .filter((all) => all.length > 0)
      .chain((all) => fc.tuple(fc.constant(all), fc.nat(all.length - 1), fc.nat(9 * 86_400_000)));
    fc.assert(
      fc.property(chosen, ([all, index, longer]) => {
        const place = (ms: number) => {
          const aged = all.map((one, at) =>
            at === index ? { ...one, waitedMs: one.waitedMs + ms } : one,
          );
          return rank(aged, []).findIndex(({ candidate }) => candidate === aged[index]);
        };
        expect(place(longer)).toBeLessThanOrEqual(place(0));
        const begun = all.filter(({ isBegun }) => isBegun).length;
        // Urgencies lie two apart and no other one has waited for more than three days.
        expect(place(6 * 86_400_000)).toBeLessThanOrEqual(begun);
      }),
    );
  });
});

test("a burst of 500 rings for 50 issues starts each once, and forgets none", () => {
  const burst = Array.from({ length: 500 }, (_, ring) => waits((ring % 50) + 1));
  const started: number[] = [];
  let waiting: readonly Candidate[] = burst;
  while (waiting.length > 0) {
    const starts = issuesOf(startsOf(waiting, quiet()));
    started.push(...starts);
    waiting = waiting.filter(({ issue }) => !starts.includes(issue));
  }
  expect(started.toSorted((one, other) => one - other)).toEqual(
    Array.from({ length: 50 }, (_, index) => index + 1),
  );
});

test("of 10,000 in each other's way each is looked at once a start, and not once for every other", () => {
  let looks = 0;
  const many = Array.from({ length: 10_000 }, (_, index) => ({
    ...waits(index + 1, { author: index % 20 }),
    get scope() {
      looks += 1;
      return { known: ["src/a.ts", "src/**"] };
    },
  }));
  const line = quiet({ inFlight: [inWork(20_000, { scope: { known: ["src/a.ts"] } })] });
  const { starts } = schedule(many, { line, limits: { ...LIMITS, wip: 8 } });
  expect(starts).toHaveLength(7);
  expect(looks).toBeLessThan(8 * many.length);
});
