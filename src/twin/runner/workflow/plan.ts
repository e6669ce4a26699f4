import { messageOf } from "../../../domain/text/message-of.ts";
import type { Library } from "../actions/library.ts";
import { StartupFailure } from "./failures.ts";
import { checkCall } from "./inputs.ts";
import { narrowCacheMode } from "./overlay.ts";
import { DEFAULT_PERMISSIONS, intersectPermissions } from "./permissions.ts";
import {
  type Caller,
  checkSize,
  type PlannedJob,
  type PlannedWorkflow,
  type Planning,
  refuseExcess,
} from "./plan-limits.ts";
import type { JobDefinition, WorkflowFile } from "./workflow-model.ts";

/**
 * Follows every `uses` of every job, even if its `if` will not hold, as GitHub does. @throws {StartupFailure |
 * InvalidWorkflow} in GitHub's words if known.
 */
export function planRun(workflow: WorkflowFile, library: Library): Promise<PlannedWorkflow> {
  return planWorkflow(workflow, undefined, { library, level: 1, seen: new Set() });
}

async function planWorkflow(
  workflow: WorkflowFile,
  caller: Caller | undefined,
  planning: Planning,
): Promise<PlannedWorkflow> {
  checkSize(workflow, planning);
  refuseExcess(workflow.permissions, caller, "The workflow");
  const inherited = workflow.permissions ?? caller?.granted ?? DEFAULT_PERMISSIONS;
  const ancestors = ancestorsOf(workflow);
  const jobs: PlannedJob[] = [];
  for (const job of inOrder(workflow, ancestors)) {
    refuseExcess(job.permissions, caller, `The nested job '${job.id}'`);
    const asked = job.permissions ?? inherited;
    const permissions = caller === undefined ? asked : intersectPermissions(asked, caller.granted);
    const cacheMode = narrowCacheMode(job.cacheMode ?? workflow.cacheMode, caller?.cacheMode);
    const called =
      job.uses === undefined
        ? undefined
        : await planCall(
            job.uses,
            { granted: permissions, cacheMode, file: workflow, job },
            planning,
          );
    jobs.push({ job, ancestors: ancestors.get(job.id) ?? [], permissions, cacheMode, called });
  }
  return { workflow, jobs };
}

async function planCall(
  uses: string,
  caller: Caller,
  planning: Planning,
): Promise<PlannedWorkflow> {
  const callee = await planning.library
    .calledWorkflow(uses, caller.file.source)
    .catch((error: unknown) => {
      const place = `${caller.file.path} (Line: ${caller.job.line}): job '${caller.job.id}'`;
      throw new StartupFailure(`${place}: ${messageOf(error)}`, {
        cause: error,
      });
    });
  checkCall(caller.job, callee, caller.file);
  return planWorkflow(callee, caller, { ...planning, level: planning.level + 1 });
}

/** For each job, all jobs it waits for. */
function ancestorsOf(workflow: WorkflowFile): ReadonlyMap<string, readonly string[]> {
  const jobs = new Map(workflow.jobs.map((job) => [job.id, job]));
  const ancestors = new Map<string, readonly string[]>();
  function visit(job: JobDefinition, trail: readonly string[]): readonly string[] {
    const known = ancestors.get(job.id);
    if (known !== undefined) {
      return known;
    }
    const place = `${workflow.path} (Line: ${job.line}): job '${job.id}'`;
    if (trail.includes(job.id)) {
      throw new StartupFailure(`${place} waits for itself: ${[...trail, job.id].join(" needs ")}`);
    }
    const found = new Set<string>();
    for (const id of job.needs) {
      const needed = jobs.get(id);
      if (needed === undefined) {
        throw new StartupFailure(`${place} needs '${id}', and there is no such job`);
      }
      found.add(id);
      for (const further of visit(needed, [...trail, job.id])) {
        found.add(further);
      }
    }
    ancestors.set(job.id, [...found]);
    return [...found];
  }
  for (const job of workflow.jobs) {
    visit(job, []);
  }
  return ancestors;
}

function inOrder(
  workflow: WorkflowFile,
  ancestors: ReadonlyMap<string, readonly string[]>,
): readonly JobDefinition[] {
  const depth = (job: JobDefinition) => ancestors.get(job.id)?.length ?? 0;
  return [...workflow.jobs].sort((left, right) => depth(left) - depth(right));
}
