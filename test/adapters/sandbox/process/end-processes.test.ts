import { type ChildProcess, spawn } from "node:child_process";
import { EventEmitter } from "node:events";
import type { Readable } from "node:stream";
import { afterEach, describe, expect, test } from "vitest";
import { sleep, untilClosed } from "../../../../src/adapters/sandbox/process/end-processes.ts";

const children: ChildProcess[] = [];

afterEach(() => {
  for (const { pid } of children.splice(0)) {
    try {
      if (pid !== undefined) process.kill(-pid, "SIGKILL");
    } catch {
      // Its whole group has ended.
    }
  }
});

function start(script: string): ChildProcess & { readonly stdout: Readable } {
  const child = spawn("/bin/bash", ["-c", script], {
    stdio: ["ignore", "pipe", "ignore"],
    detached: true,
  });
  children.push(child);
  return child;
}

describe("untilClosed", () => {
  test("gives the exit code", async () => {
    const child = start("exit 7");
    child.stdout.resume();
    expect(await untilClosed(child, () => {})).toBe(7);
  });

  // Beside the exit of another process one is heard before its last output is read.
  test("reads what was written before the end, however long the worker computes meanwhile", async () => {
    const real = start("printf '%0100000d' 0; echo last");
    let output = "";
    real.stdout.on("data", (chunk: Buffer) => {
      output += chunk.toString();
    });
    const child = Object.assign(new EventEmitter(), { stdio: real.stdio }) as ChildProcess;
    real.once("close", (exitCode) => child.emit("close", exitCode));
    const closed = untilClosed(child, () => {});
    child.emit("exit", 0);
    // The next turn of the event loop begins with the timers that are due by now.
    sleep(1_000);
    expect(await closed).toBe(0);
    expect(output).toHaveLength(100_005);
    expect(output).toMatch(/last\n$/);
  });

  test("waits for no straggler that holds the output and says nothing", async () => {
    const child = start("sleep 600 & echo said");
    let output = "";
    child.stdout.on("data", (chunk: Buffer) => {
      output += chunk.toString();
    });
    expect(await untilClosed(child, () => {})).toBe(0);
    expect(output).toBe("said\n");
  });

  test("waits for no straggler that says something for ever", async () => {
    const child = start("(while sleep 0.05; do echo more; done) & echo said");
    let output = "";
    child.stdout.on("data", (chunk: Buffer) => {
      output += chunk.toString();
    });
    expect(await untilClosed(child, () => {})).toBe(0);
    expect(output).toMatch(/^said\n/);
  });
});
