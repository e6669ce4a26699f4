import { statSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { isWeather, WEATHERS, type WeatherName } from "../twin/github/weather/weather.ts";
import type { CreateRunner } from "../twin/shape.ts";
import { benchTests, runBench } from "./bench/bench.ts";
import { tellBranchWorkflows } from "./branch-workflows/branch-workflows.ts";
import { runDemo } from "./demo/demo.ts";
import { scenarioNames } from "./demo/scenario.ts";
import { runWeathers } from "./demo/weathers.ts";
import { exitCodeOf, Interrupted } from "./exit-code.ts";
import { HELP } from "./help.ts";
import { PROVE_HELP, readProveArguments } from "./prove/arguments.ts";
import { proofExitCode, runProof } from "./prove/prove.ts";
import { REHEARSE_HELP, readArguments, standingPlace } from "./rehearse/arguments.ts";
import { runRehearsal } from "./rehearse/rehearse.ts";
import { createTerminal, type Terminal } from "./shared/terminal.ts";
import { UsageError } from "./shared/usage-error.ts";
import { runSimulate } from "./simulate/simulate.ts";

const millwright = fileURLToPath(new URL("../..", import.meta.url));

/** Parts that a caller in the same process may replace. */
export interface Parts {
  /** Runs the jobs of a demo or a rehearsal instead of the twin's own runner. */
  readonly runner?: CreateRunner;
}

/** Does what was typed and answers the exit code; what it says goes to this process's output. */
export function runCommandLine(argv: readonly string[], parts: Parts = {}): Promise<number> {
  return run(argv, parts).catch(exitCodeOf);
}

async function run(argv: readonly string[], parts: Parts): Promise<number> {
  const [command, ...rest] = argv;
  switch (command) {
    case "demo":
      return demo(rest, parts);
    case "rehearse":
      return rehearse(rest, parts);
    case "prove":
      return prove(rest);
    case "workflows":
      return tellBranchWorkflows(rest, (text) => void process.stdout.write(text));
    case "bench":
      return bench(rest);
    case "simulate":
      return runSimulate(
        rest,
        { millwright, from: standingPlace(process.env) },
        (text) => void process.stdout.write(text),
      );
    case undefined:
    case "help":
    case "--help":
    case "-h":
      process.stdout.write(HELP);
      return command === undefined ? 2 : 0;
    default:
      throw new UsageError(`there is no command "${command}"`);
  }
}

function readDemoOptions(rest: readonly string[]) {
  const { values } = parseArgs({
    args: [...rest],
    options: {
      json: { type: "boolean", default: false },
      quiet: { type: "boolean", default: false },
      help: { type: "boolean", default: false },
      script: { type: "string" },
      scenario: { type: "string", default: "happy" },
      port: { type: "string", default: "0" },
      weather: { type: "string" },
    },
  });
  if (!/^[0-9]{1,5}$/.test(values.port) || Number(values.port) > 65_535) {
    throw new UsageError(`--port: expected a number up to 65535, found "${values.port}"`);
  }
  const scenarios = scenarioNames(millwright);
  if (!scenarios.includes(values.scenario)) {
    throw new UsageError(
      `there is no scenario "${values.scenario}"; there is: ${scenarios.join(", ")}`,
    );
  }
  if (values.script !== undefined) refuseScript(values.script);
  return { ...values, weather: readWeather(values.weather) };
}

function readWeather(name: string | undefined): WeatherName | "all" | undefined {
  if (name === undefined || name === "all" || isWeather(name)) return name;
  const known = Object.keys(WEATHERS).join(", ");
  throw new UsageError(`there is no weather "${name}"; there is: all, ${known}`);
}

function refuseScript(path: string): void {
  const found = statSync(path, { throwIfNoEntry: false });
  if (found === undefined) throw new UsageError(`--script: there is no file ${path}`);
  if (found.isDirectory()) throw new UsageError(`--script: ${path} is a folder, expected a file`);
}

function bench(rest: readonly string[]): Promise<number> {
  const { values } = parseArgs({
    args: [...rest],
    options: {
      json: { type: "boolean", default: false },
      tests: { type: "boolean", default: false },
    },
  });
  const { json, tests } = values;
  return tests ? benchTests({ millwright, json }) : runBench({ millwright, json });
}

async function demo(rest: readonly string[], parts: Parts): Promise<number> {
  const values = readDemoOptions(rest);
  if (values.help) {
    process.stdout.write(HELP);
    return 0;
  }
  const { scenario, script, weather } = values;
  const given = { millwright, scenario, script, environment: process.env, ...parts };
  const port = Number(values.port);
  if (weather === "all") {
    return untilInterrupted(
      values,
      (signal, terminal) => runWeathers({ ...given, port, terminal, signal }),
      ({ weathers, done }) => (done === weathers ? 0 : 1),
    );
  }
  const sky = weather === undefined ? undefined : WEATHERS[weather];
  return untilInterrupted(
    values,
    (signal, terminal) => runDemo({ ...given, port, terminal, signal, weather: sky }),
    endOf,
  );
}

async function rehearse(rest: readonly string[], parts: Parts): Promise<number> {
  const asked = readArguments(rest, standingPlace(process.env));
  if (asked === undefined) {
    process.stdout.write(REHEARSE_HELP);
    return 0;
  }
  if (asked.script !== undefined) refuseScript(asked.script);
  return untilInterrupted(
    asked,
    (signal, terminal) =>
      runRehearsal({
        arguments: asked,
        millwright,
        terminal,
        signal,
        environment: process.env,
        ...parts,
      }),
    endOf,
  );
}

async function prove(rest: readonly string[]): Promise<number> {
  const asked = readProveArguments(rest, standingPlace(process.env));
  if (asked === undefined) {
    process.stdout.write(PROVE_HELP);
    return 0;
  }
  return untilInterrupted(
    asked,
    (signal, terminal) =>
      runProof({ arguments: asked, millwright, environment: process.env, terminal, signal }),
    proofExitCode,
  );
}

const SIGNALS = ["SIGINT", "SIGTERM"] as const;

/** Runs until the end or Ctrl-C, which is passed on so that everything is taken down; then prints the object. */
async function untilInterrupted<Result>(
  output: { readonly json: boolean; readonly quiet: boolean },
  play: (signal: AbortSignal, terminal: Terminal) => Promise<Result>,
  codeOf: (result: Result) => number,
): Promise<number> {
  const interrupted = new AbortController();
  // Not once: adapters that clean up on a signal ask who else listens, and end the process where nobody does any more.
  const interrupt = (signal: NodeJS.Signals) => interrupted.abort(signal);
  for (const signal of SIGNALS) process.on(signal, interrupt);
  // With --json standard output is for the machine; what a person watches goes to standard error.
  const stream = output.json ? process.stderr : process.stdout;
  const aborted = new Promise<never>((_, reject) => {
    interrupted.signal.addEventListener("abort", () => reject(new Interrupted()));
  });
  const played = play(interrupted.signal, createTerminal(stream, { quiet: output.quiet }));
  const result = await Promise.race([played, aborted])
    .catch(async (error: unknown) => {
      await played.catch(() => undefined);
      throw error;
    })
    .finally(() => {
      for (const signal of SIGNALS) process.off(signal, interrupt);
    });
  if (output.json) process.stdout.write(`${JSON.stringify(result)}\n`);
  return codeOf(result);
}

function endOf({ ok }: { readonly ok: boolean }): number {
  return ok ? 0 : 1;
}
