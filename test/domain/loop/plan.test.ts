import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { Gathered } from "../../../src/domain/loop/gathered.ts";
import { keyOf } from "../../../src/domain/loop/key-of.ts";
import { Loop } from "../../../src/domain/loop/loop.ts";
import { type PlanInput, planLoop } from "../../../src/domain/loop/plan.ts";
import type { LoopState } from "../../../src/domain/loop/state.ts";

const NOW = "2026-11-20T09:00:00.000Z";
const LOOP = Loop.parse({
  gather: { command: "x" },
  guards: [{ measure: "size", worse: "higher" }],
  effects: { file: 3, open: 5 },
});
const TODAY = Loop.parse({ gather: { command: "x" }, expireAfterDays: 0 });
const keys = fc.uniqueArray(fc.integer({ min: 0, max: 15 }).map(String), { maxLength: 12 });
const itemOf = (key: string) => ({ key, title: key });
const gatheredOf = (found: readonly string[], size: number) =>
  Gathered.parse({ items: found.map(itemOf), measures: { size } });

/** A situation of a loop: what is open, what is held, what is not wanted, what is found. */
const situation = fc
  .record({
    found: keys,
    open: keys,
    held: fc.array(fc.boolean(), { minLength: 12, maxLength: 12 }),
    dismissed: keys,
    age: fc.array(fc.integer({ min: 0, max: 60 }), { minLength: 12, maxLength: 12 }),
    size: fc.integer({ min: 0, max: 3 }),
    before: fc.option(fc.integer({ min: 0, max: 3 }), { nil: undefined }),
    resumed: fc.boolean(),
  })
  .map(({ found, open, held, dismissed, age, size, before, resumed }): PlanInput => {
    const numbered = open.map((key, index) => ({
      issue: index + 1,
      key: keyOf(itemOf(key)),
      isHeld: held[index] ?? false,
    }));
    const state: LoopState = {
      version: 1,
      loop: "tidy",
      last: { run: 6, at: NOW, items: 0 },
      baseline: before === undefined ? {} : { size: before },
      measures: {},
      findings: numbered.map(({ issue, key }, index) => {
        const days = age[index] ?? 0;
        const seenAt = new Date(Date.parse(NOW) - days * 86_400_000).toISOString();
        return { issue, key, run: index % 2 === 0 ? 6 : 5, seenAt };
      }),
    };
    return {
      loop: LOOP,
      name: "tidy",
      gathered: gatheredOf(found, size),
      state,
      open: numbered,
      dismissed: new Set(dismissed.map((key) => keyOf(itemOf(key)))),
      resumed,
      run: 7,
      now: NOW,
    };
  });

/** What a plan closes: what is over, or what the last run filed. */
function closedBy(plan: ReturnType<typeof planLoop>): readonly number[] {
  if (plan.kind === "acts") return plan.expire;
  return plan.kind === "stops" ? plan.undo : [];
}

