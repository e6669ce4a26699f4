import { describe, expect, test } from "vitest";
import { Config } from "../../../src/domain/config/schema.ts";
import type { FailedService, SandboxCommand } from "../../../src/ports/sandbox.ts";
import { runCheck } from "../../../src/workers/checks/check.ts";
import { tryServices } from "../../../src/workers/checks/services.ts";
import { createFakeSandbox, exited, timedOut } from "../../fakes/sandbox.ts";

const CONFIG = Config.parse({
  checks: { test: "npm test" },
  sandbox: { services: ["postgres", { use: "redis", withinSeconds: 5 }] },
});
const FAILED: FailedService = {
  name: "postgres",
  reason: "was not ready: it ended with 1",
  log: "no \u001b[31mspace\u001b[0m left",
  isBefore: true,
};
const SUBJECT = { base: "a".repeat(40), tree: "b".repeat(40) };

async function workspaceWhere(result: ReturnType<typeof exited>) {
  const sandbox = createFakeSandbox({ run: () => result });
  return { sandbox, workspace: await sandbox.workspace(async () => undefined) };
}

describe("tryServices", () => {
  test("starts all of them once, within their own time and that of the run", async () => {
    const { sandbox, workspace } = await workspaceWhere(exited(0));
    expect(await tryServices(workspace, CONFIG, 1_000_000)).toBeUndefined();
    expect(await tryServices(workspace, CONFIG, 3_000)).toBeUndefined();
    const runs = sandbox.calls.flatMap(({ method, argument }) =>
      method === "run" ? [argument as SandboxCommand] : [],
    );
    expect(runs.map(({ timeoutMs }) => timeoutMs)).toEqual([66_000, 3_000]);
    expect(runs[0]?.services?.plans.map(({ name }) => name)).toEqual(["postgres", "redis"]);
  });

  test("starts nothing where the config has none", async () => {
    const { sandbox, workspace } = await workspaceWhere(exited(0));
    expect(await tryServices(workspace, Config.parse({}), 1_000)).toBeUndefined();
    expect(sandbox.calls.filter(({ method }) => method === "run")).toEqual([]);
  });

  test.each([
    [
      "one is not ready",
      { ...exited(125), failedService: FAILED },
      "the service postgres",
      "was not ready: it ended with 1: no space left",
    ],
    ["they take too long", timedOut("so slow"), "sandbox.services", "not ready within 66 s"],
    ["the sandbox ends them", exited(137, "killed"), "sandbox.services", "exit code 137: killed"],
  ])("refuses where %s", async (_when, result, subject, found) => {
    const { workspace } = await workspaceWhere(result);
    expect(await tryServices(workspace, CONFIG, 1_000_000)).toEqual({
      ...{ code: "check-failed", subject, found, hint: "mend-services" },
      accepted: "every service of `sandbox.services` gets ready on the base commit",
    });
  });
});

describe("a check beside services", () => {
  const check = { run: "npm test", report: undefined, timeoutSeconds: undefined };
  const task = { name: "test", check, on: "change", subject: SUBJECT, remainingMs: 9_000 } as const;

  test("never passes where it did not begin, whatever the exit code", async () => {
    const { workspace } = await workspaceWhere({ ...exited(0), failedService: FAILED });
    expect(await runCheck(workspace, task)).toMatchObject({
      status: "failed",
      note: "the service postgres was not ready: it ended with 1",
      tail: expect.stringContaining("its log ends with:\nno space left"),
    });
  });

  test("is judged by itself where one of them died, and its log is shown", async () => {
    const died = { ...FAILED, reason: "ended: with 5 while the command ran", isBefore: false };
    for (const [code, status] of [
      [0, "passed"],
      [1, "failed"],
    ] as const) {
      const { workspace } = await workspaceWhere({ ...exited(code, "out"), failedService: died });
      const run = await runCheck(workspace, task);
      expect(run).toMatchObject({ status, exitCode: code });
      expect(run.tail).toBe(
        "out\n[the service postgres ended: with 5 while the command ran; its log ends with:\nno space left]\n",
      );
    }
  });
});
