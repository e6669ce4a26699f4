import { expect, test } from "vitest";
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
