import type { CheckName, CheckPart } from "../../domain/config/check.ts";
import type { Config } from "../../domain/config/schema.ts";
import { partsOf, tellsTests } from "../../domain/config/scoped-checks.ts";
import { servicesFor } from "../../domain/config/services/plan.ts";
import type { CheckRun, Subject } from "../../domain/evidence.ts";
import type { Repository } from "../../ports/repository.ts";
import type { Sandbox, Workspace } from "../../ports/sandbox.ts";
import { counted } from "../../wording/figures.ts";
import { runCheck } from "../../workers/checks/check.ts";
import { checkNames } from "../../workers/checks/workbench.ts";
import { lastWords } from "./last-words.ts";
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

/** The commands of a config that nobody ran, because setup did not work. */
export function untriedOf(
  config: Config,
  tried: readonly TriedCheck[],
): readonly { readonly name: CheckName; readonly command: string }[] {
  const setup = tried.find(({ run }) => run.name === "setup");
  if (setup === undefined || setup.run.status === "passed") return [];
  return checkNames(config).flatMap((name) =>
    partsOf(config.checks[name]).map(({ run }) => ({ name, command: run })),
  );
}

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
  /** Files that are not there: whether a check misses them tells whether it is about them. */
  readonly without?: (path: string) => boolean;
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
    await leaveOut(workspace, options);
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
        const judged = await withOnly(judge(run, check), workspace, {
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

async function leaveOut(
  workspace: Workspace,
  about: Pick<Parameters<typeof tryChecks>[0], "base" | "repository" | "without">,
): Promise<void> {
  const { without, repository, base } = about;
  if (without === undefined) return;
  const entries = await repository.list(base);
  const files = entries.filter(
    ({ path, type, mode }) => type === "blob" && mode !== LINK && without(path),
  );
  await workspace.write(files.map(({ path }) => ({ path, deleted: true })));
}

/** A link that leaves the tree was never written; one that stays leads to what is left out. */
const LINK = "120000";

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

function judge(run: CheckRun, check: CheckPart): TriedCheck {
  const hasReport = tellsTests(check);
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
    said: `${sayEnd(run, seconds)} on the base${saySeen(check)}: ${lastWords(run)}`,
  };
}

/** The whole base is there, unless the config names the only files. */
function saySeen({ from }: CheckPart): string {
  return from === undefined ? "" : `, of which it sees ${from.join(", ")} alone`;
}

function sayEnd(run: CheckRun, seconds: string): string {
  if (run.status === "timed-out") return `not done in ${seconds}`;
  const code = `exit code ${run.exitCode ?? "none"}`;
  // A report that cannot be read fails a command that did not.
  return run.exitCode === 0 && run.note !== undefined ? `${code}, but ${run.note}` : code;
}
