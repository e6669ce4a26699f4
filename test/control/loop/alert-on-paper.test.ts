import { expect, test } from "vitest";
import { runInMode } from "../../../src/control/loop/run-in-mode.ts";
import { createFakeClock } from "../../fakes/clock.ts";
import { alerted, CONFIG, controlInput, newLine } from "../line.ts";

test("an alert of a staged repository is shown, and nothing is written", async () => {
  const { github } = newLine({ config: `${CONFIG}mode: staged\n` });
  const event = alerted(github, { alert: { type: "TypeError", message: "price is undefined" } });
  const input = controlInput("incident", { event }, { github, run: 7, sealKey: undefined });
  const result = await runInMode(input, { github, clock: createFakeClock() });
  expect(result.ok).toBe(true);
  expect(result.effects.map(({ kind }) => kind)).toEqual(["open-issue", "write-comment"]);
  expect(result.summary).toContain("Incident: TypeError: price is undefined");
  expect(github.applied).toEqual([]);
});