describe("the laws of a loop", () => {
  test("with no days to wait, what is not found closes at once, and what is found stays", () => {
    fc.assert(
      fc.property(situation, (input) => {
        const plan = planLoop({ ...input, loop: TODAY });
        const found = new Set(input.gathered.items.map(keyOf));
        const gone = input.open.filter(({ key, isHeld }) => !isHeld && !found.has(key));
        expect(plan).toMatchObject({ kind: "acts", expire: gone.map(({ issue }) => issue) });
      }),
    );
  });

  test("never more than its bounds, never twice, never what is not wanted", () => {
    fc.assert(
      fc.property(situation, (input) => {
        const plan = planLoop(input);
        if (plan.kind !== "acts") return;
        const standing = new Set(input.open.map(({ key }) => key));
        const filed = plan.file.map(keyOf);
        expect(filed.length).toBeLessThanOrEqual(3);
        if (filed.length > 0) {
          expect(input.open.length - plan.expire.length + filed.length).toBeLessThanOrEqual(5);
        }
        expect(new Set(filed).size).toBe(filed.length);
        expect(filed.some((key) => standing.has(key) || input.dismissed.has(key))).toBe(false);
      }),
    );
  });

  test("nothing that a person holds, and nothing that was just found, is closed", () => {
    fc.assert(
      fc.property(situation, (input) => {
        const plan = planLoop(input);
        const found = new Set(input.gathered.items.map(keyOf));
        const opened = (issue: number) => input.open.find((open) => open.issue === issue);
        for (const issue of closedBy(plan)) expect(opened(issue)?.isHeld).toBe(false);
        const expired = plan.kind === "acts" ? plan.expire : [];
        for (const issue of expired) expect(found.has(opened(issue)?.key ?? "")).toBe(false);
      }),
    );
  });

  test("it starts nothing that is held, not found now or started before, and never more than the file lets stand on the line", () => {
    const flags = fc.array(fc.record({ isOnLine: fc.boolean(), mayStart: fc.boolean() }), {
      minLength: 12,
      maxLength: 12,
    });
    fc.assert(
      fc.property(situation, fc.integer({ min: 0, max: 5 }), flags, (input, start, told) => {
        const open = input.open.map((one, index) => ({ ...one, ...told[index] }));
        const loop = { ...input.loop, effects: { ...input.loop.effects, start } };
        const plan = planLoop({ ...input, loop, open });
        if (plan.kind !== "acts") return;
        const found = new Set(input.gathered.items.map(keyOf));
        for (const issue of plan.start) {
          expect(open.find((one) => one.issue === issue)).toMatchObject({
            isHeld: false,
            mayStart: true,
          });
          expect(found.has(open.find((one) => one.issue === issue)?.key ?? "")).toBe(true);
        }
        const onLine = open.filter(({ isOnLine }) => isOnLine).length;
        expect(plan.start.length).toBeLessThanOrEqual(Math.max(0, start - onLine));
        const remembered = plan.findings.map((one) => ({ ...one, started: 3 }));
        const state = input.state && { ...input.state, findings: remembered };
        expect(planLoop({ ...input, loop, open, state })).toMatchObject({ start: [] });
      }),
    );
  });

  test("it stops if and only if a guard is worse than at the beginning, and then files nothing", () => {
    fc.assert(
      fc.property(situation, (input) => {
        const before = input.resumed ? undefined : input.state?.baseline.size;
        const isWorse = before !== undefined && (input.gathered.measures.size ?? 0) > before;
        expect(planLoop(input).kind).toBe(isWorse ? "stops" : "acts");
      }),
    );
  });

  test("every open issue is remembered or closed, and none is both", () => {
    fc.assert(
      fc.property(situation, (input) => {
        const plan = planLoop(input);
        if (plan.kind !== "acts") return;
        const all = [...plan.findings.map(({ issue }) => issue), ...plan.expire];
        expect(all.toSorted((left, right) => left - right)).toEqual(
          input.open.map(({ issue }) => issue),
        );
      }),
    );
  });
});

test("what no state remembers was filed by the last run, which could not write it down", () => {
  const input: PlanInput = {
    loop: LOOP,
    name: "tidy",
    gathered: gatheredOf([], 9),
    state: {
      version: 1,
      loop: "tidy",
      last: { run: 6, at: NOW, items: 1 },
      baseline: { size: 1 },
      measures: {},
      findings: [],
    },
    open: [{ issue: 3, key: keyOf(itemOf("a")), isHeld: false }],
    dismissed: new Set(),
    resumed: false,
    run: 7,
    now: NOW,
  };
  expect(planLoop(input)).toMatchObject({ kind: "stops", undo: [3], left: [] });
});

/** One loop that files and starts, in which `a` is found. */
function foundA(more: Partial<PlanInput>): PlanInput {
  return {
    loop: Loop.parse({ gather: { command: "x" }, effects: { file: 3, open: 5, start: 2 } }),
    name: "tidy",
    gathered: gatheredOf(["a"], 1),
    state: undefined,
    open: [],
    dismissed: new Set(),
    resumed: false,
    run: 7,
    now: NOW,
    ...more,
  };
}

