import type { CheckName } from "../../domain/config/check.ts";
import type { Config } from "../../domain/config/schema.ts";
import { partsOf, tellsTests } from "../../domain/config/scoped-checks.ts";
import { servicesFor } from "../../domain/config/services/plan.ts";
import type { CheckRun, Subject } from "../../domain/evidence.ts";
import type { Repository } from "../../ports/repository.ts";
import type { Sandbox, Workspace } from "../../ports/sandbox.ts";
import { counted } from "../../wording/figures.ts";
import { runCheck } from "../../workers/checks/check.ts";
import { checkNames } from "../../workers/checks/workbench.ts";
import { type TriedOnly, tryOnly } from "./try-only.ts";

/** A check after its one run on the base. */
export interface TriedCheck {
  readonly run: CheckRun;
  /** It passed, or told its tests one by one: of use for any change. */
  readonly keep: boolean;
  /** It gave no answer at all: it could not be started, was killed, or left no report that can be read. */
  readonly isBroken: boolean;
  /** One line for a person: what it did. */
  readonly said: string;
  /** Whether one of its tests ran alone; absent where the config does not say how. */
  readonly only?: TriedOnly;
}

/** What all checks together may take, in ms. */
const PATIENCE_MS = 1_800_000;

/** Exit codes by which a shell says that it found a command and could not run it, and that it found none (bash(1), EXIT STATUS). */
const NOT_RUN = [126, 127];

/**
 * Runs every check of a config once on the base, in the sandbox, in order; after a setup that failed none. A check is of use
 * when it passed; one with results per test also when it failed, because failures of the base are told from those of a change.
 * @throws the signal's reason when it is aborted; nothing is left then
 */
export async function tryChecks(options: {
  readonly config: Config;
  readonly base: string;
  readonly sandbox: Sandbox;
  readonly repository: Repository;
  readonly signal: AbortSignal;
  readonly onBegin: (name: CheckName) => void;
  readonly onTried: (tried: TriedCheck) => void;
}): Promise<readonly TriedCheck[]> {
  const { config, base, sandbox, repository, signal, onBegin, onTried } = options;
  const subject: Subject = { base, tree: await repository.treeOf(base) };
  const begin = performance.now();
  const tried: TriedCheck[] = [];
  const workspace = await sandbox.workspace(async (directory) => {
    await repository.materialize(base, directory);
  });
  const remaining = () => PATIENCE_MS - (performance.now() - begin);
  let closing: Promise<void> | undefined;
  const close = () => (closing ??= workspace.close());
  const stop = () => void close().catch(() => undefined);
  signal.addEventListener("abort", stop);
  try {
    const setup: readonly CheckName[] = config.checks.setup === undefined ? [] : ["setup"];
    for (const name of [...setup, ...checkNames(config)]) {
      // Each package's own, so that one that is of no use takes no other with it.
      for (const check of partsOf(config.checks[name])) {
        signal.throwIfAborted();
        onBegin(name);
        const remainingMs = remaining();
        const services = servicesFor(config, name);
        const task = { name, check, on: "base", subject, remainingMs, services } as const;
        const run = await runCheck(workspace, task);
        signal.throwIfAborted();
        const judged = await withOnly(judge(run, tellsTests(check)), workspace, {
          ...options,
          config: { ...config, checks: { ...config.checks, [name]: check } },
          remainingMs: remaining(),
        });
        signal.throwIfAborted();
        tried.push(judged);
        onTried(judged);
        if (name === "setup" && run.status !== "passed") return tried;
      }
    }
    return tried;
  } catch (error) {
    // Whatever a command says once its workspace is taken away is no fault of it.
    signal.throwIfAborted();
    throw error;
  } finally {
    signal.removeEventListener("abort", stop);
    await close();
  }
}

/** Of the tests, whether one of them ran alone. */
async function withOnly(
  whole: TriedCheck,
  workspace: Workspace,
  about: {
    readonly config: Config;
    readonly base: string;
    readonly repository: Repository;
    readonly remainingMs: number;
  },
): Promise<TriedCheck> {
  const { run, keep } = whole;
  if (run.name !== "test" || !keep) return whole;
  const paths = (await about.repository.list(about.base)).map(({ path }) => path);
  const only = await tryOnly(workspace, { ...about, run, paths });
  return only === undefined ? whole : { ...whole, only };
}

