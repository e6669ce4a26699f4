import { describe, expect, test } from "vitest";
import { Gathered } from "../../../src/domain/loop/gathered.ts";
import { keyOf } from "../../../src/domain/loop/key-of.ts";
import { Loop } from "../../../src/domain/loop/loop.ts";
import type { OpenFinding } from "../../../src/domain/loop/open-finding.ts";
import { type PlanInput, planLoop } from "../../../src/domain/loop/plan.ts";
import { readLoop } from "../../../src/domain/loop/read-loop.ts";
import type { Finding } from "../../../src/domain/loop/state.ts";

const NOW = "2026-11-20T09:00:00.000Z";
const EARLIER = "2026-11-10T09:00:00.000Z";
const digest = (key: string) => keyOf({ key });
const { items } = Gathered.parse({
  items: ["a", "b", "c", "d"].map((key) => ({ key, title: key })),
  measures: {},
});
type Item = (typeof items)[number];
const [A, B, C, D] = items as unknown as [Item, Item, Item, Item];
const loopOf = (more: object = {}) =>
  Loop.parse({
    gather: { command: "x" },
    effects: { file: 2, open: 3 },
    expireAfterDays: 10,
    ...more,
  });
const open = (issue: number, key: string, more: Partial<OpenFinding> = {}): OpenFinding => ({
  issue,
  key: digest(key),
  isHeld: false,
  ...more,
});
const finding = (issue: number, key: string, more: Partial<Finding> = {}): Finding => ({
  issue,
  key: digest(key),
  run: 5,
  seenAt: EARLIER,
  ...more,
});
const stateOf = (findings: readonly Finding[], baseline = {}): PlanInput["state"] => ({
  version: 1,
  loop: "tidy",
  last: { run: 6, at: EARLIER, items: 0 },
  baseline,
  measures: {},
  findings: [...findings],
});

function plan(found: readonly Item[], more: Partial<PlanInput> = {}, measures = {}) {
  return planLoop({
    loop: loopOf(),
    name: "tidy",
    gathered: { ...Gathered.parse({ items: [], measures }), items: [...found] },
    state: undefined,
    open: [],
    dismissed: new Set(),
    resumed: false,
    run: 7,
    now: NOW,
    ...more,
  });
}

const acts = {
  kind: "acts",
  reached: false,
  file: [],
  seen: [],
  expire: [],
  start: [],
  waiting: 0,
  dismissed: 0,
  unfiled: 0,
  measures: { items: 0 },
  baseline: {},
  findings: [],
};
const judged = (
  file: readonly object[],
  merged: readonly (readonly [string, readonly Item[]])[] = [],
) => ({ file, merged: new Map(merged) }) as unknown as NonNullable<PlanInput["judged"]>;

