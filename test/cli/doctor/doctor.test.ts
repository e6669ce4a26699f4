import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { git } from "../git.ts";
import { typed } from "../typed.ts";

function repository(): string {
  const folder = mkdtempSync(join(tmpdir(), "millwright-doctor-"));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  git("init", "--quiet", "--initial-branch=main", folder);
  writeFileSync(join(folder, "README.md"), "# One\n");
  git("-C", folder, "add", "-A");
  git("-C", folder, "commit", "--quiet", "-m", "Begin");
  return folder;
}

test("what init wrote grants enough and not more, and what is missing is named", async () => {
  const folder = repository();
  using before = await typed(["doctor", "--repo", folder, "--json"]);
  expect(before.code).toBe(1);
  expect(JSON.parse(before.stdout)).toMatchObject({ ok: false });
  expect(before.stderr).toContain("✗ workflow: no workflow in .github/workflows calls Millwright");

  using _init = await typed(["init", "--repo", folder, "--yes", "--no-try"]);
  using after = await typed(["doctor", "--repo", folder]);
  expect(after.stdout).toContain("✓ permissions of factory.yml, job factory: enough, and not more");
  expect(after.stdout).toContain("✗ tests: checks.test is not set");
  expect(after.stdout).toContain(
    "? GitHub: secrets, labels, rules, settings and the last heartbeat",
  );
  expect(after.stdout).toMatch(/\n1 to fix, .* good\n$/);
});

test("a folder that is no repository is wrong usage", async () => {
  using asked = await typed(["doctor", "--repo", tmpdir()]);
  expect(asked.code).toBe(2);
  expect(asked.stderr).toContain("is not a git repository");
});

test("a clone on the branch of init sees what a pull request to the remote's branch would start", async () => {
  const folder = repository();
  mkdirSync(join(folder, ".github/workflows"), { recursive: true });
  const job = "{ one: { env: { KEY: '${{ secrets.KEY }}' } } }";
  const on = "on: { pull_request: { branches: [main] } }";
  writeFileSync(join(folder, ".github/workflows/ci.yml"), `${on}\npermissions: {}\njobs: ${job}\n`);
  git("-C", folder, "add", "-A");
  git("-C", folder, "commit", "--quiet", "-m", "Add CI");
  const clone = join(folder, "clone");
  git("clone", "--quiet", folder, clone);
  git("-C", clone, "switch", "--quiet", "-c", "add-the-factory");
  using _init = await typed(["init", "--repo", clone, "--yes", "--no-try"]);
  using asked = await typed(["doctor", "--repo", clone]);
  expect(asked.stdout).toContain("ci.yml runs on pull_request with the secret KEY");
  expect(asked.stdout).toContain("only after a person's click");
});
