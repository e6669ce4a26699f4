import { existsSync, readdirSync, readFileSync, readlinkSync, rmSync } from "node:fs";
import { homedir } from "node:os";
import { basename, join } from "node:path";

/** Folders of the host in which a sandbox that leaks would leave a file. */
const OUTSIDE = [
  "/",
  "/tmp",
  "/var/tmp",
  "/dev/shm",
  "/usr",
  "/usr/local/bin",
  "/etc",
  "/run",
  homedir(),
];

/**
 * Processes that still hold something of the lane: its folder in their mounts, environment, arguments or working directory.
 * Others of the same machine are nobody's business here.
 */
export function findProcesses(directory: string): readonly string[] {
  return processesOf(directory).map(
    ({ pid, inside }) => `process ${pid} (${read(pid, "comm").trim()}) by its ${inside}`,
  );
}

/** Ends and removes what an attack left on the machine. */
export function clearRemains(directory: string, marks: readonly string[]): void {
  for (const { pid } of processesOf(directory)) {
    try {
      process.kill(Number(pid), "SIGKILL");
    } catch {
      // It has ended meanwhile.
    }
  }
  for (const mark of marks) {
    for (const folder of OUTSIDE) rmSync(join(folder, mark), { recursive: true, force: true });
  }
}

function processesOf(
  directory: string,
): readonly { readonly pid: string; readonly inside: string }[] {
  const found: { readonly pid: string; readonly inside: string }[] = [];
  // A mount says where it lies on its own file system: only the folder's name is the same everywhere.
  const name = basename(directory);
  for (const pid of readdirSync("/proc")) {
    if (!/^\d+$/.test(pid) || Number(pid) === process.pid) continue;
    const where = ["mountinfo", "environ", "cmdline"].find((file) =>
      read(pid, file).includes(name),
    );
    const inside = where ?? (link(pid, "cwd").includes(name) ? "cwd" : undefined);
    if (inside === undefined || !isRunning(pid)) continue;
    found.push({ pid, inside });
  }
  return found;
}

/** Files that carry the attack's mark outside every workspace, mounts of the lane, and folders of dead sandboxes. */
export function findRemains(options: {
  readonly directory: string;
  readonly temporary: string;
  readonly mark: string;
}): readonly string[] {
  const { directory, temporary, mark } = options;
  const files = [...OUTSIDE, directory]
    .map((folder) => join(folder, mark))
    .filter((path) => existsSync(path));
  const mounts = readFileSync("/proc/self/mountinfo", "utf8")
    .split("\n")
    .filter((line) => line.includes(basename(directory)));
  const folders = readdirSync(temporary).filter((name) => name.startsWith("millwright-"));
  return [
    ...files.map((path) => `file ${path}`),
    ...mounts.map((line) => `mount ${line}`),
    ...folders.map((name) => `folder ${name} in the temporary folder of the steps`),
  ];
}

function read(pid: string, file: string): string {
  try {
    return readFileSync(`/proc/${pid}/${file}`, "latin1");
  } catch {
    // Ended between the two looks, or somebody else's.
    return "";
  }
}

function link(pid: string, file: string): string {
  try {
    return readlinkSync(`/proc/${pid}/${file}`);
  } catch {
    return "";
  }
}

/** States of a process that nobody has waited for yet, or that is gone. */
const ENDED = ["Z", "X", ""];

/** Its state follows the name in `/proc/PID/stat`; empty for a process that is gone. */
function isRunning(pid: string): boolean {
  const stat = read(pid, "stat");
  return !ENDED.includes(stat.charAt(stat.lastIndexOf(")") + 2));
}
