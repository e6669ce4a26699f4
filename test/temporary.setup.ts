import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect } from "vitest";

const HERE = dirname(fileURLToPath(import.meta.url));
/**
 * Their subject is which folders of a machine a sandbox may show, and it shows nothing of `/dev`, where the memory is. Or they
 * play as a user who may not enter it, or ask how a disk counts.
 */
const ON_DISK = [
  "isolation.test.ts",
  "disk.floods.test.ts",
  "probes/probes.test.ts",
  "probes/probes.floods.test.ts",
  "process/ask-calls.test.ts",
  "toolchains/",
  "workspace/remember.test.ts",
].map((place) => join(HERE, "adapters/sandbox", place));
const { MILLWRIGHT_TESTS_MEMORY: memory } = process.env;

// A process plays many files: each says anew where its temporary ones stand.
// Long tests start browsers and toolchains, whose sockets want short paths and whose folders a sandbox shows.
const isOnDisk = (path: string) =>
  ON_DISK.some((place) => path.startsWith(place)) || path.endsWith(".long.test.ts");

if (memory !== undefined) {
  const { testPath = "" } = expect.getState();
  if (testPath === "") throw new Error("Vitest does not say which file it plays.");
  if (isOnDisk(testPath)) delete process.env.TMPDIR;
  else process.env.TMPDIR = memory;
}
