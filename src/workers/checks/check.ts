import type { Check, CheckName, CheckPart } from "../../domain/config/check.ts";
import { partsOf, scopesOf } from "../../domain/config/scoped-checks.ts";
import type { ServicesBeside } from "../../domain/config/services/plan.ts";
import type { TestReport } from "../../domain/config/test-report.ts";
import type { CheckRun, Subject } from "../../domain/evidence.ts";
import { cut } from "../../domain/text/cut.ts";
import { withoutEscapes } from "../../domain/text/without-escapes.ts";
import type { SandboxCommand, SandboxResult, Workspace } from "../../ports/sandbox.ts";
import { compilerLines } from "./compiler-lines.ts";
import { joinRuns } from "./join-runs.ts";
import type { SelectedRun } from "./only.ts";
import { type Place, readProblems } from "./problems/read-problems.ts";
import {
  clearReports,
  isInOutput,
  type KeepFile,
  OUTPUT_BYTES,
  readReports,
} from "./report-files.ts";
import { showOutput } from "./reports/read-tests.ts";
import { sayService, sayServiceLog } from "./services.ts";

/** Default time limit of a check, in seconds. */
export const CHECK_SECONDS = 600;
const TAIL = 8_000;

export interface CheckTask {
  readonly name: CheckName;
  readonly check: Check;
  readonly on: CheckRun["on"];
  readonly subject: Subject;
  /** Time left for the run, in ms. A check gets no more than that. */
  readonly remainingMs: number;
  /** Tests to run instead of the whole check, if they can be selected. */
  readonly selected?: SelectedRun | undefined;
  /** Finds the file that a tool means; absent: nobody asks for places. */
  readonly fileOf?: Place["fileOf"] | undefined;
  /** Services beside it. */
  readonly services?: ServicesBeside | undefined;
  /** Where its whole output and its reports go, for people. */
  readonly keep?: KeepFile | undefined;
  /** Receives the output of each command, as a person reads it, and whether the sandbox cut it. */
  readonly hear?: ((output: string, isCut: boolean) => void) | undefined;
}

type PartTask = Omit<CheckTask, "check"> & { readonly check: CheckPart };

/**
 * Runs one check in a workspace, the commands of several packages one after the other. Any failure of a command is a
 * fact of the returned record, never an exception.
 */
export async function runCheck(workspace: Workspace, task: CheckTask): Promise<CheckRun> {
  const parts = partsOf(task.check);
  const scopes = scopesOf(task.check);
  const about = scopes.length === 0 ? {} : { scopes: [...scopes] };
  const [single] = parts;
  if (single !== undefined && parts.length === 1) {
    return { ...(await runPart(workspace, { ...task, check: single })), ...about };
  }
  const runs: CheckRun[] = [];
  for (const [index, check] of parts.entries()) {
    const spent = runs.reduce((sum, { durationMs }) => sum + durationMs, 0);
    const { keep } = task;
    const keepBeside: KeepFile | undefined =
      keep && (async (file, text) => await keep(`${index + 1}/${file}`, text));
    const remainingMs = Math.floor(task.remainingMs - spent);
    runs.push(await runPart(workspace, { ...task, check, remainingMs, keep: keepBeside }));
  }
  return { ...joinRuns(runs), ...about };
}

async function runPart(workspace: Workspace, task: PartTask): Promise<CheckRun> {
  const { name, check, on, subject, selected } = task;
  const command = selected?.run ?? check.run;
  const limitMs = (check.timeoutSeconds ?? CHECK_SECONDS) * 1_000;
  const head = { kind: "check", name, on, subject, command } as const;
  if (task.remainingMs <= 0) {
    return { ...head, ...NOT_STARTED, note: "not started: the time of this run is used up" };
  }
  const timeoutMs = Math.min(limitMs, task.remainingMs);
  const { report } = check;
  const uncleared = report === undefined ? undefined : await clearReports(workspace, report);
  if (report !== undefined && uncleared !== undefined) {
    return { ...head, ...NOT_STARTED, status: "failed", note: sayReport(report, uncleared) };
  }
  const result = await workspace.run({
    command,
    ...(selected === undefined ? {} : { arguments: selected.words }),
    timeoutMs,
    ...besides(name, check),
    ...(task.services === undefined ? {} : { services: task.services }),
    ...(isInOutput(report) ? { keepBytes: OUTPUT_BYTES } : {}),
  });
  const judged =
    judgeExit(result, timeoutMs) ?? (await judgeReport(workspace, { ...task, result }));
  const output = showOutput(report?.format, result.output) + sayServiceLog(result);
  task.hear?.(output, result.outputBytes > new TextEncoder().encode(result.output).length);
  await task.keep?.("output.txt", withoutEscapes(output));
  const notBuilt = judged.status === "failed" ? compilerLines(output) : [];
  return {
    ...head,
    ...judged,
    exitCode: result.exitCode,
    durationMs: result.durationMs,
    tail: tailOf(output),
    outputBytes: result.outputBytes,
    ...(notBuilt.length === 0 ? {} : { notBuilt: [...notBuilt] }),
    ...noteOfPackages(result, judged),
    ...problemsIn(output, judged.status, task),
  };
}