function judge(run: CheckRun, hasReport: boolean): TriedCheck {
  const seconds = `${(run.durationMs / 1_000).toFixed(1)} s`;
  const tests = run.tests?.length ?? 0;
  const failing = run.tests?.filter(({ status }) => status === "failed").length ?? 0;
  const told = `${tests === 0 ? "" : `, ${counted(tests, "test")}`}${failing > 0 ? `, ${failing} failing` : ""}`;
  if (run.status === "passed") {
    return { run, keep: true, isBroken: false, said: `passed in ${seconds}${told}` };
  }
  if (run.status === "failed" && tests > failing) {
    const said = `fails on the base in ${seconds}${told}: known before work starts, never counted against a change`;
    return { run, keep: true, isBroken: false, said };
  }
  const isBroken =
    run.status === "timed-out" ||
    run.exitCode === null ||
    NOT_RUN.includes(run.exitCode) ||
    (hasReport && run.tests === undefined);
  return {
    run,
    keep: false,
    isBroken,
    said: `${sayEnd(run, seconds)} on the base: ${lastWords(run)}`,
  };
}

function sayEnd(run: CheckRun, seconds: string): string {
  if (run.status === "timed-out") return `not done in ${seconds}`;
  const code = `exit code ${run.exitCode ?? "none"}`;
  // A report that cannot be read fails a command that did not.
  return run.exitCode === 0 && run.note !== undefined ? `${code}, but ${run.note}` : code;
}

/** How compilers, linters, builds and shells of the common languages begin a line that says what is wrong. */
const ERRORS: readonly RegExp[] = [
  /^\s*(?:[\w./-]+: )?(?:error|fatal)(?:\[\w+\]|\b)\s*[:!-]/i, // cargo, git, gcc, npm: `error[E0308]: mismatched types`
  /^\S+:\d+(?::\d+)?:? .*\berror\b/i, // `src/a.c:3:1: error: …`, mypy
  /^\s*\d+:\d+\s+error\b/, // eslint, below the name of the file
  /\berror (?:TS\d+|CS\d+)\b/, // tsc, dotnet
  /^\s*(?:\w+\.)*\w*(?:Error|Exception)\b.*:/, // `TypeError: …`, Python, Java
  /^\[ERROR\]\s+\S/i, // Maven, Prettier
  /^(?:ERROR|FAILURE|FAILED)\b.*\S/, // pip, Gradle, pytest's summary
  /^CMake Error\b/,
  /^(?:\S+\.go:\d+:\d+: |--- FAIL: |FAIL\s+\S+ \[)/, // go build, go test
  /^make(?:\[\d+\])?: \*\*\* /,
  /^(?:npm (?:error|ERR!)|ERR_PNPM_\w+)\s+\S/,
  /: (?:command )?not found$/, // bash, sh
  /^not ok \d/, // TAP
];

/**
 * Said of an error, and no error itself: what only counts what stands above it, what says where to read more, what a package
 * manager adds when the program that it ran has failed.
 */
const AFTERWARDS =
  /could not compile|build failed|aborting due to|elifecycle|^npm (?:error|err!) (?:code|errno|path|command|lifecycle|workspace|location|a complete log)|^\[ERROR\]\s+(?:\[Help|->|To see|Re-run|For more|COMPILATION ERROR|Please refer|After correcting|Failed to execute goal|Failures?:|Errors?:|BUILD|Tests run:)|^make(?:\[\d+\])?: \*\*\* .*\b(?:Error \d+|Waiting)/i;

/**
 * The most telling line about why a check failed: the first that names an error, or the last that is not blank, as a
 * whole sentence. The very last lines often say only that other jobs were waited for, or where to read more.
 */
function lastWords(run: CheckRun): string {
  const lines = run.tail
    .split("\n")
    .map((line) => line.trim())
    .filter((line) => line !== "");
  const errors = lines.filter((line) => ERRORS.some((pattern) => pattern.test(line)));
  const telling = errors.find((line) => !AFTERWARDS.test(line)) ?? errors[0] ?? lastSentence(lines);
  return telling === "" ? "it said nothing" : telling.slice(0, MOST_SAID);
}

/** Of what is said of an output (characters). */
const MOST_SAID = 200;
/** Where programs break their sentences when no terminal says how wide it is (characters). */
const BROKEN_AT = 80;

/** The last line, with those above it that were broken before a word because it had no room there. */
function lastSentence(lines: readonly string[]): string {
  let said = lines.at(-1) ?? "";
  for (const line of lines.slice(0, -1).reverse()) {
    const [word = ""] = said.split(" ", 1);
    if (line.length > BROKEN_AT || line.length + 1 + word.length <= BROKEN_AT) break;
    said = `${line} ${said}`;
  }
  return said;
}
