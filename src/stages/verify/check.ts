import type { Check, CheckName } from "../../domain/config.ts";
import type { CheckRun, Subject, TestResult } from "../../domain/evidence.ts";
import type { SandboxResult, Workspace } from "../../ports/sandbox.ts";
import { cut } from "../proposal.ts";
import { readJunit } from "./junit.ts";
import { REPORT_BYTES } from "./xml.ts";

/** Time limit of a check that names none, in seconds. */
export const CHECK_SECONDS = 600;
const TAIL = 8_000;
/** Where the sandbox mounts a workspace: reports name absolute paths below it. */
const MOUNT = "/ws";

export interface CheckTask {
  readonly name: CheckName;
  readonly check: Check;
  readonly on: CheckRun["on"];
  readonly subject: Subject;
  /** What the run may still take, in ms; a check gets no more than that. */
  readonly remainingMs: number;
}

/** Runs one check in a workspace. Whatever the command does is a fact of the returned record, never an exception. */
export async function runCheck(workspace: Workspace, task: CheckTask): Promise<CheckRun> {
  const { name, check, on, subject } = task;
  const limitMs = (check.timeoutSeconds ?? CHECK_SECONDS) * 1_000;
  const head = { kind: "check", name, on, subject, command: check.run } as const;
  if (task.remainingMs <= 0) {
    return { ...head, ...NOT_STARTED, note: "not started: the time of this run is used up" };
  }
  const timeoutMs = Math.min(limitMs, task.remainingMs);
  if (check.report !== undefined) await clear(workspace, check.report);
  const result = await workspace.run({ command: check.run, timeoutMs, network: name === "setup" });
  const judged =
    judgeExit(result, timeoutMs) ?? (await judgeReport(workspace, check.report, result));
  return {
    ...head,
    ...judged,
    exitCode: result.exitCode,
    durationMs: result.durationMs,
    tail: tailOf(result.output),
    outputBytes: result.outputBytes,
  };
}

const NOT_STARTED = {
  status: "timed-out",
  exitCode: null,
  durationMs: 0,
  tail: "",
  outputBytes: 0,
} as const satisfies Partial<CheckRun>;

/** A report that stood there before the run, by whomever, must not be taken for its result. */
async function clear(workspace: Workspace, path: string): Promise<void> {
  const before = await readBounded(workspace, path);
  if ("missing" in before) return;
  await workspace.write([{ path, deleted: true }]);
}

type Judgement = Pick<CheckRun, "status" | "tests" | "note">;

function judgeExit(result: SandboxResult, timeoutMs: number): Judgement | undefined {
  if (result.status === "timed-out") {
    return { status: "timed-out", note: `killed after ${Math.round(timeoutMs / 1_000)} s` };
  }
  return undefined;
}

async function judgeReport(
  workspace: Workspace,
  report: string | undefined,
  result: SandboxResult,
): Promise<Judgement> {
  const exited = result.exitCode === 0 ? "passed" : "failed";
  const died = result.exitCode === null ? { note: "killed: it used more than it may" } : {};
  if (report === undefined) return { status: exited, ...died };
  const reading = await readReport(workspace, report);
  if ("problem" in reading) {
    // A report that cannot be read is never green: the exit code alone can be forged by one line (threats QA-03).
    return { status: "failed", note: cut(`the report ${report} is ${reading.problem}`, 500) };
  }
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

async function readReport(
  workspace: Workspace,
  path: string,
): Promise<{ readonly tests: readonly TestResult[] } | { readonly problem: string }> {
  const file = await readBounded(workspace, path);
  if ("missing" in file) return { problem: "not there after the run" };
  if ("problem" in file) return file;
  return readJunit(file.bytes, rootsOf(workspace));
}

/** How paths below the workspace may begin in a report. */
export function rootsOf(workspace: Workspace): readonly string[] {
  return [workspace.directory, MOUNT];
}

/** A file of the workspace, which whoever wrote it may have made a link, a folder or endless. */
export async function readBounded(
  workspace: Workspace,
  path: string,
): Promise<
  { readonly bytes: Uint8Array } | { readonly missing: true } | { readonly problem: string }
> {
  try {
    const bytes = await workspace.readFile(path, REPORT_BYTES);
    return bytes === undefined ? { missing: true } : { bytes };
  } catch (error) {
    return { problem: `unreadable: ${error instanceof Error ? error.message : String(error)}` };
  }
}

function tailOf(output: string): string {
  return output
    .toWellFormed()
    .slice(-TAIL)
    .replace(/^[\uDC00-\uDFFF]/, "");
}
