import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { tellBranchWorkflows } from "../../../src/cli/branch-workflows/branch-workflows.ts";
import { root } from "../../repository/bundles.ts";

function tell(repository: string): { readonly code: number; readonly said: string } {
  let said = "";
  const code = tellBranchWorkflows({ repo: repository, branch: "main" }, (text) => {
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

test("says what runs, with what, when, and what to type", () => {
  const job = "{ one: { env: { KEY: '${{ secrets.KEY }}' } } }";
  const { code, said } = tell(checkoutWith(`on: push\npermissions: {}\njobs: ${job}\n`));
  expect(code).toBe(1);
  expect(said).toContain(".github/workflows/ci.yml runs on push with the secret KEY\n  at once");
  expect(said).toContain("branches-ignore: ['factory/**']");
  expect(said).toContain("1 workflow in .github/workflows: 1 to look at.");
});

test("has nothing to say where nothing has a secret, nor of a repository without workflows", () => {
  const quiet = checkoutWith("on: push\npermissions: { contents: read }\njobs: { one: {} }\n");
  expect(tell(quiet)).toEqual({ code: 0, said: "1 workflow in .github/workflows: none would run with secrets on a branch of the factory.\n" });
  expect(tell(join(quiet, ".github"))).toEqual({
    code: 0,
    said: "0 workflows in .github/workflows: none would run with secrets on a branch of the factory.\n",
  });
});

test("a folder that is not there is wrong usage", () => {
  expect(() => tell("/nowhere")).toThrow("--repo: there is no folder /nowhere");
});

test("this repository keeps its own CI from having anything to lose", () => {
  expect(tell(root)).toMatchObject({ code: 0 });
});
