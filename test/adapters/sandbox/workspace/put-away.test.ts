import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { putAway } from "../../../../src/adapters/sandbox/workspace/put-away.ts";

function folder() {
  const above = mkdtempSync(join(tmpdir(), "put-away-"));
  onTestFinished(() => rmSync(above, { recursive: true, force: true }));
  const place = join(above, "workspace");
  mkdirSync(join(place, "node_modules/.pnpm"), { recursive: true });
  writeFileSync(join(place, "node_modules/.pnpm/a"), "x");
  return { above, place };
}

test("nothing is left, read-only folders included", async () => {
  const { above, place } = folder();
  chmodSync(join(place, "node_modules/.pnpm"), 0o500);
  await putAway(place);
  expect(readdirSync(above)).toEqual([]);
});

test("a removal that takes long goes on beside: the folder itself is away at once", async () => {
  const { above, place } = folder();
  await putAway(place, 0);
  expect(existsSync(place)).toBe(false);
  await expect.poll(() => readdirSync(above)).toEqual([]);
});

test("what is not there is nothing to do", async () => {
  const { above } = folder();
  await putAway(join(above, "none"));
  expect(readdirSync(above)).toEqual(["workspace"]);
});
