import { CHECK_NAMES, type Check, type CheckName } from "../../domain/config/check.ts";
import type { Config } from "../../domain/config/schema.ts";
import { partsOf } from "../../domain/config/scoped-checks.ts";
import { servicesFor } from "../../domain/config/services/plan.ts";
import type { CheckRun, Subject } from "../../domain/evidence.ts";
import type { ModelTool } from "../../ports/model.ts";
import type { Workspace } from "../../ports/sandbox.ts";
import { runCheck } from "../checks/check.ts";
import { isInOutput } from "../checks/report-files.ts";

/** One run of a check with its output; never evidence, which only verify makes. */
export interface CheckRecord {
  readonly run: CheckRun & { readonly name: CheckName };
  /** As a person reads it; the sandbox keeps only head and tail. */
  readonly output: string;
  /** The sandbox cut the middle of the output. */
  readonly outputCut: boolean;
}

export interface RecordTask {
  readonly name: CheckName;
  readonly config: Config;
  readonly on: CheckRun["on"];
  readonly subject: Subject;
  /** Upper limit of the check's own time limit, in ms. */
  readonly remainingMs: number;
}

/** Checks that a change has to pass, in config order: all but `setup`, which ran on the base. */
export function checksToPass(config: Config): readonly CheckName[] {
  return CHECK_NAMES.filter((name) => name !== "setup" && config.checks[name] !== undefined);
}

/** Runs one configured check as verify will, and keeps its output. Nothing else may be running in the workspace. */
export async function recordCheck(workspace: Workspace, task: RecordTask): Promise<CheckRecord> {
  return await record(workspace, task, checkOf(task));
}

/**
 * The same while the toolbox runs in the workspace. No report is cleared or read then, because trusted code writes into
 * no folder in which something runs. Only the exit code and the output count, including a report in the output.
 */
export async function recordCheckBeside(
  workspace: Workspace,
  task: RecordTask,
): Promise<CheckRecord> {
  const check = checkOf(task);
  const beside = partsOf(check).map((part) => ({
    ...part,
    report: isInOutput(part.report) ? part.report : undefined,
  }));
  return await record(workspace, task, beside);
}

async function record(workspace: Workspace, task: RecordTask, check: Check): Promise<CheckRecord> {
  const { name, on, subject } = task;
  const services = servicesFor(task.config, name);
  const remainingMs = Math.floor(task.remainingMs);
  const said: string[] = [];
  let outputCut = false;
  const hear = (output: string, isCut: boolean) => {
    said.push(output);
    outputCut ||= isCut;
  };
  const about = { name, check, on, subject, remainingMs, services } as const;
  const run = await runCheck(workspace, { ...about, hear });
  return { run: { ...run, name }, output: said.join("\n"), outputCut };
}

function checkOf({ name, config }: RecordTask): Check {
  const check = config.checks[name];
  if (check === undefined) throw new Error(unknownCheck(name, config));
  return check;
}

/** `passed in 1.2 s`, `failed with exit code 1 after 3.0 s`, `was stopped after 600.0 s`, `was not run: …`. */
export function sayRun(run: CheckRun): string {
  const seconds = `${(run.durationMs / 1_000).toFixed(1)} s`;
  if (run.status === "passed") return `passed in ${seconds}`;
  const why = run.note === undefined ? "" : `: ${run.note.replace(/^not started: /, "")}`;
  if (run.exitCode === null && run.durationMs === 0 && why !== "") return `was not run${why}`;
  if (run.status === "timed-out") return `was stopped after ${seconds}`;
  if (run.exitCode === null) return `was killed after ${seconds}`;
  return `failed with exit code ${run.exitCode} after ${seconds}${why}`;
}

/** Names of failed tests, if a report could be read. */
export function failingTests(run: CheckRun): readonly string[] {
  const failed = (run.tests ?? []).filter(({ status }) => status === "failed");
  return [...new Set(failed.map(({ name }) => name))];
}

function unknownCheck(name: unknown, config: Config): string {
  const known = checksToPass(config);
  const list = known.length === 0 ? "none is configured" : `the checks are ${known.join(", ")}`;
  return `there is no check ${JSON.stringify(name) ?? "without a name"}: ${list}`;
}

/** The tool by which a coder runs a check; `run` returns its result in the important lines. */
export function runCheckTool(config: Config, run: (name: CheckName) => Promise<string>): ModelTool {
  const known = checksToPass(config);
  return {
    name: "run_check",
    description:
      "Runs one configured check on the working copy and returns whether it passed and, if not, the lines that matter.",
    inputSchema: {
      type: "object",
      properties: {
        name: {
          type: "string",
          description: `one of: ${known.join(", ") || "none is configured"}`,
          ...(known.length === 0 ? {} : { enum: known }),
        },
      },
      required: ["name"],
      additionalProperties: false,
    },
    async run(input) {
      const asked =
        typeof input === "object" && input !== null && "name" in input ? input.name : undefined;
      const name = known.find((candidate) => candidate === asked);
      if (name === undefined) throw new Error(unknownCheck(asked, config));
      return await run(name);
    },
  };
}
