import { spawn } from "node:child_process";
import type { Readable, Writable } from "node:stream";
import type { DiskLimits, DiskWatch } from "../disk.ts";
import { type ControlGroup, type OpenGroups, openGroups } from "./control-group.ts";
import {
  DEATH_MS,
  isAnyAlive,
  killAll,
  readAll,
  START_MS,
  sleep,
  untilClosed,
  untilDead,
} from "./end-processes.ts";
import { countThreads, type Init, readInit, takeCensus } from "./namespace.ts";

/** Limits of one command. Bytes; `outputBytes` ends a flood, `memoryBytes` and `processes` apply to all of it together. */
export interface Limits extends DiskLimits {
  readonly outputBytes: number;
  readonly memoryBytes: number;
  readonly processes: number;
  readonly fileBytes: number;
  readonly temporaryBytes: number;
}

export interface Launch {
  readonly program: string;
  readonly arguments: readonly string[];
  readonly environment: Readonly<Record<string, string>>;
  readonly directory: string;
  /** Whether descriptor 3 brings bubblewrap's account of a namespace; otherwise there is only a process group. */
  readonly namespace: boolean;
  /** Created before it starts, which then enters them; none if the kernel counts by user. */
  readonly groups: readonly ControlGroup[];
  /** Whether its standard input is a pipe of ours; otherwise it is empty. */
  readonly input: boolean;
}

export interface Ending {
  /** Null if it was killed. */
  readonly exitCode: number | null;
  /** Why we stopped it. */
  readonly stopped: string | undefined;
  /** Whether the kernel refused it a process. */
  readonly crowded: boolean;
  /** Output of the launcher itself, never of the command. */
  readonly diagnostics: string;
}

export interface Supervised {
  readonly input: Writable | null;
  readonly output: Readable;
  /** Resolves when every process of it is dead, not only the first. Rejects if it could not be started or ended. */
  readonly ended: Promise<Ending>;
  stop(reason: string): void;
  /** Kills and waits without the event loop: for exit handlers only. */
  destroy(): void;
}

/** Interval of counting the machine's threads, and the number of counts per census of the namespace. */
const WATCH_MS = 40;

const CENSUS_EVERY = 5;

/** Threads that others on the machine may start meanwhile. */
const OTHER_THREADS = 500;

/** Starts a program and enforces its limits; `disk` is checked as often as the threads are counted. */
export function supervise(launch: Launch, limits: Limits, disk: DiskWatch): Supervised {
  const groups = openGroups(launch.groups, limits, launch.program);
  const child = start(launch);
  let init: Init | undefined;
  let stopped: string | undefined;
  // If killed between its two steps, bubblewrap would leave its child waiting for ever. So it is left alone until it
  // has named that child, or has had the time to.
  const started = performance.now();
  const kill = () => {
    if (!launch.namespace || init !== undefined || performance.now() - started > START_MS) {
      killAll(child, init, launch.namespace);
    } else {
      setTimeout(kill, START_MS).unref();
    }
  };
  const stop = (reason: string) => {
    stopped ??= reason;
    kill();
  };
  const unwatch = launch.namespace ? watch(() => init, limits, { groups, disk, stop }) : () => {};
  readAll(child.stdio[3] as Readable | null, (text) => {
    init ??= readInit(text);
    if (stopped !== undefined) kill();
  });
  let diagnostics = "";
  readAll(child.stderr, (text) => {
    diagnostics = text;
  });
  const ended = untilClosed(child, kill)
    .then(async (exitCode) => {
      await untilDead(() => isAnyAlive(child, init, launch.namespace), launch.namespace);
      if (groups.isFull()) stopped ??= wordsOf(limits).memory;
      const crowded = groups.isCrowded();
      return { exitCode: stopped === undefined ? exitCode : null, stopped, crowded, diagnostics };
    })
    .finally(() => {
      unwatch();
      groups.close();
    });
  // A waiting caller sees the rejection; without one the worker must not end.
  ended.catch(() => {});
  child.stdin?.on("error", () => {});
  if (child.stdout === null) throw new Error("the sandboxed process has no output");
  return {
    input: child.stdin,
    output: child.stdout,
    ended,
    stop,
    destroy: () => {
      stopped ??= "the worker ends";
      killAll(child, init, launch.namespace);
      const deadline = performance.now() + DEATH_MS;
      while (isAnyAlive(child, init, launch.namespace) && performance.now() < deadline) sleep(2);
      groups.close();
    },
  };
}

function start(launch: Launch) {
  return spawn(launch.program, [...launch.arguments], {
    cwd: launch.directory,
    env: { ...launch.environment },
    stdio: [launch.input ? "pipe" : "ignore", "pipe", "pipe", launch.namespace ? "pipe" : "ignore"],
    // Its own group and session: Ctrl-C reaches the worker, and the worker ends it.
    detached: true,
  });
}

interface WatchPorts {
  readonly groups: OpenGroups;
  readonly disk: DiskWatch;
  readonly stop: (reason: string) => void;
}

const wordsOf = (limits: Limits) => ({
  processes: `more than ${limits.processes} processes`,
  memory: `more than ${limits.memoryBytes} bytes of memory`,
});

/**
 * Stops a command that exceeds its limits, with a readable reason. The kernel limits the processes, and the memory if
 * control groups exist; otherwise only this limits the memory.
 */
function watch(
  initOf: () => Init | undefined,
  limits: Limits,
  { groups, disk, stop }: WatchPorts,
): () => void {
  const before = countThreads();
  let looks = 0;
  const excess = (init: Init): string | undefined => {
    const isCrowded = countThreads() - before > limits.processes + OTHER_THREADS;
    const census = !isCrowded && looks % CENSUS_EVERY === 0 ? takeCensus(init) : undefined;
    if (isCrowded || (census?.processes ?? 0) > limits.processes) {
      return wordsOf(limits).processes;
    }
    const isLarge = (census?.residentBytes ?? 0) > limits.memoryBytes || groups.isFull();
    return isLarge ? wordsOf(limits).memory : disk();
  };
  const timer = setInterval(() => {
    const init = initOf();
    if (init === undefined) return;
    looks += 1;
    const reason = excess(init);
    if (reason !== undefined) stop(reason);
  }, WATCH_MS);
  return () => clearInterval(timer);
}
