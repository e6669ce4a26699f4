import {
  at,
  entriesOf,
  parseWorkflow,
  type WorkflowText,
} from "../../../control/exposure/workflow-holdings.ts";
import { WORKFLOW } from "../files.ts";
import type { InitPlan } from "../record.ts";
import type { WorkTree } from "../tree/work-tree.ts";

/** A file of a repository named millwright, whoever owns it; a factory.yml of any repository; or a copy that `init --vendor` made. */
const CALLED =
  /^(?:[\w.-]+\/millwright\/|(?=\S*\/(?:millwright-[\w.-]+|factory)\.yml(?:@|$))(?:\S+\/)?)\.github\/workflows\/(?:millwright-)?(?<file>[\w.-]+\.ya?ml)(?:@|$)/;

/** The files of Millwright that the jobs of a workflow call, at a pin or as a copy. One that cannot be read calls none. */
export function calledOfMillwright(file: WorkflowText): readonly string[] {
  return entriesOf(at(parseWorkflow(file), "jobs")).flatMap(([, job]) => {
    const uses = at(job, "uses");
    return typeof uses === "string" ? (CALLED.exec(uses)?.groups?.file ?? []) : [];
  });
}

/** Whether a workflow starts the factory. Of one that cannot be read nothing else is said. */
export function isStart(file: WorkflowText): boolean {
  return parseWorkflow(file) === undefined || calledOfMillwright(file).includes("factory.yml");
}

/** Whether the workflow is there and starts the factory, at a pin or as a copy. */
export function isCalledBy({ files }: InitPlan, tree: WorkTree): boolean {
  const fate = files.find(({ path }) => path === WORKFLOW)?.fate;
  if (fate === "removed") return false;
  const text = new TextDecoder().decode(tree.read(WORKFLOW));
  return fate !== "kept" || isStart({ path: WORKFLOW, text });
}
