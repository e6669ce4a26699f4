import { expect, test } from "vitest";
import { BOUND, describeFloodsInside, living, useSandboxes } from "./sandboxes.ts";

const { open } = useSandboxes();

describeFloodsInside("a command that is rude", () => {
  test("half a gigabyte of output ends with a clear result", async () => {
    const mark = `rude-${process.pid}`;
    const workspace = await open({ isolation: "bubblewrap" });
    const result = await workspace.run({
      command: `yes | head -c 500000000 # ${mark}`,
      timeoutMs: 60_000,
    });
    expect(result).toMatchObject({ status: "exited", exitCode: null });
    expect(result.output).toMatch(/stopped: more than 50000000 bytes/);
    expect(result.output.length).toBeLessThan(70_000);
    expect(living(mark)).toEqual([]);
  });

  test("a fork bomb ends in bounded time and leaves nothing (RT-11)", async () => {
    const workspace = await open({ isolation: "bubblewrap", limits: { processes: 200 } });
    const mark = `bomb-${process.pid}`;
    const result = await workspace.run({
      command: `exec 2>/dev/null; bomb() { bomb ${mark} | bomb & bomb; }; bomb`,
      // The limit is reached within a tenth of it.
      timeoutMs: 1_000,
    });
    expect(result.durationMs).toBeLessThan(15_000);
    expect(living(mark)).toEqual([]);
    const held = "[held: no more than 200 processes]";
    expect(result.output.includes(held)).toBe(BOUND?.processes === "control-group");
    expect((await workspace.run({ command: "echo well", timeoutMs: 20_000 })).output).toBe(
      "well\n",
    );
  });
});
