import { expect, test } from "vitest";
import { modelSuite, recordingTool, taskWith } from "../ports/model.suite.ts";
import { fakeModel } from "./model.ts";

modelSuite("the fake", async (plan) => ({
  model: fakeModel([{ role: "coder", ...plan }]),
  close: async () => undefined,
}));

test("the fake throws for what nobody scripted", async () => {
  await expect(fakeModel().perform(taskWith())).rejects.toThrow("no task scripted for coder");
  const other = fakeModel([{ role: "intake", answer: {} }]);
  await expect(other.perform(taskWith())).rejects.toThrow("expected role intake");
  const unknown = fakeModel([{ role: "coder", calls: [{ tool: "write", input: {} }], answer: {} }]);
  const task = taskWith({ tools: [recordingTool()] });
  await expect(unknown.perform(task)).rejects.toThrow("no tool write; offered: look");
});

test("the fake refuses an answer that does not fit, and records what it was asked", async () => {
  const model = fakeModel([{ role: "coder", answer: { summary: "", count: 1 } }]);
  const outcome = await model.perform(taskWith());
  expect(outcome).toMatchObject({ kind: "refused", refusal: { code: "model-failed" } });
  expect(model.tasks.map(({ prompt }) => prompt)).toEqual(["Do the work."]);
  expect(model.unplayed()).toEqual([]);
});
