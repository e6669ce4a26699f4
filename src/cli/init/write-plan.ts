import { recordText } from "./open-record.ts";
import { type InitPlan, RECORD } from "./record.ts";
import type { WorkTree } from "./tree/work-tree.ts";

/** First what will be written, so that a run that is ended here can be taken back or finished; the word that it is done last. */
export function writePlan(tree: WorkTree, plan: InitPlan): void {
  if (plan.record === undefined) return;
  tree.write(RECORD, recordText(plan.record));
  for (const { path, text, fate } of plan.files) if (fate === "written") tree.write(path, text);
  tree.write(RECORD, recordText({ ...plan.record, complete: true }));
}

export function pathsOf(plan: InitPlan): readonly string[] {
  return plan.files.filter(({ fate }) => fate === "written").map(({ path }) => path);
}
