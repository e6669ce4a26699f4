import { expect, test } from "vitest";
import {
  andonLabel,
  incidentLabel,
  loopLabel,
  ownLabels,
  PRIORITIES,
  priorityLabel,
  RISKS,
  riskLabel,
  stageLabel,
  stagesOf,
  unblockLabel,
  waitingLabel,
} from "../../src/domain/label.ts";
import { STAGES, type Stage } from "../../src/domain/stage.ts";

test("a label is the prefix and one word", () => {
  const labels = [andonLabel, incidentLabel, waitingLabel, unblockLabel, loopLabel];
  expect(labels.map((label) => label("f:"))).toEqual([
    "f:andon",
    "f:incident",
    "f:waiting",
    "f:unblock",
    "f:loop",
  ]);
  expect(stageLabel("f:", "ready")).toBe("f:ready");
  expect(RISKS.map((risk) => riskLabel("f:", risk))).toEqual([
    "f:risk-low",
    "f:risk-medium",
    "f:risk-high",
  ]);
  expect(PRIORITIES.map((priority) => priorityLabel("f:", priority))).toEqual([
    "f:priority-1",
    "f:priority-2",
    "f:priority-3",
  ]);
});

test("the factory puts on and takes off stages, risks, the andon and the wait, and no other", () => {
  expect(ownLabels("f:")).toEqual([
    ...STAGES.map((stage) => `f:${stage}`),
    ...["f:risk-low", "f:risk-medium", "f:risk-high", "f:andon", "f:waiting"],
  ]);
});

test.each<readonly [string, readonly string[], readonly Stage[]]>([
  ["factory:", ["factory:ready", "bug"], ["ready"]],
  ["factory:", ["Factory:READY"], ["ready"]],
  ["Factory:", ["factory:ready"], ["ready"]],
  ["f:", ["factory:ready"], []],
  ["factory:", [], []],
  ["factory:", ["factory:done", "factory:queued"], ["queued", "done"]],
  ["factory:", ["factory:andon"], []],
])("with the prefix %s, %j claim the stages %j", (prefix, labels, stages) => {
  expect(stagesOf(prefix, labels)).toEqual(stages);
});
