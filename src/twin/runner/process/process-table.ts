import { execFileSync } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";

export interface ProcessEntry {
  readonly pid: number;
  readonly parent: number;
  readonly group: number;
}

/** Every process; zombies are left out, because they run nothing. */
export function listProcesses(): readonly ProcessEntry[] {
  return process.platform === "linux" ? fromProc() : fromPs();
}

/** Pids of all descendants of the roots, members of their groups, and processes with the mark in their environment. */
export function findFamily(
  family: { readonly roots: readonly number[]; readonly mark?: string },
  entries: readonly ProcessEntry[],
): readonly number[] {
  const found = new Set(family.roots);
  for (const entry of entries) {
    if (family.roots.includes(entry.group) || carries(entry.pid, family.mark)) {
      found.add(entry.pid);
    }
  }
  let before = -1;
  while (found.size > before) {
    before = found.size;
    for (const entry of entries) {
      if (found.has(entry.parent)) {
        found.add(entry.pid);
      }
    }
  }
  return entries.map((entry) => entry.pid).filter((pid) => found.has(pid) && pid !== process.pid);
}

function fromProc(): readonly ProcessEntry[] {
  return readdirSync("/proc")
    .filter((name) => /^\d+$/.test(name))
    .flatMap((name) => {
      const stat = readOrEmpty(`/proc/${name}/stat`);
      // The command in parentheses may contain spaces and parentheses, so the fields begin after the last one.
      const [state, parent, group] = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
      return stat === "" || state === "Z" || state === "X"
        ? []
        : [{ pid: Number(name), parent: Number(parent), group: Number(group) }];
    });
}

function fromPs(): readonly ProcessEntry[] {
  const output = execFileSync("ps", ["-A", "-o", "pid=,ppid=,pgid=,stat="], { encoding: "utf8" });
  return output.split("\n").flatMap((line) => {
    const [pid, parent, group, state] = line.trim().split(/\s+/);
    return pid === undefined || pid === "" || state?.startsWith("Z") === true
      ? []
      : [{ pid: Number(pid), parent: Number(parent), group: Number(group) }];
  });
}

/** Only Linux shows the environment of others; elsewhere groups and descent must suffice. */
function carries(pid: number, mark: string | undefined): boolean {
  return (
    mark !== undefined &&
    process.platform === "linux" &&
    readOrEmpty(`/proc/${pid}/environ`).includes(mark)
  );
}

function readOrEmpty(path: string): string {
  try {
    return readFileSync(path, "utf8");
  } catch {
    // The process has ended meanwhile, or belongs to someone else.
    return "";
  }
}