/** Only `setup` has a network. */
function besides(name: CheckName, { from }: CheckPart): Pick<SandboxCommand, "network" | "sees"> {
  return name === "setup" ? { network: true, sees: from } : { network: false };
}

/** Saved time is reported only if nothing went wrong. */
function noteOfPackages(
  { broughtBefore }: SandboxResult,
  { note }: Judgement,
): Pick<CheckRun, "note"> {
  if (broughtBefore === undefined || note !== undefined) return {};
  const { bytes, setupMs, bringMs } = broughtBefore;
  const seconds = (ms: number) => `${(ms / 1_000).toFixed(1)} s`;
  const size = `${(bytes / 1e6).toFixed(1)} MB`;
  return {
    note: `${size} of packages came from an earlier run in ${seconds(bringMs)}; without them it took ${seconds(setupMs)}`,
  };
}

function problemsIn(
  output: string,
  status: CheckRun["status"],
  { fileOf }: Pick<CheckTask, "fileOf">,
): Pick<CheckRun, "problems" | "moreProblems"> {
  if (fileOf === undefined) return {};
  const level = status === "passed" ? "warning" : "failure";
  const { problems, more } = readProblems(output, { fileOf, level });
  return {
    ...(problems.length === 0 ? {} : { problems: [...problems] }),
    ...(more === 0 ? {} : { moreProblems: more }),
  };
}

/** `the report reports/junit.xml is not there after the run`. */
function sayReport(
  { format, files }: TestReport,
  { problem }: { readonly problem: string },
): string {
  const which = files === undefined ? `the ${format} report in the output` : `the report ${files}`;
  return cut(`${which} is ${problem}`, 500);
}

const NOT_STARTED = {
  status: "timed-out",
  exitCode: null,
  durationMs: 0,
  tail: "",
  outputBytes: 0,
} as const satisfies Partial<CheckRun>;

type Judgement = Pick<CheckRun, "status" | "tests" | "note">;

function judgeExit(result: SandboxResult, timeoutMs: number): Judgement | undefined {
  if (result.status === "timed-out") {
    return { status: "timed-out", note: `killed after ${Math.round(timeoutMs / 1_000)} s` };
  }
  // Independent of the exit code and of an earlier report: the command never began.
  if (result.failedService?.isBefore === true) {
    return { status: "failed", note: cut(sayService(result.failedService), 500) };
  }
  return undefined;
}

async function judgeReport(
  workspace: Workspace,
  { check: { report }, keep, result }: PartTask & { readonly result: SandboxResult },
): Promise<Judgement> {
  const exited = result.exitCode === 0 ? "passed" : "failed";
  const died = result.exitCode === null ? { note: "killed: it used more than it may" } : {};
  if (report === undefined) return { status: exited, ...died };
  const reading = await readReports(workspace, report, { result, keep });
  // An unreadable report is never green, because one line can forge an exit code (threats QA-03).
  if ("problem" in reading) return { status: "failed", note: sayReport(report, reading) };
  const { tests } = reading;
  const failures = tests.filter(({ status }) => status === "failed").length;
  if (exited === "passed" && failures > 0) {
    return {
      status: "failed",
      tests: [...tests],
      note: `exit code 0, but ${failures} tests failed`,
    };
  }
  if (tests.every(({ status }) => status === "skipped")) {
    return { status: "failed", tests: [...tests], note: "every test was skipped" };
  }
  return { status: exited, tests: [...tests], ...died };
}

function tailOf(output: string): string {
  return withoutEscapes(output.slice(-4 * TAIL))
    .toWellFormed()
    .slice(-TAIL)
    .replace(/^[\uDC00-\uDFFF]/, "");
}
