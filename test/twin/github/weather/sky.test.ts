import { describe, expect, test } from "vitest";
import { ApiRefusal } from "../../../../src/twin/github/routes/refusals.ts";
import { createSky, type Sky } from "../../../../src/twin/github/weather/sky.ts";
import { isWeather, WEATHERS } from "../../../../src/twin/github/weather/weather.ts";
import { FACTS } from "../../../../src/wording/platform/facts.ts";

const MERGE = {
  route: "PUT /repos/{owner}/{repo}/pulls/{pull_number}/merge",
  pull: "4",
  createsContent: false,
};
const COMMENT = {
  route: "POST /repos/{owner}/{repo}/issues/{issue_number}/comments",
  pull: undefined,
  createsContent: true,
};

/** The status that a request gets instead of being done; "done" where it gets none. */
function status(ask: () => void): number | "done" {
  try {
    ask();
    return "done";
  } catch (error: unknown) {
    if (error instanceof ApiRefusal) return error.status;
    throw error;
  }
}

function often(times: number, ask: () => void) {
  return Array.from({ length: times }, () => status(ask));
}

describe("the sky over a twin", () => {
  const cases: readonly [string, Sky, (sky: Sky) => void, readonly (number | "done")[]][] = [
    ["is clear by default", createSky({}), (sky) => sky.assertClear(MERGE), ["done", "done"]],
    [
      "refuses the first merges of a pull request",
      createSky({ mergesRefused: 2 }),
      (sky) => sky.assertClear(MERGE),
      [405, 405, "done"],
    ],
    [
      "refuses each of so many writes that create content",
      createSky({ limitsEvery: 3 }),
      (sky) => sky.assertClear(COMMENT),
      ["done", "done", 429, "done", "done", 429],
    ],
    [
      "and no write that creates none",
      createSky({ limitsEvery: 1 }),
      (sky) => sky.assertClear(MERGE),
      ["done"],
    ],
    [
      "fails each of so many requests",
      createSky({ failsEvery: 2 }),
      (sky) => sky.assertClear(COMMENT),
      ["done", 502, "done", 502],
    ],
    [
      "loses each of so many answers",
      createSky({ losesEvery: 2 }),
      (sky) => sky.assertHeard(),
      ["done", 502, "done", 502],
    ],
  ];
  test.each(cases)("%s", (_, sky, ask, expected) => {
    expect(often(expected.length, () => ask(sky))).toEqual(expected);
  });

  test("counts each pull request by itself", () => {
    const sky = createSky({ mergesRefused: 1 });
    expect(often(1, () => sky.assertClear(MERGE))).toEqual([405]);
    expect(often(2, () => sky.assertClear({ ...MERGE, pull: "5" }))).toEqual([405, "done"]);
  });

  test("knows whether a pull request can be merged after so many reads, and merges none before", () => {
    const sky = createSky({ readsUnknown: 2 });
    expect(status(() => sky.assertClear(MERGE))).toBe(405);
    expect([1, 2, 3].map(() => sky.isMergeableKnown("4"))).toEqual([false, false, true]);
    expect(status(() => sky.assertClear(MERGE))).toBe("done");
  });

  test("lists what is old enough", () => {
    const sky = createSky({ listsLagMs: 5_000 });
    const at = (text: string) => sky.isListed("2026-11-02T08:00:00Z", new Date(text));
    expect(at("2026-11-02T08:00:04.999Z")).toBe(false);
    expect(at("2026-11-02T08:00:05Z")).toBe(true);
  });

  test("says how long to wait where it limits", () => {
    const sky = createSky({ limitsEvery: 1 });
    expect(() => sky.assertClear(COMMENT)).toThrow(
      expect.objectContaining({ detail: { headers: { "retry-after": "1" } } }),
    );
  });
});

describe("the weathers", () => {
  test.each(Object.entries(WEATHERS))(
    "%s says what it is and which fact it plays",
    (name, weather) => {
      expect(isWeather(name)).toBe(true);
      expect(weather.about).toMatch(/^[A-Z].*\.$/);
      expect(Object.keys(FACTS)).toContain(weather.fact);
      expect(Object.keys(weather).length).toBeGreaterThan(2);
    },
  );

  test.each(["", "fog", "toString", "all"])("there is none called %j", (name) => {
    expect(isWeather(name)).toBe(false);
  });
});
