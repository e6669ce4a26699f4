import fs, { mkdirSync, mkdtempSync, rmSync, unlinkSync, writeFileSync } from "node:fs";
import { syncBuiltinESMExports } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test, vi } from "vitest";
import { fingerprint } from "../../../src/cli/source/fingerprint.ts";

/** Whatever is called `gone` is listed, and is away when it is looked at. */
function loseWhatIsGone() {
  const real = fs.lstatSync;
  const lost = vi.spyOn(fs, "lstatSync").mockImplementation((path, options) => {
    if (`${path}`.endsWith("/gone")) throw new Error("ENOENT: no such file or directory");
    return real(path, options);
  });
  syncBuiltinESMExports();
  onTestFinished(() => {
    lost.mockRestore();
    syncBuiltinESMExports();
  });
}

function sourceWith(files: readonly string[]) {
  const directory = mkdtempSync(join(tmpdir(), "millwright-fingerprint-"));
  onTestFinished(() => rmSync(directory, { recursive: true, force: true }));
  const gitDirectory = join(directory, ".git");
  mkdirSync(gitDirectory);
  for (const name of files) writeFileSync(join(directory, name), name);
  const folders = { directory, gitDirectory, commonDirectory: gitDirectory };
  const objects = join(gitDirectory, "objects");
  return { ...folders, objects, shallow: undefined, base: "a".repeat(40), defaultBranch: "main" };
}

test("a file that is gone when it is looked at ends nothing, and counts", async () => {
  loseWhatIsGone();
  const source = sourceWith(["kept", "gone"]);
  const before = await fingerprint(source);
  expect(before).toMatch(/^[0-9a-f]{64}$/);
  expect(await fingerprint(source)).toBe(before);
  unlinkSync(join(source.directory, "gone"));
  expect(await fingerprint(source)).not.toBe(before);
});
