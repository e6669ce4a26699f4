import { allowanceOf } from "../../domain/budget.ts";
import type { LineOrder } from "../../domain/order.ts";
import type { Refusal } from "../../domain/refusal.ts";
import { tryServices } from "../checks/services.ts";
import { createAsker } from "../shared/ask.ts";
import { judgeDependencies } from "../shared/dependencies.ts";
import { type Attempt, collectAll } from "./attempt.ts";
import type { Bench, Look } from "./bench.ts";
import { tellingLines } from "./check-lines.ts";
import { recordCheck, sayRun } from "./checks.ts";

/** Everything that works in one workspace; the wall clock of the budget starts here. */
export async function setUpBench(order: LineOrder, given: Attempt): Promise<Bench> {
  const { contract, workspace, meter, ports } = given;
  const begin = ports.clock.elapsed();
  return {
    order,
    contract,
    workspace,
    toolbox: ports.toolbox,
    asker: createAsker(allowanceOf(order, { name: "implement", spentBeforeUsd: 0 }), {
      ...ports,
      meter,
    }),
    subject: { base: order.base, tree: await ports.repository.treeOf(order.base) },
    ignoredBy: (path) => workspace.ignoredBy(given.baseline, path),
    lookAtChange: () => lookAtChange(order, given),
    remainingMs: () => order.budget.wallClockMs - (ports.clock.elapsed() - begin),
  };
}

/** Checked after each round. Remaining faults after the last one are refused. */
async function lookAtChange(order: LineOrder, given: Attempt): Promise<Look> {
  const collected = await collectAll(given);
  if ("refusals" in collected) {
    return { dependencies: "untouched", refusals: collected.refusals, leftOut: [], files: [] };
  }
  const { changeSet, leftOut } = collected;
  const judged = await judgeDependencies(order, changeSet, given.ports.repository);
  const dependencies =
    judged === undefined ? "untouched" : "refusal" in judged ? judged : "approved";
  return { dependencies, refusals: [], leftOut, files: changeSet.files };
}

/** `setup`, with a network, on the base bytes, then the services once, before any byte of an agent exists in this workspace. */
export async function prepare(
  bench: Pick<Bench, "workspace" | "subject" | "order" | "remainingMs">,
): Promise<Refusal | undefined> {
  const { workspace } = bench;
  const { config } = bench.order;
  const failed = await runSetup(bench);
  return failed ?? (await tryServices(workspace, config, bench.remainingMs()));
}

async function runSetup(bench: Parameters<typeof prepare>[0]): Promise<Refusal | undefined> {
  const { workspace, subject } = bench;
  const { config } = bench.order;
  if (config.checks.setup === undefined) return undefined;
  const remainingMs = bench.remainingMs();
  const task = { name: "setup", config, on: "base", subject, remainingMs } as const;
  const { run, output } = await recordCheck(workspace, task);
  if (run.status === "passed") return undefined;
  return {
    code: "check-failed",
    subject: "setup",
    found: `it ${sayRun(run)} on the base commit: ${tellingLines(output)}`,
    accepted: "exit code 0",
    hint: "mend-setup",
  };
}
