import { get } from "node:http";
import { inject } from "vitest";

/**
 * One `demo --json`, started as a person would and played to its end on a PATH without bubblewrap: the run that every
 * machine can play, and the longer transcript of the two. With bubblewrap the same line is played by `test/line/happy.test.ts`.
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

/** The transcript without what it says about the sandbox, which differs from machine to machine. */
export function withoutSandbox(transcript: string): string {
  return transcript.replace(/^ {2}sandbox .*\n(?: {14}.*\n)*/mu, "");
}
