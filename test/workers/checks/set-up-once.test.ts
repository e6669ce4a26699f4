import { describe, expect, test } from "vitest";
import type { CheckRun } from "../../../src/domain/evidence.ts";
import type { Workspace } from "../../../src/ports/sandbox.ts";
import { onceReady } from "../../../src/workers/checks/set-up-once.ts";
import { createFakeSandbox } from "../../fakes/sandbox.ts";

const SHA = "0".repeat(40);

function setupRun(on: CheckRun["on"], status: CheckRun["status"], durationMs = 5_000): CheckRun {
  const subject = { base: SHA, tree: SHA };
  const head = { kind: "check", name: "setup", on, subject, command: "npm ci" } as const;
  return { ...head, status, exitCode: 0, durationMs, tail: "", outputBytes: 0 };
}

function bench(options: {
  readonly status?: CheckRun["status"] | "none";
  readonly copies?: boolean;
  readonly durationMs?: number;
}) {
  const { status = "passed", copies = true, durationMs } = options;
  const sandbox = createFakeSandbox();
  const open = () => sandbox.workspace(async () => undefined);
  const done: string[] = [];
  const opened: Workspace[] = [];
  let elapsed = 0;
  const ready = onceReady({
    setUp: async (on) => {
      done.push(`setup on ${on}`);
      const workspace = await open();
      const snapshot = async () => {
        done.push("snapshot");
        return async () => {
          elapsed += 70;
          done.push("copy");
          return await open();
        };
      };
      return {
        workspace: copies ? { ...workspace, snapshot } : workspace,
        setup: status === "none" ? undefined : setupRun(on, status, durationMs),
      };
    },
    onCopy: (workspace) => void opened.push(workspace),
    clock: { elapsed: () => elapsed },
  });
  return { ready, done, opened };
}

describe("workspaces after setup", () => {
  test("come from one run of it, also when they are asked for at once, and each record says so", async () => {
    const { ready, done, opened } = bench({});
    const [change, base] = await Promise.all([ready("change"), ready("base")]);
    const more = await ready("base-with-changed-tests");
    expect(done).toEqual(["setup on change", "snapshot", "copy", "copy"]);
    expect(opened).toEqual([base.workspace, more.workspace]);
    expect([change.setup?.note, change.setup?.durationMs]).toEqual([undefined, 5_000]);
    expect(base.setup).toMatchObject({
      on: "base",
      status: "passed",
      durationMs: 70,
      note: "copied from its one run on the base",
    });
  });

  test.each([
    ["it failed", { status: "failed" as const }],
    ["there is none", { status: "none" as const }],
    ["it takes no longer than a copy would", { durationMs: 2_999 }],
    ["the sandbox makes no copies", { copies: false }],
  ])("are made one by one when %s", async (_title, options) => {
    const { ready, done } = bench(options);
    await ready("change");
    await ready("base");
    expect(done).toEqual(["setup on change", "setup on base"]);
  });

  test("are made anew when the first could not be made", async () => {
    let calls = 0;
    const ready = onceReady({
      setUp: async (on) => {
        calls += 1;
        if (calls === 1) throw new Error("no room");
        const workspace = await createFakeSandbox().workspace(async () => undefined);
        return { workspace, setup: setupRun(on, "passed") };
      },
      onCopy: () => undefined,
      clock: { elapsed: () => 0 },
    });
    await expect(ready("change")).rejects.toThrow("no room");
    expect((await ready("base")).setup?.on).toBe("base");
  });
});
