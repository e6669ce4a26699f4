import type { Library } from "../actions/library.ts";
import { StartupFailure } from "./failures.ts";
import { checkCall } from "./inputs.ts";
import { type CacheMode, narrowCacheMode } from "./overlay.ts";
import {
  DEFAULT_PERMISSIONS,
  intersectPermissions,
  type PermissionRequest,
  permissionExcess,
} from "./permissions.ts";
import type { JobDefinition, WorkflowFile } from "./workflow-model.ts";

/** A workflow with every workflow it calls, checked as a whole before its first job. */
export interface PlannedWorkflow {
  readonly workflow: WorkflowFile;
  /** In an order in which every job stands behind those it needs. */
  readonly jobs: readonly PlannedJob[];
}

export interface PlannedJob {
  readonly job: JobDefinition;
  /** Ids of all jobs it waits for, directly or not: success() and failure() look at all of them. */
  readonly ancestors: readonly string[];
  readonly permissions: PermissionRequest;
  readonly cacheMode: CacheMode | undefined;
  readonly called: PlannedWorkflow | undefined;
}

/** Limits of reusable workflows, the top file included in the levels. Source: docs.github.com reusing-workflow-configurations */
const MAXIMUM_LEVELS = 10;
const MAXIMUM_WORKFLOWS = 50;

interface Caller {
  readonly granted: PermissionRequest;
  readonly cacheMode: CacheMode | undefined;
  /** How the callee is named in errors: the path of the top file and `uses`. */
  readonly file: WorkflowFile;
  readonly job: JobDefinition;
}

interface Planning {
  readonly library: Library;
  readonly level: number;
  readonly seen: Set<string>;
}

/**
 * Follows every `uses` of every job, whether its `if` will be met or not, as GitHub does.
 * @throws {StartupFailure | InvalidWorkflow} in GitHub's words where it has them.
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
      throw new StartupFailure(`${place}: ${error instanceof Error ? error.message : error}`, {
        cause: error,
      });
    });
  checkCall(caller.job, callee, caller.file);
  return planWorkflow(callee, caller, { ...planning, level: planning.level + 1 });
}

function checkSize(workflow: WorkflowFile, planning: Planning): void {
  if (planning.level > MAXIMUM_LEVELS) {
    throw new StartupFailure(
      `${workflow.path}: reusable workflows are nested more than ${MAXIMUM_LEVELS} levels deep. Does a workflow call itself?`,
    );
  }
  planning.seen.add(`${workflow.source.repository}/${workflow.path}@${workflow.source.commit}`);
  if (planning.seen.size > MAXIMUM_WORKFLOWS + 1) {
    throw new StartupFailure(`one run can call at most ${MAXIMUM_WORKFLOWS} reusable workflows`);
  }
}

function refuseExcess(
  asked: PermissionRequest | undefined,
  caller: Caller | undefined,
  who: string,
): void {
  const excess =
    asked === undefined || caller === undefined
      ? undefined
      : permissionExcess(asked, caller.granted);
  if (excess !== undefined && caller !== undefined) {
    throw new StartupFailure(
      `${caller.file.path} (Line: ${caller.job.line}): Error calling workflow '${caller.job.uses}'. ${who} is requesting '${excess.requested}', but is only allowed '${excess.allowed}'. Grant it in 'permissions' of job '${caller.job.id}' or ask for less`,
    );
  }
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