test("counts what waits for the next run, and what a person does not want", () => {
  const keys = ["a", "b", "c", "d", "e", "f"];
  const plan = planLoop(
    foundA({
      loop: Loop.parse({ gather: { command: "x" }, effects: { file: 2, open: 5 } }),
      gathered: gatheredOf(keys, keys.length),
      dismissed: new Set(["b", "e"].map((key) => keyOf(itemOf(key)))),
    }),
  );
  expect(plan).toMatchObject({ file: [{ key: "a" }, { key: "c" }], waiting: 2, dismissed: 2 });
});

describe("two issues about one item, as two runs at once file them", () => {
  const free = { key: keyOf(itemOf("a")), isHeld: false, mayStart: true };
  const pair = (second: object) =>
    planLoop(
      foundA({
        open: [
          { issue: 8, ...free, ...second },
          { issue: 3, ...free },
        ],
      }),
    );

  test("the older one alone is started", () => {
    expect(pair({})).toMatchObject({ start: [3] });
  });

  test.each([
    ["is on the line", { isOnLine: true, mayStart: false }],
    ["holds a person's word", { isHeld: true }],
    ["does not read as it was filed", { mayStart: false }],
  ])("none is where the other one %s", (_name, second) => {
    expect(pair(second)).toMatchObject({ start: [] });
  });

  test("none is where the other one was started and taken off the line", () => {
    const plan = planLoop(
      foundA({
        state: {
          version: 1,
          loop: "tidy",
          last: { run: 6, at: NOW, items: 1 },
          baseline: {},
          measures: {},
          findings: [{ issue: 8, key: free.key, run: 6, seenAt: NOW, started: 6 }],
        },
        open: [
          { issue: 3, ...free },
          { issue: 8, ...free },
        ],
      }),
    );
    expect(plan).toMatchObject({ start: [] });
  });

  test("none is where a person dismissed the other one", () => {
    const plan = planLoop(
      foundA({ open: [{ issue: 3, ...free }], dismissed: new Set([free.key]) }),
    );
    expect(plan).toMatchObject({ start: [] });
  });
});

describe("a judge was asked before another run of the loop filed the same", () => {
  const judgedOf = (item: object) => ({
    file: [{ ...itemOf("a"), body: "", evidence: [], reason: "", own: false, rests: [], ...item }],
    merged: new Map(),
    dropped: 0,
    notTaken: [],
  });
  const open = [{ issue: 3, key: keyOf(itemOf("a")), isHeld: false }];
  const [a, b] = ["a", "b"].map((key) => ({ ...itemOf(key), body: "", evidence: [] }));
  const both = { gathered: gatheredOf(["a", "b"], 1) };

  test("an item that has an issue by now is not filed again", () => {
    expect(planLoop(foundA({ judged: judgedOf({}), open }))).toMatchObject({ file: [] });
    expect(planLoop(foundA({ judged: judgedOf({}) }))).toMatchObject({ file: [{ key: "a" }] });
  });

  test("an item that another issue speaks for by now is not filed again", () => {
    const speaking = [{ issue: 3, key: keyOf(itemOf("z")), rests: [keyOf(itemOf("a"))] }];
    const held = speaking.map((one) => ({ ...one, isHeld: true }));
    expect(planLoop(foundA({ judged: judgedOf({}), open: held }))).toMatchObject({ file: [] });
  });

  test("a proposal that rests on such an item is not filed", () => {
    const own = judgedOf({ key: "proposed", own: true, rests: [a, b] });
    expect(planLoop(foundA({ ...both, judged: own, open }))).toMatchObject({ file: [] });
    expect(planLoop(foundA({ ...both, judged: own }))).toMatchObject({ file: [{ own: true }] });
  });

  test("what is merged into a new issue is left out where another one speaks for it", () => {
    const more = judgedOf({ key: "b", rests: [a] });
    expect(planLoop(foundA({ ...both, judged: more, open }))).toMatchObject({
      file: [{ key: "b", rests: [] }],
    });
  });
});
