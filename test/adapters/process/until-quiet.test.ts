import { type ChildProcess, spawn } from "node:child_process";
import { EventEmitter, once } from "node:events";
import type { Readable } from "node:stream";
import { setTimeout as delay } from "node:timers/promises";
import { afterEach, describe, expect, test } from "vitest";
import { untilQuiet } from "../../../src/adapters/process/until-quiet.ts";
import { sleep } from "../../../src/adapters/sandbox/process/end-processes.ts";

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

/** Hears the output until nothing more comes after the exit. */
async function hear(child: ChildProcess & { readonly stdout: Readable }): Promise<string> {
  let output = "";
  child.stdout.on("data", (chunk: Buffer) => {
    output += chunk.toString();
  });
  await new Promise<void>((resolve) => {
    child.once("exit", () => void untilQuiet(child).then(resolve));
  });
  return output;
}

describe("untilQuiet", () => {
  test("ends with the outputs", async () => {
    const child = start("echo said");
    const closed = once(child, "close").then(() => "closed");
    expect(await hear(child)).toBe("said\n");
    // What comes first is the close of the pipes, and no wait for silence.
    expect(await Promise.race([closed, delay(0, "waited")])).toBe("closed");
  });

  // Beside the exit of another process one is heard before its last output is read.
  test("hears what was written before the end, however long the worker computes meanwhile", async () => {
    const real = start("printf '%0100000d' 0; echo last");
    const child = Object.assign(new EventEmitter(), { stdio: real.stdio, stdout: real.stdout });
    real.once("close", () => child.emit("close"));
    const heard = hear(child as unknown as ReturnType<typeof start>);
    child.emit("exit", 0);
    // The next turn of the event loop begins with the timers that are due by now.
    sleep(1_000);
    const output = await heard;
    expect(output).toHaveLength(100_005);
    expect(output).toMatch(/last\n$/);
  });

  test("waits for no straggler that holds the output and says nothing", async () => {
    expect(await hear(start("sleep 600 & echo said"))).toBe("said\n");
  });

  test("waits for no straggler that says something for ever", async () => {
    const output = await hear(start("(while sleep 0.05; do echo more; done) & echo said"));
    expect(output).toMatch(/^said\n/);
  });
});
