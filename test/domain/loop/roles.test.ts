import { describe, expect, test } from "vitest";
import { discussionsAsked } from "../../../src/domain/loop/discussions-asked.ts";
import { factoryLabels, Loop } from "../../../src/domain/loop/loop.ts";
import { faultOfRoles } from "../../../src/domain/loop/roles.ts";

const BUDGET = { usd: 1, minutes: 5 };
const JUDGE = { judge: {} };
const NONE = { propose: 0, start: 0 };

test.each<readonly [string, Parameters<typeof faultOfRoles>[0], ReturnType<typeof faultOfRoles>]>([
  ["nothing is asked", { roles: {}, effects: NONE }, undefined],
  [
    "a judge has a budget and proposes",
    { roles: JUDGE, budget: BUDGET, effects: { propose: 2, start: 0 } },
    undefined,
  ],
  ["what code finds starts itself", { roles: {}, effects: { propose: 0, start: 1 } }, undefined],
  [
    "a judge has no budget",
    { roles: JUDGE, effects: NONE },
    { path: ["roles", "judge"], message: "a role needs a budget: { usd, minutes }" },
  ],
  [
    "a budget is nobody's",
    { roles: {}, budget: BUDGET, effects: NONE },
    { path: ["budget"], message: "only roles spend one, and there is none" },
  ],
  [
    "nobody proposes",
    { roles: {}, effects: { propose: 1, start: 0 } },
    { path: ["effects", "propose"], message: "only roles.judge proposes" },
  ],
  [
    "words of a model would start themselves",
    { roles: JUDGE, budget: BUDGET, effects: { propose: 0, start: 1 } },
    {
      path: ["effects", "start"],
      message: "what it files holds words of a model: a person starts each",
    },
  ],
])("keys in which %s", (_, keys, fault) => {
  expect(faultOfRoles(keys)).toEqual(fault);
});

describe("the file of a loop", () => {
  const faultsOf = (loop: object) =>
    (Loop.safeParse(loop).error?.issues ?? []).map(({ path }) => path.join("."));
  const command = { gather: { command: "node find.mjs" } };
  const measures = (many: number) =>
    Object.fromEntries(Array.from({ length: many }, (_, at) => [`m${at}`, { command: "x" }]));

  test.each<readonly [string, object, readonly string[]]>([
    ["gathers by a command", command, []],
    [
      "gathers by what is shipped, and tells it something",
      { gather: { use: "plan", with: { a: 1 } } },
      [],
    ],
    ["gathers by both", { gather: { command: "x", use: "plan" } }, ["gather"]],
    ["gathers by none", { gather: {} }, ["gather"]],
    ["tells a command something", { gather: { command: "x", with: {} } }, ["gather"]],
    ["has ten measures", { ...command, measures: measures(10) }, []],
    ["has eleven", { ...command, measures: measures(11) }, ["measures"]],
    [
      "starts what strangers say",
      { gather: { use: "feedback" }, effects: { start: 1 } },
      ["effects.start"],
    ],
    ["starts what code finds", { ...command, effects: { start: 1 } }, []],
    ["has a role without a budget", { ...command, roles: JUDGE }, ["roles.judge"]],
  ])("%s", (_, loop, faults) => {
    expect(faultsOf(loop)).toEqual(faults);
  });

  test("names labels that are the factory's own to write, in whatever capitals", () => {
    const { effects } = Loop.parse({
      ...command,
      effects: { labels: ["bug", "Factory:ready", "factory:x", "my factory:"] },
    });
    expect(factoryLabels({ effects }, "factory:")).toEqual(["Factory:ready", "factory:x"]);
    expect(factoryLabels({ effects }, "FACTORY:")).toEqual(["Factory:ready", "factory:x"]);
    expect(factoryLabels({ effects }, "f:")).toEqual([]);
  });

  test.each<readonly [object, string | undefined]>([
    [{ use: "feedback", with: { discussions: true } }, "feedback"],
    [{ use: "feedback", with: { discussions: true, label: "voice" } }, "voice"],
    [{ use: "feedback", with: { discussions: true, label: 3 } }, "feedback"],
    [{ use: "feedback", with: { discussions: "yes" } }, undefined],
    [{ use: "feedback", with: { label: "voice" } }, undefined],
    [{ use: "feedback" }, undefined],
    [{ use: "plan", with: { discussions: true } }, undefined],
    [{ command: "node find.mjs" }, undefined],
  ])("%j asks for discussions of %j", (gather, label) => {
    expect(discussionsAsked(Loop.parse({ gather }))).toBe(label);
  });
});
