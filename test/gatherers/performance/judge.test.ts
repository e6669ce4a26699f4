import { describe, expect, test } from "vitest";
import { gatherPerformance } from "../../../src/gatherers/performance/gather.ts";
import { judgeProbes, testProbes } from "../../../src/gatherers/performance/judge.ts";
import { PerformanceOptions } from "../../../src/gatherers/performance/options.ts";
import type { MeasuredRun } from "../../../src/gatherers/performance/runs.ts";

/** The same numbers for the same seed. */
function randomOf(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 4_294_967_296;
  };
}

function runsOf(medians: readonly number[], name = "search"): readonly MeasuredRun[] {
  return medians.map((median, index) => ({
    commit: `${index}`.padStart(40, "0"),
    at: "2026-11-01T00:00:00Z",
    sizes: {},
    probes: { [name]: [median] },
  }));
}

const options = (more: object = {}) =>
  PerformanceOptions.parse({ probes: [{ name: "search", run: "node search.mjs" }], ...more });

function judged(medians: readonly number[], more: object = {}) {
  const runs = runsOf(medians);
  const now = runs.at(-1);
  if (now === undefined) throw new Error("no run");
  return gatherPerformance(options(more), runs.slice(0, -1), now);
}

describe("probes", () => {
  const steady = Array.from({ length: 30 }, (_, index) => 100 + (index % 5));

  test("says nothing of runs that are as before", () => {
    expect(judged([...steady, 101, 103, 100, 102]).items).toEqual([]);
  });

  test("tells what became slower in all recent runs, with its probability and power", () => {
    const { items, measures } = judged([...steady, 130, 128, 131, 133]);
    expect(items.map(({ key }) => key)).toEqual(["probe search"]);
    expect(items[0]?.title).toBe("search is 28 % worse than before");
    expect(items[0]?.body).toContain("0.000022 that nothing changed");
    expect(measures["search-power"]).toBe(1);
  });

  test("keeps still about one slow run among the recent ones", () => {
    expect(judged([...steady, 101, 103, 100, 400]).items).toEqual([]);
  });

  test("keeps still about a change that is certain and does not matter", () => {
    expect(judged([...steady, 106, 107, 106, 107]).items).toEqual([]);
  });

  test("of what should be high, low is worse", () => {
    const probes = [{ name: "search", run: "x", better: "higher" }];
    expect(judged([...steady, 70, 71, 70, 72], { probes }).items).toHaveLength(1);
    expect(judged([...steady, 170, 171, 170, 172], { probes }).items).toEqual([]);
  });

  test("says that it cannot tell, and how many runs are missing", () => {
    const { items, measures } = judged([1, 1, 1, 9, 9, 9, 9]);
    expect({ items, cannot: measures["cannot-tell"] }).toEqual({ items: [], cannot: 1 });
    const runs = runsOf([1, 1, 1, 9, 9, 9, 9]);
    const [probe] = judgeProbes(options(), runs.slice(0, -1), runs[6] as MeasuredRun);
    // C(n + 4, 4) has to be 100 at least: n = 5.
    expect(probe?.found).toEqual({ kind: "too-few-runs", missing: 2 });
  });

  test("says that it cannot tell of medians that are not above 0", () => {
    const runs = runsOf([...steady, 0]);
    const [probe] = judgeProbes(options(), runs.slice(0, -1), runs.at(-1) as MeasuredRun);
    expect(probe?.found).toEqual({ kind: "not-positive" });
  });

  test("the ninth run is the first that can tell anything, as the how-to says", () => {
    const cannot = (runs: number) => judged(Array(runs).fill(1)).measures["cannot-tell"];
    expect([cannot(8), cannot(9)]).toEqual([1, 0]);
  });

  test("raises false alarms in at most alpha of all looks, over skewed and noisy machines", () => {
    const random = randomOf(7);
    let alarms = 0;
    const looks = 1_500;
    for (let look = 0; look < looks; look += 1) {
      // Two probes whose runs lie far apart, as on shared runners.
      const noisy = () => 100 * Math.exp(0.5 * (random() + random() + random() - 1.5)) ** 3;
      const runs = runsOf(Array.from({ length: 24 }, noisy)).map((run) => ({
        ...run,
        probes: { ...run.probes, build: [noisy()] },
      }));
      const both = options({
        alpha: 0.05,
        probes: ["search", "build"].map((name) => ({ name, run: "x", effect: 0.000_001 })),
      });
      const found = testProbes(both, runs.slice(0, -1), runs[23] as MeasuredRun);
      if (found.some((one) => one.found.kind === "tested" && one.found.isWorse)) alarms += 1;
    }
    // Three standard deviations of a share of 0.05 of so many looks above it.
    expect(alarms / looks).toBeLessThanOrEqual(0.05 + 3 * Math.sqrt((0.05 * 0.95) / looks));
    expect(alarms).toBeGreaterThan(0);
  }, 60_000);
});

describe("sizes", () => {
  const run = (gzip: number): MeasuredRun => ({
    ...{ commit: "a".repeat(40), at: "2026-11-01T00:00:00Z", probes: {} },
    sizes: { bundle: { bytes: 3 * gzip, gzip } },
  });
  const watched = (more: object = {}) =>
    PerformanceOptions.parse({ sizes: [{ name: "bundle", files: ["dist/**"], ...more }] });

  test.each([
    ["as before", [1_000, 1_000], {}, []],
    ["a little more", [1_000, 1_020], {}, []],
    ["more than it may grow", [1_000, 1_021], {}, ["size bundle"]],
    ["smaller", [1_000, 10], {}, []],
    ["for the first time", [1_000], {}, []],
    ["over its limit", [1_000, 1_000], { limit: 999 }, ["size bundle"]],
  ])("%s", (_, sizes, more, keys) => {
    const runs = sizes.map(run);
    const now = runs.at(-1) ?? run(0);
    const found = gatherPerformance(watched(more), runs.slice(0, -1), now);
    expect(found.items.map(({ key }) => key)).toEqual(keys);
    expect(found.measures.bundle).toBe(sizes.at(-1));
  });
});
