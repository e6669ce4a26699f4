import type { RunRecord } from "../../twin/runner/run/records.ts";
import { tellDemo } from "../demo/demo.ts";
import type { DemoOptions } from "../demo/raise-twin.ts";
import { createActRunner } from "./act-runner.ts";
import { ACT, findAct } from "./tool.ts";

/** The object that `act --json` prints. */
export type ActResult =
  | { readonly ok: true; readonly skipped: string }
  | {
      /** The issue is done, and no job of any run failed. */
      readonly ok: boolean;
      /** Version of act. */
      readonly act: string;
      readonly stage: string;
      /** In the order in which the runs ended, each job with what it is called by, and how it ended. */
      readonly jobs: readonly (readonly [name: string, conclusion: string])[];
      readonly durationMs: number;
    };

type Options = Pick<DemoOptions, "millwright" | "terminal" | "signal" | "environment">;

/** Plays the happy line and its night with act in place of the twin's runner, or says why this machine cannot. */
export async function runAct(options: Options): Promise<ActResult> {
  const { terminal, millwright, signal, environment } = options;
  const tool = await findAct(environment, (line) => terminal.line(line));
  if ("skipped" in tool) {
    terminal.results.line(`!!!! Not played: ${tool.skipped}.`);
    return { ok: true, skipped: tool.skipped };
  }
  const runs: RunRecord[] = [];
  const onEnded = (run: RunRecord) => {
    runs.push(run);
    for (const line of faultsOf(run)) terminal.results.line(`  ✗ ${line}`);
  };
  const told = await tellDemo({
    ...options,
    // No key of a real model: the line is what is shown here, and the script plays the model.
    environment: { ...environment, ANTHROPIC_API_KEY: undefined },
    scenario: "happy",
    script: undefined,
    port: 0,
    runner: createActRunner({ act: tool.path, millwright, signal, onEnded }),
  });
  const jobs = runs.flatMap((run) =>
    run.jobs.map(({ name, conclusion }) => [name, conclusion ?? "not ended"] as const),
  );
  const isGreen = runs.every(({ conclusion }) => conclusion === "success");
  const { ok, issue, durationMs } = told.result;
  return { ok: ok && isGreen, act: ACT.version, stage: issue.stage, jobs, durationMs };
}

const LINES_TOLD = 12;

/** What a run says of itself that did not end well: act's own words, and the last ones of each job that failed. */
function faultsOf({ file, error, jobs }: RunRecord): readonly string[] {
  const failed = jobs.filter(({ conclusion }) => conclusion !== "success");
  return [
    ...(error === undefined ? [] : [`${file}: ${error}`]),
    ...failed.flatMap(({ name, log }) => log.slice(-LINES_TOLD).map((line) => `${name}: ${line}`)),
  ];
}
