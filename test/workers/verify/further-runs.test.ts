import { describe, expect, test } from "vitest";
import type { CheckRun, TestResult } from "../../../src/domain/evidence.ts";
import type { RunOptions, Task } from "../../../src/workers/checks/workbench.ts";
import { besides, differing, runAgain } from "../../../src/workers/verify/further-runs.ts";
import { lineOrder } from "../orders.ts";
import { failed, passed, runOf, skipped } from "./runs.ts";

function ran(tests: readonly TestResult[] | undefined, more: Partial<CheckRun> = {}): CheckRun {
  return runOf({ ...(tests === undefined ? {} : { tests: [...tests] }), ...more });
}

const several = (name: string, counts: readonly [number, number, number]): TestResult => ({
  ...{ name, status: "failed" },
  several: { passed: counts[0], failed: counts[1], skipped: counts[2] },
});

describe("names that differ in two runs", () => {
  test.each<
    [string, readonly TestResult[] | undefined, readonly TestResult[] | undefined, string[]]
  >([
    ["pass in both", [passed("t")], [passed("t")], []],
    ["fail in both", [failed("t")], [failed("t")], []],
    ["failed first", [failed("t")], [passed("t")], ["t"]],
    ["failed later", [passed("t")], [failed("t")], ["t"]],
    ["failed and were skipped", [failed("t")], [skipped("t")], []],
    ["were skipped and failed", [skipped("t")], [failed("t")], []],
    ["failed and are absent", [failed("t")], [], []],
    ["are absent and failed", [], [failed("t")], []],
    [
      "failed and passed, of several, and all pass",
      [several("t", [1, 1, 0])],
      [passed("t")],
      ["t"],
    ],
    ["failed, and of several one fails", [failed("t")], [several("t", [1, 1, 0])], []],
    ["are in one run without names", undefined, [failed("t")], []],
    ["are in the other without names", [failed("t")], undefined, []],
    [
      "are some of many",
      [passed("a"), failed("b")],
      [failed("a"), passed("b"), passed("c")],
      ["a", "b"],
    ],
  ])("%s", (_what, first, second, expected) => {
    expect(differing(ran(first), ran(second))).toEqual(expected);
  });
});

describe("further runs beside the first", () => {
  test("are none, and the first stays as it is", () => {
    const first = ran([passed("t")]);
    expect(besides(first, [])).toBe(first);
  });

  test("say how they ended, whether they ran all, and which tests failed", () => {
    const first = ran([failed("t")], { status: "failed", exitCode: 1 });
    const whole = ran([failed("t"), passed("u"), failed("v")], {
      ...{ status: "failed", exitCode: 3, durationMs: 7 },
    });
    const some = ran(undefined, { command: "npm test -- t", exitCode: null, status: "timed-out" });
    expect(besides(first, [whole, some])).toEqual({
      ...first,
      again: [
        {
          ...{ status: "failed", exitCode: 3, durationMs: 7 },
          whole: true,
          failing: ["t", "v"],
          more: 0,
        },
        {
          ...{ status: "timed-out", exitCode: null, durationMs: 10 },
          whole: false,
          failing: [],
          more: 0,
        },
      ],
    });
  });

  test("are at most four, with at most fifty names each", () => {
    const names = Array.from({ length: 52 }, (_none, at) => `t${at}`);
    const runs = [50, 51, 52, 1, 2].map((count) => ran(names.slice(0, count).map(failed)));
    const { again = [] } = besides(ran([]), runs);
    expect(again.map(({ failing, more }) => [failing.length, failing.at(-1), more])).toEqual([
      [50, "t49", 0],
      [50, "t49", 1],
      [50, "t49", 2],
      [1, "t0", 0],
    ]);
  });
});

