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
import { Proposal } from "../../src/domain/proposal.ts";
import { parseKeyValues } from "../../src/twin/runner/job/command-files.ts";
import { parseCommand } from "../adapters/runner/command-parser.ts";
import { bundleOf } from "../repository/bundles.ts";
import { keptCompiled } from "../start-cost.ts";
import { type Job, type Played, playDoor } from "./play-door.ts";
import {
  type ActionCall,
  commandFiles,
  inputsOf,
  MODEL_KEY,
  type Places,
  RUNTIME_TOKEN,
  runnerEnvironment,
} from "./runner-environment.ts";

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
  /** The names of the inputs that were read, sorted, in lower case; of a started bundle nothing is known. */
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

async function runAction(places: Places, call: ActionCall): Promise<ActionRun> {
  const before = readdirSync(places.workspace).sort();
  const files = commandFiles(places, call);
  const environment: Record<string, string | undefined> = {
    ...runnerEnvironment(places),
    ...files,
    ...inputsOf(places, call),
    ...call.environment,
  };
  const job = { program: bundleOf(call.name), workspace: places.workspace, environment };
  const { exitCode, output, asked } =
    call.started === true ? await startBundle(job) : await playDoor(call.name, job);
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
    asked,
  };
  assertNothingLeft(places, before);
  assertNothingShown(run, readFileSync(files.GITHUB_ENV, "utf8"));
  return run;
}

function proposalOf(outputs: Readonly<Record<string, string>>): Proposal | undefined {
  if (outputs.proposal === undefined) return undefined;
  const bytes = readFileSync(outputs.proposal);
  if (createHash("sha256").update(bytes).digest("hex") !== outputs.digest) {
    throw new Error("the output digest is not that of the proposal file");
  }
  return Proposal.parse(JSON.parse(bytes.toString("utf8")));
}

/** The bundle in a process of its own, as GitHub's runner starts it. */
async function startBundle(job: Job): Promise<Played> {
  const child = spawn(process.execPath, [job.program], {
    cwd: job.workspace,
    env: { ...keptCompiled(), ...job.environment },
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
  return { exitCode, output, asked: [] };
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
