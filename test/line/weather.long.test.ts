import { describe, expect, test } from "vitest";
import { WEATHERS } from "../../src/twin/github/weather/weather.ts";
import { headOf, PATIENCE_MS, raise, submit } from "./rig.ts";
import { expectSealed, standing } from "./standing.ts";

/** The marker with which each comment of the factory begins. */
function markersOf(comments: readonly { readonly body: string }[]): readonly string[] {
  return comments.map(({ body }) => body.split("\n")[0] ?? "").sort();
}

/** What only weather answers; a lag is seen by nobody. */
const STRUCK = [405, 429, 502];

/** What a repository shows in the end: the same under every weather. */
async function play(weather: (typeof WEATHERS)[keyof typeof WEATHERS] | undefined) {
  await using world = await raise({ ...(weather && { weather }) });
  const issue = await submit(world);
  const { stages, state, labels, events, comments, pulls } = await standing(world, issue);
  await expectSealed(world, issue);
  const checks = await world.get<{ check_runs: readonly { name: string }[] }>(
    `/commits/${pulls[0]?.head.sha}/check-runs`,
  );
  const struck = world.twin.github.requests().map(({ status }) => status);
  return {
    struck: new Set(struck.filter((status) => STRUCK.includes(status))),
    ...{ stages, state, labels, events },
    markers: markersOf(comments),
    pulls: pulls.map(({ head, merged_at }) => [head.ref, merged_at !== null]),
    checks: checks.check_runs.map(({ name }) => name).sort(),
    isMerged: (await headOf(world)) !== world.base,
  };
}

// What the runner does is its own tests' to say, and `demo --weather`'s: here jobs run without it.
const OF_RUNNER = ["skips", "eventsLateMs", "losesJob", "losesRunner", "breaksAptList"];
const OVER_GITHUB = Object.entries(WEATHERS).filter(
  ([, weather]) => !OF_RUNNER.some((key) => key in weather),
);
/** Seen by nobody in any answer. */
const SILENT = ["listsLagMs", "clockAheadMs"];

describe.concurrent("the line", { timeout: PATIENCE_MS }, () => {
  const fair = play(undefined);
  test.for(OVER_GITHUB)("ends as in fair weather under %s", async ([, weather], { expect }) => {
    const { struck, ...ended } = await play(weather);
    const { struck: nothing, ...usual } = await fair;
    expect(ended).toEqual(usual);
    expect(nothing.size).toBe(0);
    expect(struck.size).toBe(SILENT.some((key) => key in weather) ? 0 : 1);
    expect(ended).toMatchObject({ stages: ["done"], state: "closed", isMerged: true });
    expect(ended.pulls).toHaveLength(1);
    expect(new Set(ended.markers).size).toBe(ended.markers.length);
  });

  test("is played under each of them", () => {
    expect(OVER_GITHUB.length).toBeGreaterThan(5);
  });
});
