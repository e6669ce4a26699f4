import type { ChildProcess } from "node:child_process";
import type { Socket } from "node:net";

/** How long a leftover process may hold the outputs of an ended process silently, and in all, in ms. */
const QUIET_MS = 300;

const LONGEST_MS = 3_000;

/**
 * Resolves once nothing more comes from the outputs of a process: call it at its `exit`. They are closed then, or a
 * leftover process holds them. A busy program reads late, and timers come before reads in a turn of the event loop
 * (https://nodejs.org/en/learn/asynchronous-work/event-loop-timers-and-nexttick). Each check follows the reads of its
 * turn, so that no output from before the end is lost.
 */
export function untilQuiet(child: ChildProcess): Promise<void> {
  const bytesRead = () =>
    child.stdio.map((stream) => (stream as Socket | null)?.bytesRead).join(" ");
  const deadline = performance.now() + LONGEST_MS;
  return new Promise((resolve) => {
    let before = bytesRead();
    let timer: NodeJS.Timeout;
    const look = () => {
      const now = bytesRead();
      if (now === before || performance.now() > deadline) return resolve();
      before = now;
      wait();
    };
    const wait = () => {
      timer = setTimeout(() => setImmediate(look), QUIET_MS);
    };
    child.once("close", () => {
      clearTimeout(timer);
      resolve();
    });
    wait();
  });
}
