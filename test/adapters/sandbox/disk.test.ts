import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { diskLimitsOf, watchDisk } from "../../../src/adapters/sandbox/disk.ts";
import { describeInside, useSandboxes } from "./sandboxes.ts";

const { open } = useSandboxes();
/** Room for what others write to the same disk while a test runs. */
const [MANY_BYTES, MANY_ENTRIES] = [1e15, 1e9];

describe("a watch of the disk", () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "disk-"));
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  it("is silent within the limits, and names what was taken too much of", () => {
    const calm = watchDisk(folder, { diskBytes: MANY_BYTES, diskEntries: MANY_ENTRIES });
    const none = watchDisk(folder, { diskBytes: MANY_BYTES, diskEntries: -MANY_ENTRIES });
    writeFileSync(join(folder, "a"), "x");
    expect(calm()).toBeUndefined();
    expect(none()).toMatch(/^more than -1000000000 files on the disk$/);
    expect(watchDisk(folder, { diskBytes: -MANY_BYTES, diskEntries: 0 })()).toMatch(/bytes on/);
  });

  it("leaves a part of the disk to the machine", () => {
    const { diskBytes, diskEntries } = diskLimitsOf(folder);
    expect(diskBytes).toBeGreaterThan(0);
    expect(diskBytes).toBeLessThanOrEqual(50_000_000_000);
    expect(diskEntries).toBeLessThanOrEqual(2_000_000);
  });
});

describeInside("inside bubblewrap (RT-11)", () => {
  it.each([
    [
      "many large files",
      "for ((i = 0; ; i++)); do head -c 20000000 /dev/zero > f$i; done",
      "bytes",
    ],
    [
      "a deleted file that is still open",
      "exec 7> gone; rm gone; while :; do head -c 20000000 /dev/zero >&7; done",
      "bytes",
    ],
  ])("ends a flood of the workspace: %s", async (_, command, word) => {
    const limits = { diskBytes: 300_000_000, diskEntries: MANY_ENTRIES };
    const workspace = await open({ isolation: "bubblewrap", limits });
    const result = await workspace.run({ command, timeoutMs: 60_000 });
    expect(result).toMatchObject({ status: "exited", exitCode: null });
    expect(result.output).toContain(`[stopped: more than 300000000 ${word} on the disk]`);
  });

  it("ends a flood of files", async () => {
    const limits = { diskBytes: MANY_BYTES, diskEntries: 20_000 };
    const workspace = await open({ isolation: "bubblewrap", limits });
    const command = "for ((i = 0; ; i++)); do : > f$i; done";
    const result = await workspace.run({ command, timeoutMs: 60_000 });
    expect(result.output).toContain("[stopped: more than 20000 files on the disk]");
  });
});
