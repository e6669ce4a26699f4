import type { ChangedFile } from "../../domain/change-set.ts";
import { CHECK_NAMES, type CheckName } from "../../domain/config/check.ts";
import type { Config } from "../../domain/config/schema.ts";
import { servicesFor } from "../../domain/config/services/plan.ts";
import type { DependencyChange } from "../../domain/dependencies/change.ts";
import type { CheckRun, Evidence, Subject } from "../../domain/evidence.ts";
import type { Order } from "../../domain/order.ts";
import type { Refusal } from "../../domain/refusal.ts";
import { cut } from "../../domain/text/cut.ts";
import type { Archive } from "../../ports/archive.ts";
import type { Clock } from "../../ports/clock.ts";
import type { Repository } from "../../ports/repository.ts";
import type { Sandbox, Workspace } from "../../ports/sandbox.ts";
import type { Syntax } from "../../ports/syntax.ts";
import type { Web } from "../../ports/web.ts";
import { runCheck } from "./check.ts";
import { selectTests, type WantedTest } from "./only.ts";
import { filesOf } from "./problems/file-of.ts";
import { type KeepFile, rootsOf } from "./report-files.ts";
import { tryServices } from "./services.ts";
import { onceReady } from "./set-up-once.ts";
import { installPackages, supplyPackages } from "./supply.ts";

export interface VerifyPorts {
  readonly repository: Repository;
  readonly sandbox: Sandbox;
  readonly clock: Clock;
  /** Used for packages of an approved lockfile only. */
  readonly web: Web;
  /** Parses changed tests into trees. */
  readonly syntax: Syntax;
  /** Where whole outputs and reports go; absent: nowhere. */
  readonly archive?: Archive;
}

/** One tree under test: a workspace in which `setup` ran on the base bytes before anything else was written. */
export interface Bench {
  /** In the state after the last check. */
  readonly workspace: Workspace;
  readonly setup: CheckRun | undefined;
  /**
   * Runs a check on exactly the prepared bytes, whatever an earlier one did: a test could rewrite the tool of the next
   * check, even in ignored files and caches (DESIGN §5.9).
   */
  run(name: CheckName, about?: RunOptions): Promise<CheckRun>;
}

export interface RunOptions {
  /** Tests to run alone, selected by `checks.test.only`. If that is impossible, the whole check runs. */
  readonly only?: readonly WantedTest[];
  /** Files for this run only, over the prepared ones. */
  readonly put?: readonly ChangedFile[];
  /** Additional time limit of this run, in ms. */
  readonly withinMs?: number;
}

/** All workspaces of one verification, closed together. */
export interface Workbench {
  prepare(
    on: CheckRun["on"],
    files: readonly ChangedFile[],
    /** Approved dependencies that the files name: fetched before the files are written, installed after. */
    dependencies?: DependencyChange,
  ): Promise<Bench | { readonly refusal: Refusal }>;
  /** Time left for the run, in ms; zero or less if it is used up. */
  remainingMs(): number;
  close(): Promise<void>;
}

/** @param about the order, and the subject that every record will name */
export function createWorkbench(
  about: { readonly order: Order; readonly subject: Subject },
  ports: VerifyPorts,
): Workbench {
  const { order, subject } = about;
  const begin = ports.clock.elapsed();
  const opened: Workspace[] = [];
  const remainingMs = () => order.budget.wallClockMs - (ports.clock.elapsed() - begin);
  const runIn = runsOf({ ...about, archive: ports.archive }, remainingMs);
  const ready = onceReady({
    // The network is open during setup, so it may only see base bytes (DESIGN §5.3).
    setUp: async (on) => {
      const workspace = await ports.sandbox.workspace((directory) =>
        ports.repository.materialize(order.base, directory),
      );
      opened.push(workspace);
      if (order.config.checks.setup === undefined) return { workspace, setup: undefined };
      return { workspace, setup: await runIn(workspace, on)("setup") };
    },
    onCopy: (workspace) => void opened.push(workspace),
    clock: ports.clock,
  });
  // Checked once, with the first tree: all others have the same services.
  let standing: Promise<Refusal | undefined> | undefined;
  return {
    prepare: async (on, files, dependencies) => {
      const { workspace, setup } = await ready(on);
      if (setup !== undefined && setup.status !== "passed") return { refusal: refuseSetup(setup) };
      standing ??= tryServices(workspace, order.config, remainingMs());
      const unready = await standing;
      if (unready !== undefined) return { refusal: unready };
      // People see places only of the change.
      const shown =
        on === "change" ? await filesIn(workspace, ports.repository, subject) : undefined;
      const run = runIn(workspace, on, shown);
      const anew = afresh(workspace);
      const refusal = await putInto(workspace, { files, dependencies }, { ...ports, remainingMs });
      if (refusal !== undefined) return { refusal };
      // Runs everything else again: the next check, or whether a test gives the same result twice.
      if (on !== "change-with-base-tests") await workspace.keep();
      return {
        workspace,
        setup,
        run: async (name, about) => {
          await anew();
          if (about?.put !== undefined) await workspace.write(about.put);
          return await run(name, about);
        },
      };
    },
    remainingMs,
    close: async () => {
      await Promise.allSettled(opened.map((workspace) => workspace.close()));
    },
  };
}

