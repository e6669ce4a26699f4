import { describe, expect, test } from "vitest";
import type { Candidate, Line } from "../../../src/control/schedule/queue.ts";
import { schedule } from "../../../src/control/schedule/schedule.ts";
import { failed, inWork, LIMITS, quiet, waits } from "./waiting.ts";

const DAY_MS = 86_400_000;

function startsOf(waiting: readonly Candidate[], line: Partial<Line> = {}, wip = 3) {
  const found = schedule(waiting, { line: quiet(line), limits: { ...LIMITS, wip } });
  return found.starts.map(({ issue }) => issue);
}

describe("of two, the one place goes to", () => {
  test.each<readonly [string, Partial<Candidate>, Partial<Candidate>, 1 | 2]>([
    ["the older one", {}, {}, 1],
    ["the urgent one", {}, { priority: 1 }, 2],
    ["the one that nobody calls idle", { priority: 3 }, {}, 2],
    ["the defect", {}, { isDefect: true }, 2],
    ["priority before kind", { priority: 1 }, { isDefect: true }, 1],
    ["what was begun", { priority: 1 }, { isBegun: true, priority: 3 }, 2],
    ["who has waited for a day", { priority: 2 }, { priority: 3, waitedMs: 2 * DAY_MS }, 2],
    ["the other author, where one has work under way", { author: 9 }, { author: 8 }, 2],
    ["what touches nothing that is being changed", { scope: { known: ["a.ts"] } }, {}, 2],
    ["what is unknown before what collides", { scope: { known: ["A.ts"] } }, UNKNOWN_SCOPE(), 2],
    [
      "the urgent one, though it collides",
      { priority: 1, scope: { known: ["src/**"] } },
      { scope: { known: ["docs/x.md"] } },
      1,
    ],
    ["the one that GitHub does not call blocked", { blockedBy: { known: 1 } }, {}, 2],
    ["the one that ends at somebody who has time", { asks: { known: ["7"] } }, {}, 2],
    ["the one that the day has money for", { most: { known: 5_000 } }, {}, 2],
  ])("%s", (_, first, second, winner) => {
    const line = {
      inFlight: [inWork(9, { author: 9, scope: { known: ["a.ts", "src/b.ts"] } })],
      decisions: { known: new Map([["7", 2]]) },
    };
    expect(startsOf([waits(1, first), waits(2, second)], line, 2)).toEqual([winner]);
    // Nobody is waited for: with a place for both, both start, unless a rule holds one.
    const both = startsOf([waits(1, first), waits(2, second)], line);
    expect(both[0]).toBe(winner);
  });

  function UNKNOWN_SCOPE(): Partial<Candidate> {
    return { scope: { unknown: "not read" } };
  }
});

describe("scopes", () => {
  test.each<readonly [readonly string[], readonly string[], boolean]>([
    [["src/a.ts"], ["src/a.ts"], true],
    [["src/a.ts"], ["SRC/A.ts"], true],
    [["src/a.ts"], ["src/b.ts"], false],
    [["src/**"], ["src/a.ts"], true],
    [["src/a.ts"], ["docs/**", "src/*.ts"], true],
    [["src/*.md"], ["src/a.ts"], false],
    [["src/control/**"], ["src/**/*.ts"], true],
    [["src/control/**"], ["src/domain/**"], false],
    [["**/*.md"], ["docs/**"], true],
    [["src/con*/x.ts"], ["src/domain/**"], true],
  ])("%j and %j may share a file: %s", (theirs, own, shares) => {
    const line = { inFlight: [inWork(9, { scope: { known: theirs } })] };
    const clear = waits(2, { scope: { known: ["LICENSE"] } });
    const found = startsOf([waits(1, { scope: { known: own } }), clear], line, 2);
    expect(found).toEqual([shares ? 2 : 1]);
  });
});

describe("decisions", () => {
  test("those of work under way count, and one of the people asked who has time is enough", () => {
    const asks = { known: ["7"] };
    const line = {
      inFlight: [inWork(9, { asks })],
      decisions: {
        known: new Map([
          ["7", 1],
          ["8", 1],
        ]),
      },
    };
    const either = { known: ["7", "8"] };
    const found = startsOf([waits(1, { asks }), waits(2, { asks: either }), waits(3)], line, 9);
    expect(found).toEqual([2, 3]);
  });

  test("are not counted where nobody could, and hold no work that may end without a person", () => {
    const asks = { known: ["7"] };
    expect(startsOf([waits(1, { asks })], { decisions: { unknown: "not asked" } })).toEqual([1]);
    const maybe = waits(1, { asks: { unknown: "it may end without a person" } });
    expect(startsOf([maybe], { decisions: { known: new Map([["7", 99]]) } })).toEqual([1]);
  });
});

describe("failures of one kind", () => {
  const three = (hours: number) => [1, 2, 3].map((issue) => failed(issue, "model-failed", hours));
  const all = [4, 5].map((issue) => waits(issue));

  test.each([
    ["fresh, they stop all starts", three(0.2), [], []],
    ["rested, one is tried", three(0.6), [], [4]],
    ["rested, none beside one that is tried", three(0.6), [inWork(9)], []],
    ["two are an accident", three(0.2).slice(1), [], [4, 5]],
    [
      "of one issue they are its own",
      [1, 2, 3].map(() => failed(1, "model-failed", 0)),
      [],
      [4, 5],
    ],
    [
      "of many kinds they have nothing in common",
      [...three(0).slice(1), failed(3, "x", 0)],
      [],
      [4, 5],
    ],
  ] as const)("%s", (_, failures, inFlight, starts) => {
    expect(startsOf(all, { failures, inFlight })).toEqual(starts);
  });
});

test("reading takes no place, and is held by no blocker", () => {
  const read = (issue: number) => waits(issue, { work: "read", blockedBy: { known: 1 } });
  expect(startsOf([read(1), waits(2), read(3), waits(4)], {}, 1)).toEqual([1, 2, 3]);
});

test("who is held is told why, by what was left", () => {
  const line = quiet({ left: 7 });
  const { held } = schedule([waits(1), waits(2)], { line, limits: LIMITS });
  expect(held.get(2)).toMatchObject({
    hold: { rule: "money", found: "2.00 left", accepted: "5.00 left" },
    room: { left: 2, places: 2 },
  });
});

test("an unread ledger starts while something is left, and keeps the most that it may need", () => {
  const unread = (issue: number) => waits(issue, { most: { unknown: "not read" } });
  expect(startsOf([unread(1), unread(2), unread(3)], { left: 6 })).toEqual([1, 2]);
});
