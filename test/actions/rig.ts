import { spawn } from "node:child_process";
import { createHash } from "node:crypto";
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, relative } from "node:path";
import { parse } from "yaml";
import { Proposal } from "../../src/domain/proposal.ts";
import { parseKeyValues } from "../../src/twin/runner/command-files.ts";
import { parseCommand } from "../adapters/runner/command-parser.ts";
import { bundleOf, root } from "../repository/bundles.ts";

export interface ActionCall {
  readonly name: string;
  /** What a workflow gives by `with`; the rest gets the defaults of action.yml. */
  readonly inputs?: Readonly<Record<string, string>>;
  readonly event?: { readonly name: string; readonly payload: unknown };
  /** Over what the runner sets; undefined takes a variable away. */
  readonly environment?: Readonly<Record<string, string | undefined>>;
  /** Runs the sources of the door instead of its bundle, and says which inputs it asked for. */
  readonly record?: boolean;
}

export interface ActionRun {
  readonly exitCode: number;
  readonly outputs: Readonly<Record<string, string>>;
  readonly summary: string;
  /** What the log shows: standard output and error, commands left out. */
  readonly lines: readonly string[];
  /** Lines that the runner takes for commands, whole. */
  readonly commands: readonly string[];
  readonly proposal: Proposal | undefined;
  /** Files below RUNNER_TEMP that the runner did not put there itself, sorted. */
  readonly files: readonly string[];
  /** Of a recorded run: the names of the inputs that were read, sorted, in lower case. */
  readonly asked: readonly string[];
}

export interface Rig {
  /** The job's workspace: the folder that the action is started in. */
  readonly workspace: string;
  readonly temporary: string;
  /** Puts a file where `download-artifact` would, and answers its path and digest. */
  hand(
    name: string,
    content: string | Uint8Array,
  ): { path: string; digest: string; folder: string };
  run(call: ActionCall): Promise<ActionRun>;
  remove(): void;
}

/** What no action may show: the runner's own token, which every JavaScript action gets, and the model key. */
export const RUNTIME_TOKEN = "canary-of-the-runtime-token";
export const MODEL_KEY = "sk-ant-canary-of-the-model-key";
const OF_THE_RUNNER = /^(_runner_file_commands|_github_workflow)\//;

/** The folders of one job on GitHub's runner, in a temporary folder that `remove` takes away. */
export function createRig(): Rig {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), "millwright-action-")));
  const places = {
    workspace: join(folder, "work/app/app"),
    temporary: join(folder, "work/_temp"),
    home: join(folder, "home"),
    scratch: join(folder, "tmp"),
  };
  for (const place of Object.values(places)) mkdirSync(place, { recursive: true });
  return {
    workspace: places.workspace,
    temporary: places.temporary,
    hand: (name, content) => {
      const path = join(places.temporary, "handover", name);
      mkdirSync(dirname(path), { recursive: true });
      writeFileSync(path, content);
      const digest = createHash("sha256").update(content).digest("hex");
      return { path, digest, folder: dirname(path) };
    },
    run: (call) => runAction(places, call),
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
}

interface Places {
  readonly workspace: string;
  readonly temporary: string;
  readonly home: string;
  readonly scratch: string;
}

async function runAction(places: Places, call: ActionCall): Promise<ActionRun> {
  const recorder = join(places.temporary, "_github_workflow/recorder.mjs");
  const asked = join(places.temporary, "_github_workflow/asked.json");
  const door = join(root, "src/actions", `${call.name}.ts`);
  const entry = call.record === true ? ["--import", recorder, door] : [bundleOf(call.name)];
  const before = readdirSync(places.workspace).sort();
  const files = commandFiles(places, call);
  const environment: Record<string, string | undefined> = {
    ...runnerEnvironment(places),
    ...files,
    ...inputsOf(places, call),
    ...call.environment,
  };
  if (call.record === true) writeFileSync(recorder, recorderInto(asked));
  const { exitCode, output } = await execute(entry, { places, environment });
  const all = output.split("\n").filter((line) => line !== "");
  const outputs = Object.fromEntries(
    parseKeyValues(readFileSync(files.GITHUB_OUTPUT, "utf8"), "GITHUB_OUTPUT"),
  );
  const run: ActionRun = {
    exitCode,
    outputs,
    summary: readFileSync(files.GITHUB_STEP_SUMMARY, "utf8"),
    lines: all.filter((line) => parseCommand(line) === undefined),
    commands: all.filter((line) => parseCommand(line) !== undefined),
    proposal: proposalOf(outputs),
    files: filesBelow(places.temporary).filter((path) => !OF_THE_RUNNER.test(path)),
    asked: call.record === true ? JSON.parse(readFileSync(asked, "utf8")) : [],
  };
  assertNothingLeft(places, before);
  assertNothingShown(run, readFileSync(files.GITHUB_ENV, "utf8"));
  return run;
}

/** A module that watches which INPUT_ variables its process reads, and writes their names down when it ends. */
function recorderInto(path: string): string {
  return `
import { writeFileSync } from "node:fs";
const asked = new Set();
const get = (target, name) => {
  if (String(name).startsWith("INPUT_")) asked.add(String(name).slice(6).toLowerCase());
  return target[name];
};
Object.defineProperty(process, "env", { value: new Proxy(process.env, { get }) });
process.on("exit", () => writeFileSync(${JSON.stringify(path)}, JSON.stringify([...asked].sort())));
`;
}

function proposalOf(outputs: Readonly<Record<string, string>>): Proposal | undefined {
  if (outputs.proposal === undefined) return undefined;
  const bytes = readFileSync(outputs.proposal);
  if (createHash("sha256").update(bytes).digest("hex") !== outputs.digest) {
    throw new Error("the output digest is not that of the proposal file");
  }
  return Proposal.parse(JSON.parse(bytes.toString("utf8")));
}

