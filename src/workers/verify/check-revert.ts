import type { ChangeSet } from "../../domain/change-set.ts";
import type { CheckName } from "../../domain/config/check.ts";
import { checkNames, type Found, runAll, type Task } from "../checks/workbench.ts";
import { withinSize } from "./evidence-size.ts";

/**
 * Every check on the tree after the revert, and those that fail there on the base too, to distinguish old failures from
 * the change's. Proves no criterion, because nothing new is claimed.
 */
export async function checkRevert(
  { order, workbench }: Task,
  { files }: ChangeSet,
): Promise<Found> {
  const bench = await workbench.prepare("change", files);
  if ("refusal" in bench) return bench;
  const runs = await runAll(bench, checkNames(order.config));
  const failing = runs.filter(({ status }) => status !== "passed");
  if (failing.length === 0) return { evidence: withinSize(runs) };
  const base = await workbench.prepare("base", []);
  if ("refusal" in base) return base;
  const before = await runAll(
    base,
    failing.map(({ name }) => name as CheckName),
  );
  return { evidence: withinSize([...runs, ...before]) };
}
