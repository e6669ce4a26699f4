import type { LineOrder } from "../../domain/order.ts";
import type { Refusal } from "../../domain/refusal.ts";
import { createAsker } from "../shared/ask.ts";
import { judgeDependencies } from "../shared/dependencies.ts";
import { type Attempt, collect } from "./attempt.ts";
import type { Bench } from "./bench.ts";
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
    asker: createAsker(order, { ...ports, meter }),
    subject: { base: order.base, tree: await ports.repository.treeOf(order.base) },
    judgeDependencies: () => dependenciesOf(order, given),
    remainingMs: () => order.budget.wallClockMs - (ports.clock.elapsed() - begin),
  };
}

/** Asked after each round, when everything inside is dead. What cannot be collected is refused after the last one. */
async function dependenciesOf(
  order: LineOrder,
  { workspace, baseline, ports }: Attempt,
): ReturnType<Bench["judgeDependencies"]> {
  const collected = await collect(workspace, baseline);
  if ("refusal" in collected) return "untouched";
  const judged = await judgeDependencies(order, collected.changeSet, ports.repository);
  if (judged === undefined) return "untouched";
  return "refusal" in judged ? judged : "approved";
}

/** `setup`, with a network, on the base bytes: before any byte of an agent exists. */
export async function prepare(bench: Bench): Promise<Refusal | undefined> {
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
