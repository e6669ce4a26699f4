import { type ChildProcess, spawn } from "node:child_process";
import { setTimeout as delay } from "node:timers/promises";
import { untilQuiet } from "../../../adapters/process/until-quiet.ts";
import { createLineSplitter } from "./line-splitter.ts";
import { findFamily, listProcesses } from "./process-table.ts";

interface ProcessRequest {
  readonly command: string;
  readonly args: readonly string[];
  readonly cwd: string;
  readonly env: Readonly<Record<string, string>>;
  /** Lines of both streams, in the order in which they arrive. */
  onLine(line: string): void;
  /** Ends the process and all its descendants. */
  readonly signal?: AbortSignal | undefined;
}

interface ProcessResult {
  /** Exit code; 128 + signal number if a signal ended it, as in a shell. */
  readonly exitCode: number;
  /** Why it could not be started. */
  readonly error?: string;
}

/** Starts the processes of one job and can end every one of them. */
export interface ProcessKeeper {
  run(request: ProcessRequest): Promise<ProcessResult>;
  /** Ends all remaining processes, including background ones: SIGTERM, then SIGKILL after the grace. */
  end(): Promise<void>;
}

/** Name of the variable by which the official runner finds orphans, too. */
const TRACKING_VARIABLE = "RUNNER_TRACKING_ID";

const SIGNAL_NUMBERS: Readonly<Record<string, number>> = { SIGKILL: 9, SIGTERM: 15, SIGINT: 2 };

export function createProcessKeeper(options: {
  readonly trackingId: string;
  /** Milliseconds between SIGTERM and SIGKILL. */
  readonly grace: number;
}): ProcessKeeper {
  const roots = new Set<number>();
  const mark = `${TRACKING_VARIABLE}=${options.trackingId}`;

  async function run(request: ProcessRequest): Promise<ProcessResult> {
    if (request.signal?.aborted === true) {
      return { exitCode: 143 };
    }
    const child = spawn(request.command, [...request.args], {
      cwd: request.cwd,
      env: { ...request.env, [TRACKING_VARIABLE]: options.trackingId },
      detached: true,
      stdio: ["ignore", "pipe", "pipe"],
    });
    const { pid } = child;
    if (pid !== undefined) {
      roots.add(pid);
    }
    const abort = () => {
      // Only this child's family: background processes of earlier steps end with the job, which also reports a process
      // that cannot be ended.
      endFamily({ roots: pid === undefined ? [] : [pid] }, options.grace).catch(() => undefined);
    };
    request.signal?.addEventListener("abort", abort, { once: true });
    try {
      return await settled(child, request);
    } finally {
      request.signal?.removeEventListener("abort", abort);
      if (pid !== undefined && !groupLives(pid)) {
        // Another process may get its number from now on.
        roots.delete(pid);
      }
    }
  }

  return {
    run,
    end: () => endFamily({ roots: [...roots], mark }, options.grace),
  };
}

async function settled(child: ChildProcess, request: ProcessRequest): Promise<ProcessResult> {
  let open = true;
  const streams = [child.stdout, child.stderr].filter((stream) => stream !== null);
  for (const stream of streams) {
    const splitter = createLineSplitter((line) => {
      if (open) {
        request.onLine(line);
      }
    });
    stream.on("data", (chunk: Buffer) => splitter.write(chunk));
    stream.once("close", () => splitter.end());
  }
  const result = await new Promise<ProcessResult>((resolve) => {
    child.once("error", (error) => resolve({ exitCode: 127, error: error.message }));
    child.once("exit", (code, signal) => {
      const exitCode = code ?? 128 + (SIGNAL_NUMBERS[signal ?? ""] ?? 0);
      void untilQuiet(child).then(() => resolve({ exitCode }));
    });
  });
  // A background process may keep the pipe for the rest of the job. It is still read, so that the process does not die
  // of a closed pipe, but its output belongs to no step.
  open = false;
  return result;
}

interface Family {
  readonly roots: readonly number[];
  readonly mark?: string;
}

/** Longest wait for processes to disappear after SIGKILL, in ms. */
const LAST_WAIT = 5_000;

async function endFamily(family: Family, grace: number): Promise<void> {
  const started = Date.now();
  let asked = new Set<number>();
  for (;;) {
    const entries = listProcesses();
    const living = new Set(entries.map((entry) => entry.pid));
    // A process that changed its parent after the first look is still included.
    asked = new Set([...asked].filter((pid) => living.has(pid)));
    const members = new Set([...findFamily(family, entries), ...asked]);
    if (members.size === 0) {
      return;
    }
    const waited = Date.now() - started;
    if (waited > grace + LAST_WAIT) {
      throw new Error(`processes ${[...members].join(", ")} did not end after SIGKILL`);
    }
    const reached = waited >= grace ? members : members.difference(asked);
    for (const pid of reached) {
      send(pid, waited >= grace ? "SIGKILL" : "SIGTERM");
    }
    asked = members;
    await delay(10);
  }
}

function send(pid: number, signal: "SIGTERM" | "SIGKILL"): void {
  try {
    process.kill(pid, signal);
  } catch {
    // It ended between the look and the signal.
  }
}

function groupLives(pid: number): boolean {
  try {
    process.kill(-pid, 0);
    return true;
  } catch {
    return false;
  }
}
