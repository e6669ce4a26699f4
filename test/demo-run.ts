import { execFileSync } from "node:child_process";
import { get } from "node:http";
import { inject } from "vitest";
import type { RunRecord } from "../src/twin/runner/run/records.ts";
import type { Handover } from "../src/twin/shape.ts";

/** What stood on the twin just before it went. */
export interface Witnessed {
  /** Head of the default branch when the issue was opened. */
  readonly base: string;
  /** Where the attempt's branch stood when the last veto had been asked. */
  readonly headBeforeSettling: string;
  /** What GitHub answers below the repository's address, by path. */
  readonly answers: Readonly<Record<string, unknown>>;
  /** All runs of the repository, the night's among them. */
  readonly runs: readonly RunRecord[];
  readonly handovers: readonly Handover[];
  readonly secrets: Readonly<Record<string, string>>;
  /** The commits that production was given. */
  readonly releases: readonly string[];
}

/**
 * One `demo --json`, played to its end in a process of its own, in bubblewrap where that is installed: the one whole line of
 * `npm test` on the twin's own runner. `cli/demo/without-bubblewrap.long.test.ts` plays it on a PATH without bubblewrap.
 */
export interface DemoRun {
  readonly code: number | null;
  /** Whole standard output: the object alone. */
  readonly stdout: string;
  /** The object of `--json`. */
  readonly result: Readonly<Record<string, unknown>>;
  /** Whole standard error: what a person reads, which without `--json` goes to standard output. */
  readonly transcript: string;
  /** The HTML of the page that it wrote; empty when there was none. */
  readonly page: string;
  /** The folder that it was started in, gone by now: the transcript names the page below it. */
  readonly workingFolder: string;
  /** What was there when it had ended. */
  readonly left: {
    readonly workingFolder: readonly string[];
    readonly temporary: readonly string[];
    readonly processes: readonly string[];
  };
  readonly witnessed: Witnessed;
  /** A copy of the bare repository, as it was when the demo ended. */
  readonly gitDirectory: string;
}

/** The demo of this run of the tests: played when it is first asked for, once for all files. */
export function demoRun(): Promise<DemoRun> {
  return new Promise((resolve, reject) => {
    // Unlike fetch this waits as long as the demo takes.
    get(inject("demoRunUrl"), (answer) => {
      let text = "";
      answer.setEncoding("utf8").on("data", (part: string) => {
        text += part;
      });
      answer.once("error", reject).once("end", () => {
        if (answer.statusCode === 200) resolve(JSON.parse(text) as DemoRun);
        else reject(new Error(text));
      });
    }).once("error", reject);
  });
}

/** Asks git about the repository of the demo. */
export function gitOf({ gitDirectory }: DemoRun, ...words: readonly string[]): string {
  return execFileSync("git", ["--git-dir", gitDirectory, ...words], { encoding: "utf8" }).trim();
}

/** The transcript without what it says about the sandbox, which differs from machine to machine. */
export function withoutSandbox(transcript: string): string {
  return transcript.replace(/^ {2}sandbox .*\n(?: {14}.*\n)*/mu, "");
}