type FileOf = (path: string) => string | undefined;

/** How checks run in a workspace; `fileOf` if places in their output are wanted. */
function runsOf(
  about: {
    readonly order: Order;
    readonly subject: Subject;
    readonly archive: Archive | undefined;
  },
  remainingMs: () => number,
) {
  const { order, subject, archive } = about;
  const kept = new Map<string, number>();
  /** Further runs of a check on the same tree get folders of their own. */
  const keepFor = (on: CheckRun["on"], name: CheckName): KeepFile | undefined => {
    if (archive === undefined) return undefined;
    const folder = `${on}/${name}`;
    const count = (kept.get(folder) ?? 0) + 1;
    kept.set(folder, count);
    const place = count === 1 ? folder : `${folder}-${count}`;
    return async (file: string, text: string) => await archive.keep(`${place}/${file}`, text);
  };
  return (workspace: Workspace, on: CheckRun["on"], fileOf?: FileOf): Bench["run"] =>
    async (name, { only, put, withinMs = Number.POSITIVE_INFINITY } = {}) => {
      const check = order.config.checks[name];
      if (check === undefined) throw new Error(`the config has no check ${name}`);
      const selected = only === undefined ? undefined : selectTests(order.config, only);
      return await runCheck(workspace, {
        name,
        check,
        on,
        subject,
        remainingMs: Math.min(withinMs, remainingMs()),
        selected,
        services: servicesFor(order.config, name),
        fileOf,
        // Nobody reads the output of a tree with a reverted part.
        keep: put === undefined ? keepFor(on, name) : undefined,
      });
    };
}

async function filesIn(workspace: Workspace, repository: Repository, { tree }: Subject) {
  const entries = await repository.list(tree);
  const files = entries.filter(({ type }) => type === "blob").map(({ path }) => path);
  return filesOf(files, rootsOf(workspace));
}

/** The first check uses the prepared state; it is restored before every other one. */
function afresh(workspace: Workspace): () => Promise<void> {
  let used = false;
  return async () => {
    if (used) await workspace.restore();
    used = true;
  };
}

/** The fetch phase sees only base bytes. An agent's files come after it, and run without a network (DESIGN §5.3). */
async function putInto(
  workspace: Workspace,
  change: {
    readonly files: readonly ChangedFile[];
    readonly dependencies: DependencyChange | undefined;
  },
  ports: { readonly web: Web; readonly remainingMs: () => number },
): Promise<Refusal | undefined> {
  const { files, dependencies } = change;
  const missing =
    dependencies === undefined ? undefined : await supplyPackages(workspace, dependencies, ports);
  if (missing !== undefined) return missing;
  if (files.length > 0) await workspace.write(files);
  return dependencies === undefined ? undefined : installPackages(workspace, dependencies, ports);
}

/** A setup that fails on the base says nothing about the change: verify cannot work. */
function refuseSetup(setup: CheckRun): Refusal {
  const how = setup.status === "timed-out" ? "timed out" : `exit code ${setup.exitCode}`;
  return {
    code: "check-failed",
    subject: "setup",
    found: cut(`${how}: ${setup.tail.trim().slice(-1_000)}`, 2_000),
    accepted: "`checks.setup` succeeds on the base commit",
    hint: "mend-setup",
  };
}

/** Common input of both ways to verify. */
export interface Task {
  readonly order: Order;
  readonly subject: Subject;
  readonly workbench: Workbench;
  /** Approved dependency changes; absent if none. */
  readonly dependencies?: DependencyChange;
  readonly ports: VerifyPorts;
}

/** The evidence, or why there is none. */
export type Found = { readonly evidence: readonly Evidence[] } | { readonly refusal: Refusal };

/** Checks of the config in running order; `setup` belongs to the workspace. */
export function checkNames(config: Config): readonly CheckName[] {
  return CHECK_NAMES.filter((name) => name !== "setup" && config.checks[name] !== undefined);
}

/** `setup` and the checks, in order. */
export async function runAll(
  bench: Bench,
  names: readonly CheckName[],
): Promise<readonly CheckRun[]> {
  const runs = bench.setup === undefined ? [] : [bench.setup];
  for (const name of names) runs.push(await bench.run(name));
  return runs;
}
