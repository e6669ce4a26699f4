import { describe, expect, test } from "vitest";
import { declareChaos, readChaosArguments } from "../../../src/cli/chaos/arguments.ts";
import { sayDisturbance } from "../../../src/cli/chaos/disturbance.ts";
import { LINES } from "../../../src/cli/chaos/lines.ts";
import { assertNamesPoint, evenly, pointsOf } from "../../../src/cli/chaos/points.ts";
import { optionsOf } from "../../../src/cli/command/declare.ts";
import { FAULT_NAMES } from "../../../src/twin/github/faults/faults.ts";

const COUNTED = { requests: 3, jobs: 2, parted: [1], events: 1, deploys: 0 };

describe("the name of one point", () => {
  test("is known for whatever ordinal, before a line is played", () => {
    const names = pointsOf({ ...COUNTED, requests: 900 }).map(sayDisturbance);
    for (const name of names) expect(() => assertNamesPoint(name)).not.toThrow();
  });

  test.each([
    ["request 12, answer-lst", 'did you mean "request 1, answer-lost"?'],
    ["job 3, its job killed where it end", 'did you mean "job 1, its job killed where it ends"?'],
    ["request 0, answer-lost", 'did you mean "request 1, answer-lost"?'],
    ["lists lag 50 s", 'did you mean "lists lag 5 s"?'],
    ["no such point", "known: request 1, "],
    ["", "known: request 1, "],
  ])("%j is refused: %s", (name, words) => {
    expect(() => assertNamesPoint(name)).toThrow(words);
  });
});

describe("the points of a line", () => {
  test("every request by every fault, every job at both ends, every event, and what lies over all", () => {
    const said = pointsOf(COUNTED).map(sayDisturbance);
    expect(said).toHaveLength(3 * FAULT_NAMES.length + 2 * 4 + 2 + 4 + 5);
    expect(new Set(said).size).toBe(said.length);
    expect(said).toEqual(
      expect.arrayContaining([
        "request 1, run-killed-before",
        "request 3, outage",
        "job 1, its job killed between two steps",
        "job 2, its run killed where it ends",
        "event 1, lost",
        "two heartbeats at once",
        "control's clock -240 s off",
        "lists lag 60 s",
      ]),
    );
  });

  test("of a long one some, from the first on", () => {
    const burst = pointsOf({ ...COUNTED, requests: 500 }, LINES.burst.mostPoints);
    expect(burst).toHaveLength(LINES.burst.mostPoints);
    expect(new Set(burst.map(({ kind }) => kind)).size).toBe(6);
    const faults = burst.flatMap((one) => (one.kind === "request" ? [one.fault] : []));
    expect(new Set(faults.map(({ kind }) => kind)).size).toBe(FAULT_NAMES.length);
    const requests = faults.map(({ request }) => request);
    expect(requests[0]).toBe(1);
    expect(requests.at(-1)).toBeGreaterThan(400);
    const places = [
      [1, 2],
      [3, 4],
      [5, 6],
    ];
    expect(evenly(places, 3)).toEqual([1, 4, 5]);
    expect(evenly(places, 6)).toEqual([1, 2, 3, 4, 5, 6]);
  });
});

describe("the command line", () => {
  const read = (typed: readonly string[]) => readChaosArguments(optionsOf(declareChaos(), typed));

  test("plays everything by default, and what is named", () => {
    expect(read([])).toEqual({ lines: Object.keys(LINES), every: 1, json: false, quiet: false });
    const typed = ["--lines", "happy,revert", "--every", "40", "--json"];
    expect(read(typed)).toEqual({
      lines: ["happy", "revert"],
      every: 40,
      json: true,
      quiet: false,
    });
  });

  test.each([
    [["--every", "0"], /--every: expected a whole number/],
    [["--every", "x"], /found "x"/],
    [["--lines", "sad"], /--lines: there is no "sad". Choose from: happy, rework/],
  ])("%j is refused with what there is", (typed, said) => {
    expect(() => read(typed)).toThrow(said);
  });
});
