import { describe, expect, test } from "vitest";
import { Config } from "../../../src/domain/config/schema.ts";
import type { SandboxResult } from "../../../src/ports/sandbox.ts";
import { baselineOf, startBaseChecks } from "../../../src/workers/implement/base-checks.ts";
import { createFakeSandbox, exited, timedOut } from "../../fakes/sandbox.ts";
import { lineOrder } from "../orders.ts";

const CONFIG = Config.parse({ checks: { test: { run: "npm test", timeoutSeconds: 1 } } });

/** What is found where nothing is kept back for the change and this much time is left. */
async function find(leftMs: number, result: SandboxResult, config = CONFIG) {
  const sandbox = createFakeSandbox({ run: () => result });
  const workspace = await sandbox.workspace(async () => undefined);
  const times = [0];
  const order = lineOrder({ config });
  const subject = { base: order.base, tree: order.base };
  const remainingMs = () => times.shift() ?? leftMs;
  return await startBaseChecks({ order, workspace, subject, remainingMs }).found;
}

const UNKNOWN = { name: "test", status: "not-known", failing: [] };

describe("a check of the base", () => {
  test.each<readonly [string, number, SandboxResult, object]>([
    [
      "that hangs for the whole of its own limit is known to hang",
      1_000,
      timedOut(),
      { name: "test", status: "timed-out", said: "was stopped after 1.0 s", failing: [] },
    ],
    [
      "that was stopped before its own limit is not known",
      999,
      timedOut(),
      { ...UNKNOWN, said: "was stopped after 1.0 s on the base: time was short" },
    ],
    [
      "for which a millisecond is left is run",
      1,
      exited(0),
      { name: "test", status: "passed", said: "passed in 0.0 s", failing: [] },
    ],
    [
      "for which less is left is not run",
      0.9,
      exited(0),
      { ...UNKNOWN, said: "was not run on the base: time was short" },
    ],
  ])("%s", async (_what, leftMs, result, told) => {
    expect(baselineOf(await find(leftMs, result))).toStrictEqual([told]);
  });

  test("of which nothing is known says no more than that", () => {
    expect(baselineOf([{ name: "test" }])).toStrictEqual([{ ...UNKNOWN, said: "was not run" }]);
  });
});
