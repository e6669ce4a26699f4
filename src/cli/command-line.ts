import { statSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import type { CreateRunner } from "../twin/shape.ts";
import { exitCodeOf, Interrupted } from "./exit-code.ts";
import { HELP } from "./help.ts";
import { PROVE_HELP, readProveArguments } from "./prove/arguments.ts";
import { REHEARSE_HELP, readArguments, standingPlace } from "./rehearse/arguments.ts";
import { createTerminal, type Terminal } from "./shared/terminal.ts";
import { UsageError } from "./shared/usage-error.ts";

const millwright = fileURLToPath(new URL("../..", import.meta.url));

/** Parts that a caller in the same process may replace. */
export interface Parts {
  /** Runs the jobs of a demo or a rehearsal instead of the twin's own runner. */
  readonly runner?: CreateRunner;
}

/**
 * Does what was typed and answers the exit code; what it says goes to this process's output. Each command loads its own room:
 * all of them take a second and a half of processor, and help takes a tenth of that.
 */
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
      return workflows(rest);
    case "bench":
      return bench(rest);
    case "chaos":
      return chaos(rest);
    case "simulate":
      return simulate(rest);
    case "act":
      return act(rest);
    case "report":
      return report(rest);
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

async function chaos(rest: readonly string[]): Promise<number> {
  const { readChaosArguments } = await import("./chaos/arguments.ts");
  const { tellChaos } = await import("./chaos/tell-chaos.ts");
  return tellChaos(readChaosArguments(rest));
}

async function report(rest: readonly string[]): Promise<number> {
  const { runReportCommand } = await import("./report/command.ts");
  return runReportCommand(rest, process.env, untilInterrupted);
}

async function act(rest: readonly string[]): Promise<number> {
  const { values } = parseArgs({
    args: [...rest],
    options: {
      json: { type: "boolean", default: false },
      quiet: { type: "boolean", default: false },
    },
  });
  const { runAct } = await import("./act/act.ts");
  return untilInterrupted(
    values,
    (signal, terminal) => runAct({ millwright, environment: process.env, terminal, signal }),
    ({ ok }) => (ok ? 0 : 1),
  );
}

async function simulate(rest: readonly string[]): Promise<number> {
  const { runSimulate } = await import("./simulate/simulate.ts");
  return runSimulate(
    rest,
    { millwright, from: standingPlace(process.env) },
    (text) => void process.stdout.write(text),
  );
}

async function workflows(rest: readonly string[]): Promise<number> {
  const { tellBranchWorkflows } = await import("./branch-workflows/branch-workflows.ts");
  return tellBranchWorkflows(rest, (text) => void process.stdout.write(text));
}

async function readDemoOptions(rest: readonly string[]) {
  const [{ scenarioNames }, { chooseWeather }] = await Promise.all([
    import("./demo/scenario.ts"),
    import("./demo/choose-weather.ts"),
  ]);
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
      week: { type: "boolean", default: false },
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
  return { ...values, weather: chooseWeather(values.weather) };
}

function refuseScript(path: string): void {
  const found = statSync(path, { throwIfNoEntry: false });
  if (found === undefined) throw new UsageError(`--script: there is no file ${path}`);
  if (found.isDirectory()) throw new UsageError(`--script: ${path} is a folder, expected a file`);
}

async function bench(rest: readonly string[]): Promise<number> {
  const { values } = parseArgs({
    args: [...rest],
    options: {
      json: { type: "boolean", default: false },
      tests: { type: "boolean", default: false },
    },
  });
  const { json, tests } = values;
  const { benchTests, runBench } = await import("./bench/bench.ts");
  return tests ? benchTests({ millwright, json }) : runBench({ millwright, json });
}

async function demo(rest: readonly string[], parts: Parts): Promise<number> {
  const values = await readDemoOptions(rest);
  if (values.help) {
    process.stdout.write(HELP);
    return 0;
  }
  if (values.week) {
    const { runWeekCommand } = await import("./report/command.ts");
    return runWeekCommand(values, untilInterrupted);
  }
  const { scenario, script, weather } = values;
  const given = { millwright, scenario, script, environment: process.env, ...parts };
  const port = Number(values.port);
  if (weather === "all") {
    const { runWeathers } = await import("./demo/weathers.ts");
    return untilInterrupted(
      values,
      (signal, terminal) => runWeathers({ ...given, port, terminal, signal }),
      ({ weathers, done }) => (done === weathers ? 0 : 1),
    );
  }
  const { runDemo } = await import("./demo/demo.ts");
  return untilInterrupted(
    values,
    (signal, terminal) => runDemo({ ...given, port, terminal, signal, weather }),
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
  const { runRehearsal } = await import("./rehearse/rehearse.ts");
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
  const { proofExitCode, runProof } = await import("./prove/prove.ts");
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
