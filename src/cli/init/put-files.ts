import type { Choices } from "./choices.ts";
import type { HandedIn, HandIn } from "./hand-in/hand-in.ts";
import { type InitPlan, RECORD } from "./record.ts";
import type { WorkTree } from "./tree/work-tree.ts";
import { pathsOf, writePlan } from "./write-plan.ts";

/** What came of a plan. */
export interface Put {
  /** Whether anything was written, here or on a branch. */
  readonly writes: boolean;
  /** What lies in the work tree now and is not committed. */
  readonly written: readonly string[];
  readonly handedIn?: HandedIn;
}

/** Writes what is missing where the person says yes: into the work tree, or, where they want one, on a branch. */
export async function putFiles(
  plan: InitPlan,
  about: {
    readonly tree: WorkTree;
    readonly handIn: HandIn | undefined;
    readonly choices: Choices;
    readonly dryRun: boolean;
  },
): Promise<Put> {
  const { tree, handIn, choices, dryRun } = about;
  const count = handIn?.count(plan) ?? pathsOf(plan).length;
  const isOpen = !dryRun && (plan.record !== undefined || count > 0);
  const writes = isOpen && (await choices.write(count, handIn?.branch));
  if (isOpen && !writes) return { writes, written: [] };
  if (writes) writePlan(tree, plan);
  if (handIn === undefined) return { writes, written: writes ? [...pathsOf(plan), RECORD] : [] };
  const handedIn = await handIn.finish(plan, { dryRun });
  return { writes, written: [], ...(handedIn === undefined ? {} : { handedIn }) };
}
