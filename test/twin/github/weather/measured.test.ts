import { describe, expect, test } from "vitest";
import { compare, type Findings } from "../../../../src/domain/platform/conformance.ts";
import { weatherOf } from "../../../../src/twin/github/weather/measured.ts";
import { WEATHERS } from "../../../../src/twin/github/weather/weather.ts";

const RUN = { repository: "OWNER/app", run: 7, attempt: 1, at: "2026-11-29T12:00:00Z" };

describe("what a conformance run found is weather", () => {
  test.each([
    ["nothing found", {}, {}],
    ["as believed", { "6.5": "0", "6.6": "0", "7.1": "0", "2.5": "skipped" }, { skips: "strict" }],
    ["the other reading", { "2.5": "ran" }, { skips: "lenient" }],
    ["merges refused", { "6.5": "2" }, { mergesRefused: 2 }],
    ["mergeable late", { "6.6": "3" }, { readsUnknown: 3 }],
    ["mergeable never", { "6.6": "over 90" }, {}],
    ["a list that lags", { "7.1": "5" }, { listsLagMs: 5_000 }],
    ["a limit", { "3.2": "429, every 2 of them" }, { limitsEvery: 2 }],
    ["failures", { "7.5": "every 13 requests" }, { failsEvery: 13 }],
    ["lost answers", { "7.6": "every 11 requests" }, { losesEvery: 11 }],
  ] satisfies readonly [string, Findings, object][])("%s", (_, findings, expected) => {
    expect(weatherOf(compare(findings, RUN))).toEqual(expected);
  });

  test("all that weather over GitHub can do", () => {
    const all = Object.values(WEATHERS).flatMap((weather) => Object.keys(weather));
    // No conformance run can see these: how events travelled, when a runner is lost, which list broke, whose clock is right.
    const unseen = [
      "about",
      "fact",
      "eventsLateMs",
      "eventsTimes",
      "losesJob",
      "losesRunner",
      "breaksAptList",
      "clockAheadMs",
    ];
    const played = new Set(all.filter((key) => !unseen.includes(key)));
    const findings: Findings = {
      ...{ "6.5": "2", "6.6": "3", "7.1": "5", "2.5": "ran", "3.2": "403, every 4 of them" },
      ...{ "7.5": "every 13 requests", "7.6": "every 11 requests" },
    };
    expect(new Set(Object.keys(weatherOf(compare(findings, RUN))))).toEqual(played);
  });
});
