import { stripVTControlCharacters } from "node:util";
import type { CheckName } from "../../domain/config/check.ts";
import type { Config } from "../../domain/config/schema.ts";
import type { CheckRun, Subject } from "../../domain/evidence.ts";
import type { Repository } from "../../ports/repository.ts";
import type { Sandbox } from "../../ports/sandbox.ts";
import { runCheck } from "../../workers/checks/check.ts";
import { checkNames } from "../../workers/checks/workbench.ts";

/** A proposed check after its one run on the base. */
export interface TriedCheck {
  readonly run: CheckRun;
  readonly keep: boolean;
  /** One line for a person: what it did, and why it is left out. */
  readonly said: string;
}

/** What all proposed checks together may take, in ms. */
const PATIENCE_MS = 1_800_000;

/**
 * Runs every check of a proposed config once on the base, in the sandbox, in order. A check is kept when it passed; `test`
 * also when it failed with results per test, because failures of the base are told from those of a change.
 */
export async function tryChecks(options: {
  readonly config: Config;
  readonly base: string;
  readonly sandbox: Sandbox;
  readonly repository: Repository;
  readonly onTried: (tried: TriedCheck) => void;
}): Promise<readonly TriedCheck[]> {
  const { config, base, sandbox, repository, onTried } = options;
  const subject: Subject = { base, tree: await repository.treeOf(base) };
  const begin = performance.now();
  const tried: TriedCheck[] = [];
  const workspace = await sandbox.workspace(async (directory) => {
    await repository.materialize(base, directory);
  });
  try {
    const setup: readonly CheckName[] = config.checks.setup === undefined ? [] : ["setup"];
    for (const name of [...setup, ...checkNames(config)]) {
      const check = config.checks[name];
      if (check === undefined) continue;
      const remainingMs = PATIENCE_MS - (performance.now() - begin);
      const run = await runCheck(workspace, { name, check, on: "base", subject, remainingMs });
      tried.push(judge(run));
      onTried(judge(run));
      if (name === "setup" && run.status !== "passed") break;
    }
    return tried;
  } finally {
    await workspace.close();
  }
}

function judge(run: CheckRun): TriedCheck {
  const seconds = `${(run.durationMs / 1_000).toFixed(1)} s`;
  const tests = run.tests?.length ?? 0;
  const failing = run.tests?.filter(({ status }) => status === "failed").length ?? 0;
  const counted = tests === 0 ? "" : `, ${tests} tests${failing > 0 ? `, ${failing} fail` : ""}`;
  if (run.status === "passed") return { run, keep: true, said: `passed in ${seconds}${counted}` };
  if (run.name === "test" && run.status === "failed" && tests > failing) {
    const said = `fails on the base in ${seconds}${counted}: known before work starts, never counted against a change`;
    return { run, keep: true, said };
  }
  const why =
    run.status === "timed-out" ? `not done in ${seconds}` : `exit code ${run.exitCode ?? "none"}`;
  return { run, keep: false, said: `left out: ${why} on the base: ${lastWords(run)}` };
}

/** How compilers and linters of the common languages begin a line that says what is wrong. */
const ERRORS: readonly RegExp[] = [
  /^\s*(?:[\w./-]+: )?(?:error|fatal)(?:\[\w+\]|\b)\s*[:!-]/i, // cargo, git, gcc, npm: `error[E0308]: mismatched types`
  /^\S+:\d+(?::\d+)?:? .*\berror\b/i, // `src/a.c:3:1: error: …`, mypy
  /^\s*\d+:\d+\s+error\b/, // eslint, below the name of the file
  /\berror (?:TS\d+|CS\d+)\b/, // tsc, dotnet
  /^\s*(?:\w+\.)*\w*(?:Error|Exception)\b.*:/, // `TypeError: …`, Python, Java
];

/** Said of an error, and no error itself: `error: could not compile`, which only counts what stands above it. */
const AFTERWARDS = /could not compile|build failed|aborting due to|elifecycle|npm err/i;

/**
 * The line that says most of why a check failed: the first that names an error, because what comes last is often only that
 * other jobs were waited for; otherwise the last that is not blank.
 */
function lastWords(run: CheckRun): string {
  const lines = run.tail
    .split("\n")
    .map(readable)
    .filter((line) => line !== "");
  const errors = lines.filter((line) => ERRORS.some((pattern) => pattern.test(line)));
  const telling = errors.find((line) => !AFTERWARDS.test(line)) ?? errors[0] ?? lines.at(-1);
  return telling === undefined ? "it said nothing" : telling.slice(0, 200);
}

/** Without the colours of a terminal. */
function readable(line: string): string {
  return stripVTControlCharacters(line).trim();
}
