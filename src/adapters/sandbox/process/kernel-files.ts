import { lstatSync, readdirSync } from "node:fs";
import { join } from "node:path";

/**
 * Files of /proc that a program may read besides its own processes: those by which test suites and runtimes learn the
 * machine's size, and those about the sandbox's own namespaces. All others reveal the host, its kernel and the keys of
 * its users (`keys`), or open a way to it, so they are covered, including future ones.
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

/** Covers each file with a device that no mount without devices opens, each folder with an empty one that nobody can enter. */
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

/** By names first, because a process may disappear before its type is read. */
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
