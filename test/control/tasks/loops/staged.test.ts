import { expect, test } from "vitest";
import { runInMode } from "../../../../src/control/loop/run-in-mode.ts";
import { createFakeClock } from "../../../fakes/clock.ts";
import { controlInput } from "../../line.ts";
import { CRON, gathered, item, loopLine, openOf } from "./loop-line.ts";

test("staged it shows what would be filed, and writes nothing", async () => {
  const line = loopLine();
  const { order } = await line.open();
  if (order?.kind !== "loop") throw new Error("expected an order");
  const { github, sealKey } = line;
  github.allow([]);
  const event = { name: "schedule", payload: { schedule: CRON } };
  const task = { event, order, proposals: [gathered(order, [item("a")])] };
  const input = controlInput("loop-settle", task, { github, run: order.runId, sealKey });
  const result = await runInMode(
    { ...input, mode: "staged" },
    { github, clock: createFakeClock() },
  );
  expect(result).toMatchObject({ ok: true, next: "none" });
  expect(result.summary).toContain("Untidy: a");
  expect(openOf(line)).toEqual([]);
});
