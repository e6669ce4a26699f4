import { spawn } from "node:child_process";
import { once } from "node:events";
import { setTimeout as pause } from "node:timers/promises";

/** An application that runs as long as it is looked at. */
export interface Application {
  /** Returns why it did not start, with the end of its output; undefined once it answers. */
  untilReady(url: string, withinMs: number): Promise<string | undefined>;
  /** Ends it and everything that it started. */
  stop(): Promise<void>;
}

const LOOK_MS = 100;
const TAIL = 5_000;

/** Starts a shell command line in its own process group, so that all of it can be ended. */
export function startApplication(command: string): Application {
  const child = spawn("bash", ["-c", command], {
    detached: true,
    stdio: ["ignore", "pipe", "pipe"],
  });
  let said = "";
  const hear = (chunk: Buffer) => {
    said = `${said}${chunk.toString("utf8")}`.slice(-TAIL);
  };
  child.stdout.on("data", hear);
  child.stderr.on("data", hear);
  const ended = once(child, "exit");
  const hasEnded = () => child.exitCode !== null || child.signalCode !== null;
  return {
    async untilReady(url, withinMs) {
      const until = performance.now() + withinMs;
      while (performance.now() < until) {
        if (await answers(url)) return undefined;
        if (hasEnded()) return `it ended (${child.exitCode ?? child.signalCode})\n${said}`;
        await pause(LOOK_MS);
      }
      return `nothing answers at ${url} after ${Math.round(withinMs / 1_000)} s\n${said}`;
    },
    async stop() {
      if (child.pid === undefined) return;
      try {
        process.kill(-child.pid, "SIGKILL");
      } catch {
        // The whole group has ended by itself.
      }
      if (!hasEnded()) await ended;
    },
  };
}

/** Any answer counts; the pages show its faults. */
async function answers(url: string): Promise<boolean> {
  const asked = fetch(url, { redirect: "manual", signal: AbortSignal.timeout(2_000) });
  return asked.then(
    async (answer) => {
      await answer.body?.cancel();
      return true;
    },
    () => false,
  );
}
