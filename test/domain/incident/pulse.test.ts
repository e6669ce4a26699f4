import { describe, expect, test } from "vitest";
import {
  beat,
  beginPulse,
  hasReturned,
  isQuiet,
  mayBeat,
  Pulse,
  severityOf,
} from "../../../src/domain/incident/pulse.ts";

const FINGERPRINT = "a".repeat(64);

function at(minutes: number): string {
  return new Date(Date.UTC(2026, 10, 28, 9) + minutes * 60_000).toISOString();
}

function seenAt(minutes: readonly number[], release?: string): Pulse {
  const [first = 0, ...others] = minutes;
  const seen = { release, returned: false };
  return others.reduce(
    (pulse, minute) => beat(pulse, { ...seen, now: at(minute) }),
    beginPulse(FINGERPRINT, { ...seen, now: at(first) }),
  );
}

describe("the pulse of an incident", () => {
  test("counts, and keeps when it was seen first and last", () => {
    expect(seenAt([0, 5, 61])).toMatchObject({
      count: 3,
      first: at(0),
      last: at(61),
      hours: [
        { hour: "2026-11-28T09", count: 2 },
        { hour: "2026-11-28T10", count: 1 },
      ],
    });
  });

  test.each([
    ["at once", 0, false],
    ["after 59 seconds", 59 / 60, false],
    ["after a minute", 1, true],
    ["by a clock that ran backwards", -5, false],
  ])("may be written again %s: %s", (_when, minutes, expected) => {
    expect(mayBeat(seenAt([0]), at(minutes))).toBe(expected);
  });

  test.each<[string, readonly number[], string]>([
    ["once", [0], "low"],
    ["four times in an hour", [0, 1, 2, 3], "low"],
    ["five times in an hour", [0, 1, 2, 3, 4], "medium"],
    ["five times in a day", [0, 60, 120, 180, 240], "low"],
    ["twenty minutes of an hour", Array.from({ length: 20 }, (_, minute) => minute), "high"],
    ["twenty minutes, then quiet", [...Array.from({ length: 20 }, (_, n) => n), 90], "high"],
    [
      "twenty minutes, two days ago",
      [...Array.from({ length: 20 }, (_, n) => n), ...days()],
      "low",
    ],
  ])("is severe by its rate: %s is %s", (_what, minutes, expected) => {
    expect(severityOf(seenAt(minutes))).toBe(expected);
  });

  test.each<[string, string | undefined, boolean]>([
    ["in a new release", "v2", true],
    ["in the release that showed it before", "v1", false],
    ["in a release that nobody names", undefined, true],
  ])("has come back when it is seen %s: %s", (_where, release, expected) => {
    expect(hasReturned(seenAt([0, 1], "v1"), release)).toBe(expected);
  });

  test("of ten thousand events in three hours is written once a minute at most, and says how often it was written", () => {
    let pulse = beginPulse(FINGERPRINT, { now: at(0) });
    let written = 0;
    for (let n = 1; n <= 10_000; n += 1) {
      const now = at((n * 180) / 10_000);
      if (!mayBeat(pulse, now)) continue;
      pulse = beat(pulse, { now, returned: false });
      written += 1;
    }
    expect(written).toBeGreaterThan(150);
    expect(written).toBeLessThanOrEqual(180);
    expect(pulse.count).toBe(written + 1);
    expect(severityOf(pulse)).toBe("high");
    expect(JSON.stringify(pulse).length).toBeLessThan(1_000);
  });

  test("keeps the highest count of the source and the last releases, once each", () => {
    let pulse = beginPulse(FINGERPRINT, { now: at(0), release: "v0", reported: 40 });
    for (let n = 1; n <= 30; n += 1) {
      pulse = beat(pulse, { now: at(n), release: `v${n % 25}`, reported: 7, returned: true });
    }
    expect(pulse.reported).toBe(40);
    expect(pulse.releases).toHaveLength(20);
    expect(new Set(pulse.releases).size).toBe(20);
    expect(pulse.releases.at(-1)).toBe("v5");
    expect(pulse.returns).toHaveLength(20);
    expect(Pulse.parse(pulse)).toEqual(pulse);
  });
});

describe("one sighting", () => {
  const begun = {
    version: 1 as const,
    fingerprint: FINGERPRINT,
    count: 1,
    first: at(0),
    last: at(0),
    hours: [{ hour: "2026-11-28T09", count: 1 }],
    releases: [],
    returns: [],
  };

  test("begins a pulse with what the source says, and without what it does not say", () => {
    expect(beginPulse(FINGERPRINT, { now: at(0) })).toStrictEqual(begun);
    expect(beginPulse(FINGERPRINT, { now: at(0), release: "v1", reported: 3 })).toStrictEqual({
      ...begun,
      releases: ["v1"],
      reported: 3,
    });
  });

  const next = {
    ...begun,
    count: 2,
    last: at(1),
    hours: [{ hour: "2026-11-28T09", count: 2 }],
  };

  test.each<[string, Partial<Pulse>, Partial<Parameters<typeof beat>[1]>, object]>([
    ["that says nothing more", {}, {}, next],
    ["of a release", { releases: ["v1", "v2"] }, { release: "v1" }, { releases: ["v2", "v1"] }],
    ["of no release", { releases: ["v1"] }, {}, { releases: ["v1"] }],
    ["with the first count of the source", {}, { reported: 1 }, { reported: 1 }],
    ["with a lower count", { reported: 5 }, { reported: 4 }, { reported: 5 }],
    ["with a higher count", { reported: 5 }, { reported: 6 }, { reported: 6 }],
    ["that is a return", { returns: [at(-9)] }, { returned: true }, { returns: [at(-9), at(1)] }],
    ["that is none", { returns: [at(-9)] }, {}, { returns: [at(-9)] }],
    ["of one that was resolved", { resolved: at(-5) }, {}, { resolved: at(-5) }],
    [
      "of one that was resolved and returns",
      { resolved: at(-5) },
      { returned: true },
      { returns: [at(1)] },
    ],
  ])("%s is added to it", (_what, before, seen, changed) => {
    const beaten = beat({ ...begun, ...before }, { now: at(1), returned: false, ...seen });
    expect(beaten).toStrictEqual({ ...next, ...changed });
  });

  test("in an hour that is over begins the next one", () => {
    const { hours } = beat(begun, { now: at(60), returned: false });
    expect(hours).toStrictEqual([
      { hour: "2026-11-28T09", count: 1 },
      { hour: "2026-11-28T10", count: 1 },
    ]);
  });
});

test.each([
  ["both are as long ago as asked", 0, 0, 120, true],
  ["it was seen a minute too late", 1, 0, 120, false],
  ["its fix went live a minute too late", 0, 1, 120, false],
  ["both are longer ago", 0, 0, 500, true],
])("is quiet for two hours where %s", (_what, last, since, now, expected) => {
  const asked = { hours: 2, since: at(since), now: at(now) };
  expect(isQuiet(seenAt([last]), asked)).toBe(expected);
});

function days(): readonly number[] {
  return Array.from({ length: 24 }, (_, hour) => 60 * (30 + hour));
}
