import { expect, test } from "vitest";
import { labelEffects } from "../../../src/control/outcome/labels.ts";
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
