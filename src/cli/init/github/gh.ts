import { spawn } from "node:child_process";
import type { Gh } from "./set-up.ts";

/** Bound of what is kept of an answer, in characters. */
const KEPT = 1_000_000;
/** The longest that one call may take. */
const MOST_MS = 60_000;

/** `gh` in a clone, as whoever is signed in; it never asks. A machine without it answers like one where nobody is. */
export function ghIn(
  folder: string,
  environment: Readonly<Record<string, string | undefined>>,
): Gh {
  return (words, input = "") =>
    new Promise((resolve) => {
      const child = spawn("gh", words, {
        cwd: folder,
        env: { ...environment, GH_PROMPT_DISABLED: "1", NO_COLOR: "1" },
        stdio: ["pipe", "pipe", "pipe"],
      });
      // Not Node's own bound: it holds a process open for all its time where the program is not there.
      const bound = setTimeout(() => child.kill(), MOST_MS);
      const said = { stdout: "", stderr: "" };
      for (const stream of ["stdout", "stderr"] as const) {
        child[stream].setEncoding("utf8").on("data", (text: string) => {
          said[stream] = (said[stream] + text).slice(0, KEPT);
        });
      }
      child.on("error", () => resolve({ code: 127, stdout: "", stderr: "there is no gh on PATH" }));
      child.on("close", (code) => {
        clearTimeout(bound);
        resolve({ code: code ?? 1, ...said });
      });
      // A command that ends without reading closes the pipe.
      child.stdin.on("error", () => undefined).end(input);
    });
}
