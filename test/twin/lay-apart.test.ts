import { execFileSync } from "node:child_process";
import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { layApart } from "../../src/twin/lay-apart.ts";

function attributesOf(folder: string): string | undefined {
  try {
    return execFileSync("lsattr", ["-d", folder], { stdio: ["ignore", "pipe", "ignore"] })
      .toString()
      .split(" ")[0];
  } catch {
    return undefined;
  }
}

test("folders get the hint where their file system knows it, and lose nothing", async () => {
  const folder = mkdtempSync(join(tmpdir(), "millwright-apart-"));
  try {
    const before = attributesOf(folder);
    await layApart([folder]);
    const after = attributesOf(folder);
    // ext4 alone has extents ("e") and the hint; elsewhere nothing changes.
    if (before?.includes("e") === true) expect(after).toContain("T");
    else expect(after).toBe(before);
    expect(readdirSync(folder)).toEqual([]);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});

test("a folder that is not there is no failure: it was a hint", async () => {
  await expect(layApart([join(tmpdir(), "millwright-nowhere", "x")])).resolves.toBeUndefined();
});
