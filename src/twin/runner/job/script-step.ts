import { randomUUID } from "node:crypto";
import { existsSync } from "node:fs";
import { writeFile } from "node:fs/promises";
import { join, resolve } from "node:path";
import { StepFailure } from "../workflow/failures.ts";
import type { Template } from "../workflow/template.ts";
import type { RunDefaults, StepDefinition } from "../workflow/workflow-model.ts";
import { writeLog } from "./job-state.ts";
import { runStepProcess, type StepRun, stepScope } from "./step-run.ts";

/**
 * Command lines of the shells, {0} is the file of the script.
 * Source: docs.github.com/en/actions/reference/workflows-and-actions/workflow-syntax#jobsjob_idstepsshell
 */
const SHELLS: Readonly<Record<string, { readonly line: string; readonly extension: string }>> = {
  "": { line: "bash -e {0}", extension: "sh" },
  bash: { line: "bash --noprofile --norc -eo pipefail {0}", extension: "sh" },
  sh: { line: "sh -e {0}", extension: "sh" },
  python: { line: "python {0}", extension: "py" },
};

/** Runs the `run` of a step. */
export async function runScript(run: StepRun, step: StepDefinition): Promise<boolean> {
  const { job, composite } = run.scope;
  const scope = stepScope(run.scope, { env: run.env });
  const text = (template: Template) => job.expressions.text(template, scope);
  // `defaults` of workflow and job do not apply inside composite actions.
  const defaults = composite === undefined ? job.defaults : [];
  const chosen = step.shell ?? firstOf(defaults, "shell");
  const shell = chosen === undefined ? "" : text(chosen);
  const { line, extension } = SHELLS[shell] ?? customShell(shell);
  const folder = step.workingDirectory ?? firstOf(defaults, "workingDirectory");
  const cwd = resolve(job.folders.workspace, folder === undefined ? "." : text(folder));
  if (!existsSync(cwd)) {
    throw new StepFailure(`working-directory '${cwd}' does not exist`);
  }
  const script = text(step.run ?? "");
  const file = join(job.folders.temp, `${randomUUID()}.${extension}`);
  await writeFile(file, script.endsWith("\n") ? script : `${script}\n`);
  for (const row of script.trimEnd().split("\n")) {
    writeLog(job, `  ${row}`);
  }
  const [command = "bash", ...args] = line.split(/\s+/).map((part) => part.replace("{0}", file));
  return runStepProcess(run, { command, args, cwd });
}

function firstOf(defaults: readonly RunDefaults[], key: keyof RunDefaults): Template | undefined {
  return defaults.map((level) => level[key]).find((value) => value !== undefined);
}

function customShell(shell: string): { readonly line: string; readonly extension: string } {
  if (!shell.includes("{0}")) {
    throw new StepFailure(
      `shell '${shell}' cannot run here. The twin has bash, sh, python, and any command line with {0} for the script.`,
    );
  }
  return { line: shell, extension: "sh" };
}
