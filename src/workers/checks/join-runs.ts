import { MOST_PROBLEMS } from "../../domain/evidence/problem.ts";
import type { CheckRun } from "../../domain/evidence.ts";

/** Limits of the evidence's schema, in characters and entries. */
const COMMAND = 2_000;
const TAIL = 8_000;
const NOTE = 500;
const MOST_NOT_BUILT = 10;

/**
 * Joins the runs of one check's commands, those of several packages, into one run for the evidence. It passed if all
 * did. It lists tests only if all commands did, because a failure of the others cannot be located. @throws Error for no
 * runs at all
 */
export function joinRuns(runs: readonly CheckRun[]): CheckRun {
  const [first] = runs;
  if (first === undefined) throw new Error("a check without a command has no run");
  const { kind, name, on, subject } = first;
  const sum = (of: (run: CheckRun) => number) => runs.reduce((total, run) => total + of(run), 0);
  const notes = runs.flatMap(({ note }) => note ?? []);
  const notBuilt = runs.flatMap((run) => run.notBuilt ?? []).slice(0, MOST_NOT_BUILT);
  return {
    ...{ kind, name, on, subject },
    command: runs
      .map(({ command }) => command)
      .join("\n")
      .slice(0, COMMAND),
    status: statusOf(runs),
    exitCode: exitCodeOf(runs),
    durationMs: sum(({ durationMs }) => durationMs),
    tail: tailOf(runs),
    outputBytes: sum(({ outputBytes }) => outputBytes),
    ...(runs.every(({ tests }) => tests !== undefined)
      ? { tests: runs.flatMap(({ tests = [] }) => tests) }
      : {}),
    ...(notes.length === 0 ? {} : { note: notes.join("; ").slice(0, NOTE) }),
    ...(notBuilt.length === 0 ? {} : { notBuilt }),
    ...problemsOf(runs),
  };
}

/** A run that was ended early comes first, because its result is unknown. */
function statusOf(runs: readonly CheckRun[]): CheckRun["status"] {
  const statuses = new Set(runs.map(({ status }) => status));
  if (statuses.has("timed-out")) return "timed-out";
  return statuses.has("failed") ? "failed" : "passed";
}

/** The first that is not 0; null if one was killed and no other failed. */
function exitCodeOf(runs: readonly CheckRun[]): number | null {
  const codes = runs.map(({ exitCode }) => exitCode);
  const failed = codes.find((code) => code !== null && code !== 0);
  return failed ?? (codes.includes(null) ? null : 0);
}

/** The end of each, failed ones last, because that is where one looks. */
function tailOf(runs: readonly CheckRun[]): string {
  const inOrder = [
    ...runs.filter(({ status }) => status === "passed"),
    ...runs.filter(({ status }) => status !== "passed"),
  ];
  const share = Math.floor(TAIL / runs.length) - 1;
  return inOrder.map(({ tail }) => tail.slice(-share).replace(/^[\uDC00-\uDFFF]/, "")).join("\n");
}

function problemsOf(runs: readonly CheckRun[]): Pick<CheckRun, "problems" | "moreProblems"> {
  const all = runs.flatMap(({ problems = [] }) => problems);
  const more =
    runs.reduce((sum, { moreProblems = 0 }) => sum + moreProblems, 0) +
    Math.max(0, all.length - MOST_PROBLEMS);
  return {
    ...(all.length === 0 ? {} : { problems: all.slice(0, MOST_PROBLEMS) }),
    ...(more === 0 ? {} : { moreProblems: more }),
  };
}
