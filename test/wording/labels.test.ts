import { expect, test } from "vitest";
import { STAGES } from "../../src/domain/stage.ts";
import { allLabels } from "../../src/wording/labels.ts";

test("every label is unique and fits GitHub's limits of 50 and 100 characters", () => {
  const labels = allLabels("factory:");
  expect(new Set(labels.map(({ name }) => name)).size).toBe(labels.length);
  for (const { name, color, description } of labels) {
    expect(name.length).toBeLessThanOrEqual(50);
    expect(description.length).toBeLessThanOrEqual(100);
    expect(color).toMatch(/^[0-9a-f]{6}$/);
  }
});

test("all labels: what they are called, their colours, and what they say", () => {
  const shown = allLabels("f:").map(({ name, color, description }) => [name, color, description]);
  const stages = STAGES.map((stage) => [
    `f:${stage}`,
    { done: "1a7f37", "needs-human": "bf3989" }[stage as string] ?? "0969da",
    `Millwright: the issue is ${stage}`,
  ]);
  expect(shown).toEqual([
    ...stages,
    ["f:risk-low", "57606a", "Millwright: computed risk is low"],
    ["f:risk-medium", "bc4c00", "Millwright: computed risk is medium"],
    ["f:risk-high", "cf222e", "Millwright: computed risk is high"],
    ["f:andon", "cf222e", "Millwright: the line is stopped"],
    ["f:incident", "cf222e", "Millwright: alerts opened it"],
    ["f:loop", "0969da", "Millwright: a loop filed it"],
    ["f:waiting", "57606a", "Millwright: the issue waits for its turn"],
    ["f:unblock", "8250df", "Millwright: mend this pull request"],
    ["f:priority-1", "8250df", "Millwright: priority 1"],
    ["f:priority-2", "8250df", "Millwright: priority 2"],
    ["f:priority-3", "8250df", "Millwright: priority 3"],
  ]);
});
