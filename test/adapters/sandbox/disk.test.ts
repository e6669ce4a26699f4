import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { diskLimitsOf, watchDisk } from "../../../src/adapters/sandbox/disk.ts";

/** Room for what others write to the same disk while a test runs. */
const [MANY_BYTES, MANY_ENTRIES] = [1e15, 1e9];

describe("a watch of the disk", () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "disk-"));
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  test("is silent within the limits, and names what was taken too much of", () => {
    const calm = watchDisk(folder, { diskBytes: MANY_BYTES, diskEntries: MANY_ENTRIES });
    const none = watchDisk(folder, { diskBytes: MANY_BYTES, diskEntries: -MANY_ENTRIES });
    writeFileSync(join(folder, "a"), "x");
    expect(calm()).toBeUndefined();
    expect(none()).toMatch(/^more than -1000000000 files on the disk$/);
    expect(watchDisk(folder, { diskBytes: -MANY_BYTES, diskEntries: 0 })()).toMatch(/bytes on/);
  });

  test("leaves a part of the disk to the machine", () => {
    const { diskBytes, diskEntries } = diskLimitsOf(folder);
    expect(diskBytes).toBeGreaterThan(0);
    expect(diskBytes).toBeLessThanOrEqual(50_000_000_000);
    expect(diskEntries).toBeLessThanOrEqual(2_000_000);
  });
});
