import { expect, test } from "vitest";
import { Gathered } from "../../../src/domain/loop/gathered.ts";
import { keyOf } from "../../../src/domain/loop/key-of.ts";
import { Loop } from "../../../src/domain/loop/loop.ts";
import { NOTHING_STANDS, type Standing } from "../../../src/domain/loop/standing.ts";
import { toJudge } from "../../../src/domain/loop/to-judge.ts";

const JUDGED = { roles: { judge: {} }, budget: { usd: 1, minutes: 5 } };
const digest = (key: string) => keyOf({ key });

function judged(
  front: object,
  standing: Partial<Standing> = {},
  keys: readonly string[] = ["a", "b"],
) {
  const loop = Loop.parse({ gather: { command: "x" }, ...JUDGED, ...front });
  const gathered = Gathered.parse({ items: keys.map((key) => ({ key, title: key })) });
  return toJudge(loop, { gathered, standing: { ...NOTHING_STANDS, ...standing } });
}

function asked(...about: Parameters<typeof judged>): readonly string[] | undefined {
  return judged(...about)?.fresh.map(({ key }) => key);
}

test.each([
  ["nothing was found", {}, {}, []],
  ["its exit condition holds", { until: "items = 2" }, {}, ["a", "b"]],
  ["its exit condition is unknown", { until: "size = 2" }, {}, ["a", "b"]],
  ["as many are open as may be", { effects: { open: 3 } }, { open: 3 }, ["a", "b"]],
  ["nothing may be filed", { effects: { file: 0 } }, {}, ["a", "b"]],
  [
    "issues stand for all",
    {},
    { open: 1, filed: [digest("a")], spoken: [digest("b")] },
    ["a", "b"],
  ],
  ["none of them is wanted", {}, { dismissed: [digest("a"), digest("b")] }, ["a", "b"]],
  ["it has no judge", { roles: {}, budget: undefined }, {}, ["a", "b"]],
])("no judge is asked where %s", (_what, front, standing, keys) => {
  expect(asked(front, standing, keys)).toBeUndefined();
});

test("it is asked about what no issue stands for", () => {
  expect(asked({ until: "items = 0" })).toEqual(["a", "b"]);
  expect(asked({}, { open: 1, filed: [digest("a")] })).toEqual(["b"]);
});

test("it is shown what has an issue of its own, and not what another one stands for or nobody wants", () => {
  const standing = {
    open: 1,
    filed: [digest("a"), digest("gone")],
    spoken: [digest("b")],
    dismissed: [digest("c")],
  };
  const found = judged({}, standing, ["a", "b", "c", "d"]);
  expect(found?.filed.map(({ key }) => key)).toEqual(["a"]);
  expect(found?.fresh.map(({ key }) => key)).toEqual(["d"]);
});
