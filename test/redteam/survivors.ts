import { existsSync, readdirSync, readFileSync, readlinkSync } from "node:fs";
import { homedir } from "node:os";
import { join } from "node:path";

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
  const found: string[] = [];
  for (const name of readdirSync("/proc")) {
    if (!/^\d+$/.test(name) || Number(name) === process.pid) continue;
    const where = ["mountinfo", "environ", "cmdline"].find((file) =>
      read(name, file).includes(directory),
    );
    const inside = where ?? (link(name, "cwd").startsWith(directory) ? "cwd" : undefined);
    if (inside === undefined || isZombie(name)) continue;
    found.push(`process ${name} (${read(name, "comm").trim()}) by its ${inside}`);
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
    .filter((line) => line.includes(directory));
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

function isZombie(pid: string): boolean {
  const stat = read(pid, "stat");
  return ["Z", "X", ""].includes(stat.slice(stat.lastIndexOf(")") + 2, stat.lastIndexOf(")") + 3));
}
