import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect } from "vitest";

const HERE = dirname(fileURLToPath(import.meta.url));
/** Their subject is which folders of a machine a sandbox may show, and it shows nothing of `/dev`, where the memory is. */
const ON_DISK = join(HERE, "adapters/sandbox/");
const { MILLWRIGHT_TESTS_MEMORY: memory } = process.env;

// A process plays many files: each says anew where its temporary ones stand.
// Long tests start browsers and toolchains, whose sockets want short paths and whose folders a sandbox shows.
const isOnDisk = (path: string) => path.startsWith(ON_DISK) || path.endsWith(".long.test.ts");

if (memory !== undefined) {
  const { testPath = "" } = expect.getState();
  if (testPath === "") throw new Error("Vitest does not say which file it plays.");
  if (isOnDisk(testPath)) delete process.env.TMPDIR;
  else process.env.TMPDIR = memory;
}
