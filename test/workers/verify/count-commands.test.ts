import { expect, test } from "vitest";
import type { Sandbox, Workspace } from "../../../src/ports/sandbox.ts";
import { countCommands } from "../../../src/workers/verify/count-commands.ts";
import { createFakeClock } from "../../fakes/clock.ts";

const RESULT = {
  status: "exited",
  exitCode: 0,
  durationMs: 0,
  output: "",
  outputBytes: 0,
} as const;

/** Workspaces whose commands end when they are told to. */
function createCommands() {
  const ends: { readonly end: () => void; readonly fail: () => void }[] = [];
  const refuses = () => {
    throw new Error("nothing but commands is asked for");
  };
  const workspace: Workspace = {
    directory: "/ws",
    run: () =>
      new Promise((resolve, reject) => {
        ends.push({ end: () => resolve(RESULT), fail: () => reject(new Error("killed")) });
      }),
    snapshot: async () => async () => workspace,
    ...{ open: refuses, write: refuses, remember: refuses, keep: refuses, restore: refuses },
    ...{ collect: refuses, ignoredBy: refuses, readFile: refuses, find: refuses, close: refuses },
  };
  const sandbox: Sandbox = { isolation: "none", workspace: async () => workspace };
  return { sandbox, ends };
}

const COMMAND = { command: "true", timeoutMs: 1 };

test("counts commands, and what at least one of them took", async () => {
  const clock = createFakeClock();
  const { sandbox, ends } = createCommands();
  const counted = countCommands(sandbox, clock);
  const first = await counted.sandbox.workspace(async () => undefined);
  const second = await (await first.snapshot?.())?.();
  if (second === undefined) throw new Error("no copy");
  expect(counted.spent()).toEqual({ count: 0, durationMs: 0 });

  const one = first.run(COMMAND);
  await clock.wait(100);
  const other = second.run(COMMAND);
  await clock.wait(30);
  ends[0]?.end();
  await one;
  await clock.wait(20);
  ends[1]?.end();
  await other;
  expect(counted.spent(), "side by side").toEqual({ count: 2, durationMs: 150 });

  await clock.wait(1_000);
  const third = first.run(COMMAND);
  await clock.wait(5);
  ends[2]?.fail();
  await expect(third).rejects.toThrow("killed");
  expect(counted.spent(), "one that fails took its time, too").toEqual({
    count: 3,
    durationMs: 155,
  });
});
