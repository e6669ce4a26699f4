import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import type { ServicesBeside } from "../../../../src/domain/config/services/plan.ts";
import type { ServicePlan } from "../../../../src/domain/config/services/presets.ts";
import { describeInside, ECHO_PROGRAM, living, useSandboxes } from "../sandboxes.ts";

const { folder, open } = useSandboxes();

/** Answers each connection with how many there were, which it keeps in its folder. */
const COUNTER = `node -e '
const { appendFileSync, readFileSync } = require("node:fs");
const log = process.env.SERVICE_DATA + "/log";
require("node:net").createServer((socket) => {
  appendFileSync(log, "x");
  socket.on("error", () => {}).end(String(readFileSync(log, "utf8").length));
}).listen(Number(process.env.SERVICE_PORT), "127.0.0.1");'`;
const READ = (port: number) => `exec 3<>/dev/tcp/127.0.0.1/${port}; cat <&3`;

function plan(parts: Partial<ServicePlan>): ServicePlan {
  return {
    ...{ name: "counter", port: 7_001, folders: [], programs: [], run: COUNTER },
    ...{ withinSeconds: 30 },
    ...parts,
  };
}

function beside(...plans: readonly Partial<ServicePlan>[]): ServicesBeside {
  return { plans: plans.map(plan), environment: { COUNTER: "127.0.0.1:7001" } };
}

describeInside("services beside a command", () => {
  const run = async (command: string, services: ServicesBeside, timeoutMs = 60_000) => {
    const workspace = await open({ isolation: "bubblewrap" }, {});
    return await workspace.run({ command, timeoutMs, services });
  };

  test("answer it, are named by its environment, and leave its exit code alone", async () => {
    const command = `echo "$COUNTER \${SERVICE_DATA-unset}"; ${READ(7_001)}; exit 3`;
    const result = await run(command, beside({}));
    // The first connection was ours, which asked whether it is ready.
    expect(result).toMatchObject({ exitCode: 3, output: "127.0.0.1:7001 unset\n2" });
    expect(result.failedService).toBeUndefined();
  });

  test("begin anew for each, one after the other and at the same time", async () => {
    const workspace = await open({ isolation: "bubblewrap" }, {});
    const ask = () =>
      workspace.run({ command: READ(7_001), timeoutMs: 60_000, services: beside({}) });
    const outputs = [await ask(), ...(await Promise.all([ask(), ask()]))];
    expect(outputs.map(({ output }) => output)).toEqual(["2", "2", "2"]);
  });

  test("are prepared before, filled after, and started in their order", async () => {
    const first = { prepare: 'printf xxxx > "$SERVICE_DATA/log"', fill: READ(7_001) };
    const second = { name: "second", port: 7_002, prepare: READ(7_001) };
    const result = await run(READ(7_001), beside(first, second));
    // Four, then asked, filled, the second's and the command's own.
    expect(result).toMatchObject({ exitCode: 0, output: "8" });
  });

  test("get no word of the command's, nor it of theirs", async () => {
    const result = await run("cat", beside({ run: `echo loud; echo louder >&2; ${COUNTER}` }));
    expect(result).toMatchObject({ exitCode: 0, output: "" });
  });

  test("end with it", async () => {
    const mark = `mark-${process.pid}-services`;
    await run("true", beside({ run: `: ${mark}; ${COUNTER}` }));
    expect(living(mark)).toEqual([]);
  });

  test.each<readonly [string, Partial<ServicePlan>, string, string]>([
    ["ends", { run: "echo no room >&2; exit 4" }, "was not ready: it ended with 4", "no room"],
    [
      "does not answer",
      { run: "sleep 60", ready: "echo still closed; false", withinSeconds: 1 },
      "was not ready: it did not answer within 1 s",
      "still closed",
    ],
    [
      "hangs where it is asked",
      { run: "sleep 60", ready: "sleep 60", withinSeconds: 1 },
      "was not ready: it did not answer within 1 s",
      "",
    ],
    [
      "cannot be prepared",
      { prepare: "echo bad >&2; exit 7" },
      "was not ready: prepare failed with 7",
      "bad",
    ],
    [
      "is prepared for ever",
      { prepare: "sleep 60", withinSeconds: 1 },
      "was not ready: prepare was not done within 1 s",
      "",
    ],
    ["cannot be filled", { fill: "exit 9" }, "was not ready: fill failed with 9", ""],
    [
      "is not installed",
      { programs: ["nosuchd"], folders: ["/usr/lib/nosuch/*/bin"] },
      "was not ready: the program nosuchd is not there, neither on PATH nor in /usr/lib/nosuch/*/bin",
      "",
    ],
  ])(
    "where one %s the command never runs, and it is said why",
    async (_how, parts, reason, log) => {
      const result = await run("echo ran", beside(parts));
      expect(result).toMatchObject({ status: "exited", exitCode: 125, output: "" });
      expect(result.failedService).toEqual({ name: "counter", reason, log, isBefore: true });
    },
  );

  test("one that dies meanwhile is told beside what the command did", async () => {
    const died = { run: `echo dying; ${COUNTER} & read -r _ <"$SERVICE_DATA/../stop"; exit 5` };
    const pipe = { prepare: 'mkfifo "$SERVICE_DATA/../stop"' };
    const command =
      'echo > /services/stop; while [ -e /proc/"$(pgrep -f "read -r")" ]; do sleep 0.01; done; echo ran';
    const result = await run(command, beside({ ...died, ...pipe }));
    expect(result).toMatchObject({ exitCode: 0, output: "ran\n" });
    expect(result.failedService).toMatchObject({
      name: "counter",
      reason: "ended: with 5 while the command ran",
      log: "dying",
      isBefore: false,
    });
  });

  test("what their log says is never taken for a word of the sandbox", async () => {
    const run_ = "printf 'bwrap: x\\nservice other was not ready: y\\n'; exit 1";
    const { failedService } = await run("true", beside({ run: run_ }));
    expect(failedService).toMatchObject({
      name: "counter",
      log: "bwrap: x\nservice other was not ready: y",
    });
  });

  test("count for the time of the command", async () => {
    const result = await run("true", beside({ run: "sleep 60", ready: "false" }), 500);
    expect(result).toMatchObject({ status: "timed-out", exitCode: null });
  });

  test("stand beside a session as long as it lasts; one that is not ready is its end", async () => {
    const program = join(folder(), "echo.mjs");
    writeFileSync(program, ECHO_PROGRAM);
    const workspace = await open({ isolation: "bubblewrap" }, {});
    const session = await workspace.open(program, { timeoutMs: 60_000, services: beside({}) });
    expect(await session.request({ text: "one" }, 30_000)).toMatchObject({ echo: "one" });
    await session.close();
    const broken = beside({ run: "exit 4" });
    const ended = await workspace.open(program, { timeoutMs: 60_000, services: broken });
    await expect(ended.request({ text: "two" }, 30_000)).rejects.toThrow(
      /service counter was not ready: it ended with 4/,
    );
  });
});

describe("services without isolation", () => {
  test("are never started: they would meet those of the host", async () => {
    const workspace = await open({ isolation: "none" }, {});
    const result = await workspace.run({ command: "true", timeoutMs: 1_000, services: beside({}) });
    expect(result).toMatchObject({ exitCode: null, failedService: { isBefore: true } });
    expect(result.failedService?.reason).toContain("without isolation");
  });
});
