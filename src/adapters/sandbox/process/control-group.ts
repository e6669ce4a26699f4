import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { randomBytes } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, rmdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import {
  type Bound,
  type Controller,
  chooseBound,
  isRootOfMachine,
  type Parent,
  possibleParents,
} from "./bounds.ts";
import { sleep } from "./end-processes.ts";

/** One group of one command. */
export interface ControlGroup {
  readonly version: 1 | 2;
  readonly controllers: readonly Controller[];
  readonly folder: string;
}

export interface GroupLimits {
  readonly processes: number;
  readonly memoryBytes: number;
}

/** Groups of a running command. */
export interface OpenGroups {
  /** Whether the kernel refused a process or a thread. */
  isCrowded(): boolean;
  /** Whether the kernel ended a process because there was no memory left. */
  isFull(): boolean;
  /** Removes them once they are empty; waits without the event loop. */
  close(): void;
}

/** bubblewrap's own process outside the namespace is in the group, but does not belong to the command. */
const OWN_PROCESSES = 1;
/** Killed processes leave their group a moment after they disappear, in ms. */
const EMPTY_MS = 2_000;

/** Enters groups as `launchInside` does, and answers with the kernel's count of processes there. */
const ENTER =
  'for f in "$@"; do echo $$ > "$f/cgroup.procs" || exit 1; done; read -r n < "$1/cgroup.procs"; echo "$n $$"';

/**
 * Waits for the worker's end, even a sudden one (`SIGKILL`), and then ends and removes its leftovers. It notices the end
 * by its closed input.
 */
const GUARDIAN =
  'read -r _; for ((i = 0; i < 100; i++)); do left=; for f in "$@"; do [ -d "$f" ] || continue; while read -r p; do kill -KILL "$p"; done < "$f/cgroup.procs"; rmdir "$f" || left=1; done; [ "$left" ] || exit 0; sleep 0.1; done';

/** Groups of one command below the parents of a bound, with a unique name. */
export function nameGroups(parents: readonly Parent[]): readonly ControlGroup[] {
  const name = `millwright-${process.pid}-${randomBytes(6).toString("hex")}`;
  return parents.map(({ version, controllers, folder }) => ({
    version,
    controllers,
    folder: join(folder, name),
  }));
}

interface Setting {
  readonly file: string;
  readonly value: string;
  /** Without it there is no bound; others only tighten it, if the kernel knows them. */
  readonly needed: boolean;
}

/** Values for the files of a group. No swap, because swapped memory also belongs to the machine. */
export function settingsOf(group: ControlGroup, limits: GroupLimits): readonly Setting[] {
  const setting = (file: string, value: number, needed = true) => ({
    file: join(group.folder, file),
    value: `${value}`,
    needed,
  });
  const { processes, memoryBytes } = limits;
  return group.controllers.flatMap((controller) => {
    if (controller === "pids") return [setting("pids.max", processes + OWN_PROCESSES)];
    if (group.version === 2) {
      return [setting("memory.max", memoryBytes), setting("memory.swap.max", 0, false)];
    }
    return [
      setting("memory.limit_in_bytes", memoryBytes),
      setting("memory.memsw.limit_in_bytes", memoryBytes, false),
    ];
  });
}

/** Creates the groups with their limits. Leaves nothing if one of them fails. */
export function openGroups(
  groups: readonly ControlGroup[],
  limits: GroupLimits,
  bash: string,
): OpenGroups {
  let guardian: ChildProcess | undefined;
  const close = () => {
    for (const { folder } of groups) removeGroup(folder);
    guardian?.stdin?.end();
  };
  try {
    for (const { folder } of groups) mkdirSync(folder);
    if (groups.length > 0) guardian = startGuardian(groups, bash);
    for (const group of groups) {
      for (const setting of settingsOf(group, limits)) write(setting);
    }
  } catch (error) {
    close();
    throw error;
  }
  const count = (controller: Controller, file: (version: 1 | 2) => string, word: string) => {
    const group = groups.find(({ controllers }) => controllers.includes(controller));
    return group === undefined ? 0 : countOf(join(group.folder, file(group.version)), word);
  };
  const memoryFile = (version: 1 | 2) => (version === 2 ? "memory.events" : "memory.oom_control");
  return {
    isCrowded: () => count("pids", () => "pids.events", "max") > 0,
    isFull: () => count("memory", memoryFile, "oom_kill") > 0,
    close,
  };
}

/** The available bounds of commands on this machine. Each parent is tested by a group that a process enters. */
export function findBound(bash: string, setsLimits: boolean): Bound | undefined {
  const read = (file: string) => {
    try {
      return readFileSync(file, "utf8");
    } catch {
      return "";
    }
  };
  const possible = possibleParents(read("/proc/self/mountinfo"), read("/proc/self/cgroup"));
  const usable: Parent[] = [];
  for (const parent of possible) {
    if (!isUsable(parent, bash)) continue;
    usable.push(parent);
    if (parent.controllers.length === 2) break;
  }
  const isRoot = isRootOfMachine(process.getuid?.() ?? 0, read("/proc/self/uid_map"));
  return chooseBound({ usable, isRoot, setsLimits });
}

function isUsable(parent: Parent, bash: string): boolean {
  const groups = nameGroups([parent]);
  const folders = groups.map(({ folder }) => folder);
  try {
    const opened = openGroups(groups, { processes: 64, memoryBytes: 256_000_000 }, bash);
    try {
      const arguments_ = ["--norc", "--noprofile", "-c", ENTER, "enter", ...folders];
      const tried = spawnSync(bash, arguments_, { cwd: "/", env: {}, encoding: "utf8" });
      const [counted, own] = tried.stdout.trim().split(" ");
      return tried.status === 0 && counted !== "" && counted === own;
    } finally {
      opened.close();
    }
  } catch {
    // We may not create it, or a controller is missing there.
    return false;
  }
}

function write({ file, value, needed }: Setting): void {
  try {
    writeFileSync(file, value, { flag: "r+" });
  } catch (error) {
    if (needed) throw error;
  }
}

function countOf(file: string, word: string): number {
  try {
    return Number(new RegExp(`^${word} (\\d+)$`, "m").exec(readFileSync(file, "utf8"))?.[1] ?? 0);
  } catch {
    return 0;
  }
}

function removeGroup(folder: string): void {
  const deadline = performance.now() + EMPTY_MS;
  while (existsSync(folder)) {
    try {
      rmdirSync(folder);
    } catch {
      // Something of ours is still in it; the guardian removes what outlives the deadline.
      if (performance.now() > deadline) return;
      killAllIn(folder);
      sleep(2);
    }
  }
}

function killAllIn(folder: string): void {
  try {
    for (const pid of readFileSync(join(folder, "cgroup.procs"), "utf8").split("\n")) {
      if (Number(pid) > 1) process.kill(Number(pid), "SIGKILL");
    }
  } catch {
    // Gone meanwhile, so check again.
  }
}

function startGuardian(groups: readonly ControlGroup[], bash: string): ChildProcess {
  const folders = groups.map(({ folder }) => folder);
  const guardian = spawn(bash, ["--norc", "--noprofile", "-c", GUARDIAN, "guardian", ...folders], {
    cwd: "/",
    env: { PATH: "/usr/bin:/bin" },
    stdio: ["pipe", "ignore", "ignore"],
    detached: true,
  });
  guardian.on("error", () => {});
  guardian.stdin?.on("error", () => {});
  guardian.unref();
  (guardian.stdin as { unref?(): void } | null)?.unref?.();
  return guardian;
}
