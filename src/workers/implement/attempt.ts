import type { ChangeSet } from "../../domain/change-set.ts";
import type { Contract } from "../../domain/contract.ts";
import type { Refusal } from "../../domain/refusal.ts";
import type { Clock } from "../../ports/clock.ts";
import type { Model } from "../../ports/model.ts";
import type { Repository } from "../../ports/repository.ts";
import type { Baseline, LeftOut, Sandbox, Workspace } from "../../ports/sandbox.ts";
import { refuseBytes } from "../shared/bytes.ts";
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

/** A collected change, and the other new files of the workspace. */
export interface CollectedChange {
  readonly changeSet: ChangeSet;
  readonly leftOut: readonly LeftOut[];
}

/** The change in the workspace, or every reason why it cannot be accepted. */
export async function collectAll({
  workspace,
  baseline,
  ports,
}: Pick<Attempt, "workspace" | "baseline" | "ports">): Promise<
  CollectedChange | { readonly refusals: readonly Refusal[] }
> {
  try {
    const collected = await workspace.collect(baseline);
    if ("refusals" in collected) return collected;
    const { changeSet, leftOut = [] } = collected;
    const refusals = await refuseBytes(changeSet, ports.repository);
    return refusals.length > 0 ? { refusals } : { changeSet, leftOut };
  } catch (error) {
    return { refusals: [workerFailed("collecting the change", error)] };
  }
}

/** Like `collectAll`, with its refusals joined into one. */
export async function collect(
  given: Pick<Attempt, "workspace" | "baseline" | "ports">,
): Promise<CollectedChange | { readonly refusal: Refusal }> {
  const collected = await collectAll(given);
  return "refusals" in collected ? { refusal: summed(collected.refusals) } : collected;
}

/** The first refusal, with the number of the others. */
function summed(refusals: readonly Refusal[]): Refusal {
  const [first] = refusals;
  if (first === undefined) {
    return { code: "change-set-invalid", subject: "change", found: "refused without a reason" };
  }
  const more = refusals.length - 1;
  return more === 0 ? first : { ...first, found: `${first.found ?? "refused"}, and ${more} more` };
}

/** The existing part of a change, to keep with a refusal. */
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
