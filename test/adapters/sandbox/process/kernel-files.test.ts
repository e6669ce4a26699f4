import { readdirSync } from "node:fs";
import { expect, test } from "vitest";
import {
  hiddenKernelFiles,
  type KernelFile,
  readKernelFiles,
  SHOWN_KERNEL_FILES,
} from "../../../../src/adapters/sandbox/process/kernel-files.ts";
import { skippedFor } from "../../../skipped.ts";

const NULL = ["--ro-bind", "/dev/null"];

test.each<readonly [string, KernelFile, readonly string[]]>([
  ["what runtimes ask for", { name: "meminfo", kind: "file" }, []],
  ["a link into the process", { name: "mounts", kind: "link" }, []],
  ["the keys of the host's users", { name: "keys", kind: "file" }, [...NULL, "/proc/keys"]],
  ["how the host was started", { name: "cmdline", kind: "file" }, [...NULL, "/proc/cmdline"]],
  ["what no kernel has yet", { name: "new", kind: "file" }, [...NULL, "/proc/new"]],
  [
    "a folder of drivers",
    { name: "driver", kind: "folder" },
    [
      ...["--perms", "0000", "--size", "4096", "--tmpfs", "/proc/driver"],
      ...["--remount-ro", "/proc/driver"],
    ],
  ],
])("%s", (_, found, expected) => {
  expect(hiddenKernelFiles([found])).toEqual(expected);
});

test.skipIf(process.platform !== "linux")(
  `this machine's own are all shown or covered${skippedFor(process.platform !== "linux", "not Linux")}`,
  () => {
    const hidden = hiddenKernelFiles();
    const names = readdirSync("/proc").filter((name) => !/^\d+$/.test(name));
    expect(readKernelFiles().map(({ name }) => name)).toEqual(names);
    for (const name of names) {
      expect(SHOWN_KERNEL_FILES.includes(name) || hidden.includes(`/proc/${name}`), name).toBe(
        true,
      );
    }
  },
);
