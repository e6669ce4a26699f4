import { describe, expect, test } from "vitest";
import type { OnIssue } from "../../../src/control/observed/issue-view.ts";
import { labelEffects, mendLabels, priorityEffects } from "../../../src/control/outcome/labels.ts";
import { issue, order, viewOf } from "./building.ts";

type Shown = Parameters<typeof labelEffects>[1];

const CHANGES: readonly (readonly [
  name: string,
  labels: readonly string[],
  shown: Shown,
  add: readonly string[],
  remove: readonly string[],
])[] = [
  [
    "another stage takes the place of the one that is shown",
    ["factory:building", "bug"],
    { stage: "gating" },
    ["factory:gating"],
    ["factory:building"],
  ],
  [
    "one of two stages goes",
    ["factory:building", "factory:gating"],
    { stage: "gating" },
    [],
    ["factory:building"],
  ],
  [
    "a risk takes the place of another, and of none else",
    ["factory:building", "factory:risk-low"],
    { stage: "building", risk: "high" },
    ["factory:risk-high"],
    ["factory:risk-low"],
  ],
  [
    "the andon comes beside the stage",
    ["factory:building"],
    { stage: "building", andon: true },
    ["factory:andon"],
    [],
  ],
  [
    "letters of another case are the same label",
    ["Factory:Building"],
    { stage: "done" },
    ["factory:done"],
    ["factory:building"],
  ],
  [
    "what this run put on goes too",
    [],
    { stage: "done", left: ["smoking"] },
    ["factory:done"],
    ["factory:smoking"],
  ],
];

test.each(CHANGES)("%s", (_name, labels, shown, add, remove) => {
  const [effect, ...others] = labelEffects(viewOf(labels), shown);
  expect(effect).toEqual({
    kind: "set-labels",
    key: `labels/${issue}/${order.runId}/+${add.join(",")}/-${remove.join(",")}`,
    issue,
    add,
    remove,
  });
  expect(others).toEqual([]);
});

const SAME: readonly (readonly [labels: readonly string[], shown: Shown])[] = [
  [["factory:building"], { stage: "building" }],
  [["factory:building", "factory:risk-high"], { stage: "building" }],
  [["factory:building", "factory:risk-high"], { stage: "building", risk: "high" }],
  [["factory:building", "factory:andon"], { stage: "building", andon: false }],
];

test.each(SAME)("%o is nothing to write for %o", (labels, shown) => {
  expect(labelEffects(viewOf(labels), shown)).toEqual([]);
});

describe("labels of an issue at rest", () => {
  const AT_REST: readonly (readonly [
    name: string,
    labels: readonly string[],
    claims: number,
    remove: readonly string[],
  ])[] = [
    ["nothing goes where nothing drifted", ["bug", "factory:queued"], 0, []],
    ["the label of waiting goes", ["Factory:Waiting"], 1, ["factory:waiting"]],
    [
      "those behind a claim go where there was none",
      ["factory:gating", "factory:smoking", "factory:building"],
      0,
      ["factory:gating", "factory:smoking"],
    ],
    ["those behind a claim stay where there is a branch of one", ["factory:gating"], 1, []],
  ];

  test.each(AT_REST)("that no ledger knows: %s", (_name, labels, claims, remove) => {
    const branches = Array.from({ length: claims }, () => ({})) as unknown as OnIssue["branches"];
    const found = mendLabels({ ...viewOf(labels), stage: "new", branches });
    expect(
      found.map((effect) => effect.kind === "set-labels" && [effect.add, effect.remove]),
    ).toEqual(remove.length === 0 ? [] : [[[], remove]]);
  });

  test("say what its ledger says", () => {
    const [effect] = mendLabels(viewOf(["factory:done"]));
    expect(effect).toMatchObject({ add: ["factory:building"], remove: ["factory:done"] });
  });
});

test.each<readonly [string, readonly string[], readonly string[], readonly string[]]>([
  ["comes where there was none", ["bug"], ["factory:priority-2"], []],
  [
    "takes the place of all others",
    ["factory:priority-1", "FACTORY:PRIORITY-3"],
    ["factory:priority-2"],
    ["factory:priority-1", "factory:priority-3"],
  ],
  [
    "that is there already stays, and is alone",
    ["Factory:Priority-2", "factory:priority-3"],
    [],
    ["factory:priority-3"],
  ],
])("a priority %s", (_, labels, add, remove) => {
  expect(priorityEffects(viewOf(labels), 2)).toMatchObject([{ add, remove }]);
});

test("a priority that stands there alone is nothing to write", () => {
  expect(priorityEffects(viewOf(["factory:priority-2"]), 2)).toEqual([]);
});