describe("the whole plan of a run", () => {
  test.each<readonly [string, ReturnType<typeof plan>, object]>([
    ["finds nothing", plan([]), acts],
    [
      "finds more than one run files",
      plan([A, B, C, D], { dismissed: new Set([digest("b")]) }),
      { ...acts, file: [A, C], waiting: 1, dismissed: 1, measures: { items: 4 } },
    ],
    [
      "has room for one more issue",
      plan([A, B, C], {
        open: [open(1, "x"), open(2, "y")],
        state: stateOf([finding(1, "x", { seenAt: NOW }), finding(2, "y", { seenAt: NOW })]),
      }),
      {
        ...acts,
        file: [A],
        waiting: 2,
        measures: { items: 3 },
        findings: [finding(1, "x", { seenAt: NOW }), finding(2, "y", { seenAt: NOW })],
      },
    ],
    [
      "closes what was not found for ten days, and keeps what is held or found",
      plan([A], {
        open: [open(1, "x"), open(2, "y", { isHeld: true }), open(3, "a")],
        state: stateOf([finding(1, "x"), finding(2, "y", { started: 4 }), finding(3, "a")]),
      }),
      {
        ...acts,
        seen: [{ issue: 3, item: A }],
        expire: [1],
        measures: { items: 1 },
        findings: [finding(2, "y", { started: 4 }), finding(3, "a", { seenAt: NOW })],
      },
    ],
    [
      "remembers what no run recorded as of the last run, begun or not",
      plan([], {
        open: [open(1, "x"), open(2, "y", { isBegun: true })],
        state: stateOf([]),
      }),
      {
        ...acts,
        findings: [
          finding(1, "x", { run: 6, seenAt: NOW }),
          finding(2, "y", { run: 6, seenAt: NOW, started: 6 }),
        ],
      },
    ],
    [
      "remembers as of this run where none was before, and believes its memory of a start",
      plan([], { open: [open(1, "x", { isBegun: true })] }),
      { ...acts, findings: [finding(1, "x", { run: 7, seenAt: NOW, started: 7 })] },
    ],
    [
      "does not start again what it remembers as not started",
      plan([], {
        open: [open(1, "x", { isBegun: true })],
        state: stateOf([finding(1, "x", { seenAt: NOW })]),
      }),
      { ...acts, findings: [finding(1, "x", { seenAt: NOW })] },
    ],
    [
      "has reached what it was for",
      plan([A], { loop: loopOf({ until: "items <= 1" }) }),
      { ...acts, reached: true, waiting: 1, measures: { items: 1 } },
    ],
    [
      "cannot tell whether it has",
      plan([A], { loop: loopOf({ until: "size <= 1" }) }),
      { kind: "unknown", measure: "size" },
    ],
    [
      "is not shown what it guards",
      plan([A], { loop: loopOf({ guards: [{ measure: "size", worse: "higher" }] }) }),
      { kind: "unknown", measure: "size" },
    ],
    [
      "finds what it guards worse",
      plan(
        [A],
        {
          loop: loopOf({ guards: [{ measure: "size", worse: "higher" }] }),
          state: stateOf([finding(1, "x"), finding(2, "y", { run: 6 })], { size: 1 }),
          open: [open(1, "x"), open(2, "y"), open(3, "z"), open(4, "w", { isHeld: true })],
        },
        { size: 2 },
      ),
      {
        kind: "stops",
        undo: [2, 3],
        left: [4],
        worsened: { measure: "size", from: 1, to: 2 },
        measures: { size: 2, items: 1 },
      },
    ],
    [
      "was not asked what a judge wants",
      plan([A, B], { judged: null, open: [open(1, "x", { rests: [digest("b")] })] }),
      {
        ...acts,
        unfiled: 1,
        measures: { items: 2 },
        findings: [finding(1, "x", { run: 7, seenAt: NOW })],
      },
    ],
    [
      "files what a judge chose, with what it rests on",
      plan([A, B, C, D], {
        judged: judged([
          { ...A, reason: "r", own: false, rests: [B] },
          {
            key: "proposed",
            title: "t",
            body: "",
            evidence: [],
            reason: "",
            own: true,
            rests: [C],
          },
        ]),
      }),
      {
        ...acts,
        file: [
          { ...A, reason: "r", own: false, rests: [B] },
          {
            key: "proposed",
            title: "t",
            body: "",
            evidence: [],
            reason: "",
            own: true,
            rests: [C],
          },
        ],
        unfiled: 1,
        measures: { items: 4 },
      },
    ],
    [
      "adds to an open issue what a judge merged into it",
      plan([A, B, C], {
        open: [open(1, "a", { rests: [digest("b"), digest("gone")] })],
        judged: judged([], [[digest("a"), [C]]]),
      }),
      {
        ...acts,
        seen: [{ issue: 1, item: { ...A, rests: [B, C] } }],
        measures: { items: 3 },
        findings: [finding(1, "a", { run: 7, seenAt: NOW })],
      },
    ],
    [
      "leaves an issue as it is that nothing was merged into",
      plan([A], { open: [open(1, "a")], judged: judged([]) }),
      {
        ...acts,
        seen: [{ issue: 1, item: A }],
        measures: { items: 1 },
        findings: [finding(1, "a", { run: 7, seenAt: NOW })],
      },
    ],
  ])("that %s", (_what, made, expected) => {
    expect(made).toStrictEqual(expected);
  });
});

test("a loop is read from its front matter, or refused with the nearest key", () => {
  expect(readLoop({ gather: { command: "x" } })).toStrictEqual({
    loop: Loop.parse({ gather: { command: "x" } }),
  });
  expect(readLoop({ gather: { comand: "x" } })).toMatchObject({
    faults: expect.arrayContaining([
      expect.objectContaining({ message: expect.stringContaining("comand") }),
    ]),
  });
  expect(readLoop(null)).toHaveProperty("faults");
});
