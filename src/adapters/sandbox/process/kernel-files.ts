import { lstatSync, readdirSync } from "node:fs";
import { join } from "node:path";

/**
 * What of /proc a program may read besides its own processes: what test suites and runtimes ask for to learn how large the
 * machine is, and what tells of the sandbox's own namespaces. Anything else tells of the host, its kernel and the keys of
 * its users (`keys`), or is a door to it: it is covered, also what a kernel of tomorrow adds.
 */
export const SHOWN_KERNEL_FILES: readonly string[] = [
  ...["self", "thread-self", "mounts", "net", "sys", "sysvipc", "locks", "cgroups", "filesystems"],
  ...["cpuinfo", "meminfo", "loadavg", "stat", "vmstat", "uptime", "version", "swaps"],
  ...["partitions", "diskstats", "tty"],
];

/** An entry of /proc that is no process. */
export interface KernelFile {
  readonly name: string;
  readonly kind: "file" | "folder" | "link";
}

/** Covers each file with a device that no mount without devices opens, each folder with an empty one that none enters. */
export function hiddenKernelFiles(
  entries: readonly KernelFile[] = readKernelFiles(),
): readonly string[] {
  return entries
    .filter(({ name }) => !SHOWN_KERNEL_FILES.includes(name))
    .flatMap(({ name, kind }) => {
      const path = `/proc/${name}`;
      if (kind === "file") return ["--ro-bind", "/dev/null", path];
      if (kind === "link") return [];
      return ["--perms", "0000", "--size", "4096", "--tmpfs", path, "--remount-ro", path];
    });
}

/** By names first: a process may be gone before anybody looks at what it is. */
export function readKernelFiles(folder = "/proc"): readonly KernelFile[] {
  return readdirSync(folder)
    .filter((name) => !/^\d+$/.test(name))
    .flatMap((name) => {
      const state = lstatSync(join(folder, name), { throwIfNoEntry: false });
      if (state === undefined) return [];
      const kind = state.isDirectory() ? "folder" : state.isSymbolicLink() ? "link" : "file";
      return [{ name, kind }];
    });
}