/** The five command files and the event, where GitHub's runner puts them. */
function commandFiles(places: Places, call: ActionCall) {
  const place = (path: string, content: string): string => {
    const whole = join(places.temporary, path);
    mkdirSync(dirname(whole), { recursive: true });
    writeFileSync(whole, content);
    return whole;
  };
  const event = call.event ?? { name: "workflow_dispatch", payload: {} };
  return {
    GITHUB_ENV: place("_runner_file_commands/set_env_1", ""),
    GITHUB_PATH: place("_runner_file_commands/add_path_1", ""),
    GITHUB_OUTPUT: place("_runner_file_commands/set_output_1", ""),
    GITHUB_STATE: place("_runner_file_commands/save_state_1", ""),
    GITHUB_STEP_SUMMARY: place("_runner_file_commands/step_summary_1", ""),
    GITHUB_EVENT_NAME: event.name,
    GITHUB_EVENT_PATH: place("_github_workflow/event.json", JSON.stringify(event.payload)),
  };
}

/** Nothing of this process but PATH and LANG. TMPDIR is ours: on GitHub it is unset, here it shows what is left behind. */
function runnerEnvironment(places: Places): Record<string, string> {
  return {
    PATH: process.env.PATH ?? "",
    LANG: "C.UTF-8",
    HOME: places.home,
    TMPDIR: places.scratch,
    CI: "true",
    GITHUB_ACTIONS: "true",
    GITHUB_ACTION: "__self",
    GITHUB_ACTOR: "OWNER",
    GITHUB_ACTOR_ID: "1",
    GITHUB_API_URL: "http://127.0.0.1:9",
    GITHUB_JOB: "job",
    GITHUB_REF: "refs/heads/main",
    GITHUB_REPOSITORY: "OWNER/app",
    GITHUB_RUN_ATTEMPT: "1",
    GITHUB_RUN_ID: "7",
    GITHUB_RUN_NUMBER: "1",
    GITHUB_SERVER_URL: "https://github.com",
    GITHUB_SHA: "0".repeat(40),
    GITHUB_WORKFLOW: "factory",
    GITHUB_WORKFLOW_REF: "OWNER/app/.github/workflows/factory.yml@refs/heads/main",
    GITHUB_WORKSPACE: places.workspace,
    RUNNER_ARCH: "X64",
    RUNNER_ENVIRONMENT: "github-hosted",
    RUNNER_NAME: "GitHub Actions 1",
    RUNNER_OS: "Linux",
    RUNNER_TEMP: places.temporary,
    ACTIONS_RUNTIME_TOKEN: RUNTIME_TOKEN,
    ACTIONS_RUNTIME_URL: "http://127.0.0.1:9/",
  };
}

/** Every declared input, as the runner gives it; one that action.yml does not declare is a mistake of the test. */
function inputsOf(places: Places, call: ActionCall): Record<string, string> {
  const text = readFileSync(join(root, "actions", call.name, "action.yml"), "utf8");
  const declared = (parse(text) as { inputs: Record<string, { default?: string }> }).inputs;
  const unknown = Object.keys(call.inputs ?? {}).filter((name) => !(name in declared));
  if (unknown.length > 0) throw new Error(`${call.name} has no input ${unknown.join(", ")}`);
  const entries = Object.entries(declared).map(([name, { default: preset = "" }]) => {
    const value =
      call.inputs?.[name] ?? preset.replace("${{ github.workspace }}", places.workspace);
    if (value.includes("${{")) throw new Error(`the rig cannot evaluate ${value}`);
    return [`INPUT_${name.toUpperCase()}`, value];
  });
  return Object.fromEntries(entries);
}

async function execute(
  entry: readonly string[],
  job: {
    readonly places: Places;
    readonly environment: Readonly<Record<string, string | undefined>>;
  },
): Promise<{ readonly exitCode: number; readonly output: string }> {
  const child = spawn(process.execPath, [...entry], {
    cwd: job.places.workspace,
    env: job.environment,
    stdio: ["ignore", "pipe", "pipe"],
    timeout: 50_000,
  });
  let output = "";
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding("utf8").on("data", (text: string) => {
      output += text;
    });
  }
  const exitCode = await new Promise<number>((resolve, reject) => {
    child.once("error", reject);
    child.once("close", (code) => resolve(code ?? -1));
  });
  return { exitCode, output };
}

export function filesBelow(folder: string): readonly string[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => !entry.isDirectory())
    .map((entry) => relative(folder, join(entry.parentPath, entry.name)))
    .sort();
}

/** After every run: the temporary folder and the home are empty, nothing new stands in the workspace. */
function assertNothingLeft(places: Places, before: readonly string[]): void {
  const left = [...readdirSync(places.scratch), ...readdirSync(places.home)];
  if (left.length > 0) throw new Error(`the action left behind ${left.join(", ")}`);
  const after = readdirSync(places.workspace).sort();
  if (after.join() !== before.join())
    throw new Error(`the workspace now holds ${after.join(", ")}`);
}

/** After every run: keys are named in a mask at most, and no variable is handed to later steps. */
function assertNothingShown(run: ActionRun, variables: string): void {
  const { commands, ...shown } = run;
  const told = commands.filter((line) => !line.startsWith("::add-mask::"));
  const text = JSON.stringify([shown, told]);
  for (const secret of [RUNTIME_TOKEN, MODEL_KEY]) {
    if (text.includes(secret)) throw new Error(`the action showed ${secret}`);
  }
  if (variables !== "") throw new Error(`the action set variables: ${variables}`);
}
