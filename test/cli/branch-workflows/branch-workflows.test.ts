import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { tellBranchWorkflows } from "../../../src/cli/branch-workflows/branch-workflows.ts";
import { root } from "../../repository/bundles.ts";
import { git } from "../git.ts";

const MAIN = { branch: "main" };

async function tell(repo: string, about: { readonly branch: string | undefined } = MAIN) {
  let said = "";
  const code = await tellBranchWorkflows({ repo, ...about, json: false, quiet: false }, (text) => {
    said += text;
  });
  return { code, said };
}

function checkoutWith(workflow: string): string {
  const folder = mkdtempSync(join(tmpdir(), "millwright-checkout-"));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  mkdirSync(join(folder, ".github/workflows"), { recursive: true });
  writeFileSync(join(folder, ".github/workflows/ci.yml"), workflow);
  return folder;
}

test("says what runs, with what, when, and what to type", async () => {
  const job = "{ one: { env: { KEY: '${{ secrets.KEY }}' } } }";
  const { code, said } = await tell(checkoutWith(`on: push\npermissions: {}\njobs: ${job}\n`));
  expect(code).toBe(1);
  expect(said).toContain(".github/workflows/ci.yml runs on push with the secret KEY\n  at once");
  expect(said).toContain("branches-ignore: ['factory/**']");
  expect(said).toContain(
    "1 workflow in .github/workflows, with main as the default branch: 1 to look at.",
  );
});

test("has nothing to say where nothing has a secret, nor of a repository without workflows", async () => {
  const quiet = checkoutWith("on: push\npermissions: { contents: read }\njobs: { one: {} }\n");
  const none =
    "in .github/workflows, with main as the default branch: none would run with secrets on a branch of the factory.\n";
  expect(await tell(quiet)).toEqual({ code: 0, said: `1 workflow ${none}` });
  expect(await tell(join(quiet, ".github"))).toEqual({
    code: 0,
    said: `0 workflows ${none}`,
  });
});

test("what pull requests go to is what the remote had, whatever branch is checked out", async () => {
  const job = "{ one: { env: { KEY: '${{ secrets.KEY }}' } } }";
  const on = "on: { pull_request: { branches: [trunk] } }";
  const origin = checkoutWith(`${on}\npermissions: {}\njobs: ${job}\n`);
  const clone = join(origin, "clone");
  git("init", "--quiet", "--initial-branch=trunk", origin);
  git("-C", origin, "add", "-A");
  git("-C", origin, "commit", "--quiet", "-m", "Begin");
  git("clone", "--quiet", origin, clone);
  git("-C", clone, "switch", "--quiet", "-c", "add-the-factory");
  const { code, said } = await tell(clone, { branch: undefined });
  expect(said).toContain("ci.yml runs on pull_request with the secret KEY");
  expect([code, said]).toEqual([1, expect.stringContaining("with trunk as the default branch")]);
  expect((await tell(clone)).code).toBe(0);
});

test("a folder that is not there is wrong usage", async () => {
  await expect(tell("/nowhere")).rejects.toThrow("--repo: there is no folder /nowhere");
});

test("this repository keeps its own CI from having anything to lose", async () => {
  expect(await tell(root)).toMatchObject({ code: 0 });
});