describe("tests asked again", () => {
  interface Asked {
    readonly only?: readonly { readonly name: string }[];
    /** What the runs on the bench say, in order. */
    readonly runs?: readonly CheckRun[];
    readonly remainingMs?: readonly number[];
    readonly first?: CheckRun;
    readonly config?: object;
  }

  const ALONE = { run: "npm test", only: { run: 'npm test -- "$@"', by: "names" } };

  /** What comes of asking again, and what each run was asked for. */
  async function ask({
    only,
    runs = [],
    remainingMs = [],
    first = ran([]),
    config = ALONE,
  }: Asked) {
    const asked: (RunOptions | undefined)[] = [];
    const [left, time] = [[...runs], [...remainingMs]];
    const base = lineOrder();
    const order = { ...base, config: { ...base.config, checks: { test: config } } };
    const task = {
      order,
      workbench: { remainingMs: () => time.shift() ?? 1_000_000 },
    } as unknown as Task;
    const bench = {
      run: async (name: string, about?: RunOptions) => {
        expect(name).toBe("test");
        asked.push(about);
        const run = left.shift();
        if (run === undefined) throw new Error("one run too many");
        return run;
      },
    };
    const given = { bench, first, ...(only === undefined ? {} : { only }) };
    const found = await runAgain(task, given as unknown as Parameters<typeof runAgain>[1]);
    return { found, asked };
  }

  const whole = ran([passed("t"), passed("u")]);
  const only = [{ name: "t" }];

  test("are the whole check where none are named", async () => {
    expect(await ask({ runs: [whole] })).toEqual({ found: whole, asked: [undefined] });
  });

  test("are those named, where the config can select them", async () => {
    const some = ran([passed("t")]);
    const asked = { only, first: ran([failed("t"), passed("u")]), runs: [some] };
    expect(await ask(asked)).toEqual({ found: some, asked: [{ only }] });
  });

  test("are the whole check where the config cannot select them", async () => {
    const found = await ask({ only, runs: [whole], config: { run: "npm test" } });
    expect(found).toEqual({ found: whole, asked: [undefined] });
  });

  test.each<[string, readonly TestResult[], readonly TestResult[], boolean]>([
    ["says nothing of one that the first run has", [failed("t")], [], true],
    ["says nothing of one of two", [passed("t"), passed("u")], [passed("t")], true],
    ["says nothing of one that the first run has not either", [], [], false],
    ["skips it", [failed("t")], [skipped("t"), passed("u")], false],
  ])("are the whole check too where a run of some %s: %j, %j", async (_what, before, now, more) => {
    const names = before.length === 2 ? [{ name: "t" }, { name: "u" }] : only;
    const some = ran(now);
    const { found, asked } = await ask({ only: names, first: ran(before), runs: [some, whole] });
    expect(found).toBe(more ? whole : some);
    expect(asked).toEqual(more ? [{ only: names }, undefined] : [{ only: names }]);
  });

  test.each<[string, Asked, number]>([
    ["for some", { only, remainingMs: [0] }, 0],
    ["for all, which took as long as is left", { remainingMs: [10] }, 0],
    [
      "for all after some",
      { only, first: ran([failed("t")]), runs: [ran([])], remainingMs: [1, 10] },
      1,
    ],
  ])("are unknown where there is no time %s", async (_what, asked, count) => {
    const found = await ask(asked);
    expect(found.found).toBeUndefined();
    expect(found.asked).toHaveLength(count);
  });

  test.each<[string, Asked]>([
    ["for some", { only, remainingMs: [1], runs: [ran([passed("t")])], first: ran([passed("t")]) }],
    ["for all", { remainingMs: [11], runs: [whole] }],
  ])("are known where there is just time %s", async (_what, asked) => {
    expect((await ask(asked)).found).toBeDefined();
  });

  const killed = (durationMs: number) => ran(undefined, { status: "timed-out", durationMs });
  test.each<[string, CheckRun, object, boolean]>([
    ["at the limit of its check", killed(60_000), { run: "x", timeoutSeconds: 60 }, true],
    ["before the limit of its check", killed(59_999), { run: "x", timeoutSeconds: 60 }, false],
    [
      "never, and failed early",
      ran([], { status: "failed" }),
      { run: "x", timeoutSeconds: 60 },
      true,
    ],
  ])("that were killed %s are told: %#", async (_what, run, config, told) => {
    const { found } = await ask({ runs: [run], config });
    expect(found).toBe(told ? run : undefined);
  });

  test("of some that were cut short are unknown, and nothing else is asked", async () => {
    const { found, asked } = await ask({ only, runs: [killed(1)], first: ran([]) });
    expect(found).toBeUndefined();
    expect(asked).toEqual([{ only }]);
  });
});
