import type { ChangeSet } from "../../domain/change-set.ts";
import type { Contract } from "../../domain/contract.ts";
import type { Refusal } from "../../domain/refusal.ts";
import type { Clock } from "../../ports/clock.ts";
import type { Model } from "../../ports/model.ts";
import type { Repository } from "../../ports/repository.ts";
import type { Baseline, Sandbox, Workspace } from "../../ports/sandbox.ts";
import type { Meter } from "../shared/meter.ts";
import { workerFailed } from "../shared/worker-refusals.ts";
import type { Toolbox } from "./bench.ts";

export interface ImplementPorts {
  readonly model: Model;
  readonly repository: Repository;
  readonly sandbox: Sandbox;
  readonly clock: Clock;
  readonly toolbox: Toolbox;
}

export interface Attempt {
  readonly contract: Contract;
  readonly baseline: Baseline;
  readonly workspace: Workspace;
  readonly meter: Meter;
  readonly ports: ImplementPorts;
}

export type Refused = { readonly refusal: Refusal; readonly draft?: ChangeSet };

/** The change in the workspace, or why it cannot be collected. */
export async function collect(
  workspace: Workspace,
  baseline: Baseline,
): Promise<{ readonly changeSet: ChangeSet } | { readonly refusal: Refusal }> {
  try {
    const collected = await workspace.collect(baseline);
    if ("changeSet" in collected) return collected;
    return { refusal: summed(collected.refusals) };
  } catch (error) {
    return { refusal: workerFailed("collecting the change", error) };
  }
}

/** The first refusal, with how many more there were. */
function summed(refusals: readonly Refusal[]): Refusal {
  const [first] = refusals;
  if (first === undefined) {
    return { code: "change-set-invalid", subject: "change", found: "refused without a reason" };
  }
  const more = refusals.length - 1;
  return more === 0 ? first : { ...first, found: `${first.found ?? "refused"}, and ${more} more` };
}

/** What exists of a change, to be kept with a refusal. */
export function draftOf(changeSet: ChangeSet): { readonly draft?: ChangeSet } {
  return changeSet.files.length === 0 ? {} : { draft: changeSet };
}

/** The refusal of an attempt that changed nothing. */
export function nothingProduced(summary: string): Refusal {
  return {
    code: "nothing-produced",
    subject: "implement",
    found: `no file differs from the base; the coder said: ${summary}`,
    accepted: "at least one changed file that the base does not ignore",
  };
}
