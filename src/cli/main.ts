#!/usr/bin/env node
import { readdirSync, statSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { messageOf } from "../domain/text/message-of.ts";
import { ScriptError } from "../twin/model/script-faults.ts";
import { runBench } from "./bench/bench.ts";
import { tellBranchWorkflows } from "./branch-workflows/branch-workflows.ts";
import { runDemo } from "./demo/demo.ts";
import { REHEARSE_HELP, readArguments, standingPlace } from "./rehearse/arguments.ts";
import { runRehearsal } from "./rehearse/rehearse.ts";
import type { DemoResult } from "./shared/result.ts";
import { createTerminal, type Terminal } from "./shared/terminal.ts";
import { UsageError } from "./shared/usage-error.ts";

const HELP = `Usage: millwright <command> [options]

  demo             plays an issue from its label to done on a GitHub of this machine
    --json         prints one JSON object as the last line of standard output
    --quiet        prints nothing else
    --script FILE  plays the model from FILE (docs/script-format.md)
    --scenario S   which scenario; there is: ${"happy"}
    --port N       port of the twin's GitHub; a free one by default

  rehearse         plays an issue on a copy of any git repository on disk
    --repo PATH --issue FILE.md [--script FILE] [--config FILE] [--base REV] [--no-as-owner] [--json]
    --help         says more about each

  workflows        tells which workflows would run with secrets on a branch of the factory
    --repo PATH    a checkout; the folder that this runs in by default
    --branch NAME  its default branch; main by default

  bench            measures what the project promises, one JSON line a figure
    --json         the lines alone

Exit code 0: done. 1: the factory stopped and says why. 2: wrong usage.
`;

const millwright = fileURLToPath(new URL("../..", import.meta.url));

async function main(argv: readonly string[]): Promise<number> {
  const [command, ...rest] = argv;
  switch (command) {
    case "demo":
      return demo(rest);
    case "rehearse":
      return rehearse(rest);
    case "workflows":
      return tellBranchWorkflows(rest, (text) => void process.stdout.write(text));
    case "bench":
      return bench(rest);
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
    },
  });
  if (!/^[0-9]{1,5}$/.test(values.port) || Number(values.port) > 65_535) {
    throw new UsageError(`--port: expected a number up to 65535, found "${values.port}"`);
  }
  const scenarios = readdirSync(fileURLToPath(new URL("src/cli/scenarios", `file://${millwright}`)))
    .filter((name) => name.endsWith(".md"))
    .map((name) => name.slice(0, -3));
  if (!scenarios.includes(values.scenario)) {
    throw new UsageError(
      `there is no scenario "${values.scenario}"; there is: ${scenarios.join(", ")}`,
    );
  }
  if (values.script !== undefined) refuseScript(values.script);
  return values;
}

function refuseScript(path: string): void {
  const found = statSync(path, { throwIfNoEntry: false });
  if (found === undefined) throw new UsageError(`--script: there is no file ${path}`);
  if (found.isDirectory()) throw new UsageError(`--script: ${path} is a folder, expected a file`);
}

function bench(rest: readonly string[]): Promise<number> {
  const options = { json: { type: "boolean", default: false } } as const;
  const { values } = parseArgs({ args: [...rest], options });
  return runBench({ millwright, json: values.json });
}

async function demo(rest: readonly string[]): Promise<number> {
  const values = readDemoOptions(rest);
  if (values.help) {
    process.stdout.write(HELP);
    return 0;
  }
  return untilInterrupted(values, (signal, terminal) =>
    runDemo({
      millwright,
      scenario: values.scenario,
      script: values.script,
      port: Number(values.port),
      terminal,
      signal,
      environment: process.env,
    }),
  );
}

async function rehearse(rest: readonly string[]): Promise<number> {
  const asked = readArguments(rest, standingPlace(process.env));
  if (asked === undefined) {
    process.stdout.write(REHEARSE_HELP);
    return 0;
  }
  if (asked.script !== undefined) refuseScript(asked.script);
  return untilInterrupted(asked, (signal, terminal) =>
    runRehearsal({ arguments: asked, millwright, terminal, signal, environment: process.env }),
  );
}

/** Runs until the end or Ctrl-C, which is passed on so that everything is taken down; then prints the object. */
async function untilInterrupted(
  output: { readonly json: boolean; readonly quiet: boolean },
  play: (signal: AbortSignal, terminal: Terminal) => Promise<DemoResult>,
): Promise<number> {
  const interrupted = new AbortController();
  // Not once: adapters that clean up on a signal ask who else listens, and end the process where nobody does any more.
  for (const signal of ["SIGINT", "SIGTERM"] as const)
    process.on(signal, () => interrupted.abort(signal));
  // With --json standard output is for the machine; what a person watches goes to standard error.
  const stream = output.json ? process.stderr : process.stdout;
  const aborted = new Promise<never>((_, reject) => {
    interrupted.signal.addEventListener("abort", () => reject(new Interrupted()));
  });
  const played = play(interrupted.signal, createTerminal(stream, { quiet: output.quiet }));
  const result = await Promise.race([played, aborted]).catch(async (error: unknown) => {
    await played.catch(() => undefined);
    throw error;
  });
  if (output.json) process.stdout.write(`${JSON.stringify(result)}\n`);
  return result.ok ? 0 : 1;
}

class Interrupted extends Error {}

function exitCodeOf(error: unknown): number {
  if (error instanceof Interrupted) {
    process.stderr.write("\nStopped. Nothing is left running, nothing is left behind.\n");
    return 130;
  }
  const message = portTaken(error) ?? messageOf(error);
  const usage =
    error instanceof UsageError ||
    error instanceof ScriptError ||
    isArgumentError(error) ||
    portTaken(error) !== undefined;
  process.stderr.write(
    `${usage ? "millwright: " : ""}${message}\n${usage ? "Try `millwright --help`.\n" : ""}`,
  );
  return usage ? 2 : 1;
}

function isArgumentError(error: unknown): boolean {
  if (!(error instanceof Error) || !("code" in error)) return false;
  return String(error.code).startsWith("ERR_PARSE_ARGS");
}

/** Only `--port` asks for a port by its number, so a taken one is a person's to change. */
function portTaken(error: unknown): string | undefined {
  if (!(error instanceof Error) || !("code" in error) || error.code !== "EADDRINUSE") return;
  const port = "port" in error ? String(error.port) : "asked for";
  return `--port: port ${port} is taken; choose another, or leave it out for a free one`;
}

process.exitCode = await main(process.argv.slice(2)).catch(exitCodeOf);
