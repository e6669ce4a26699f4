import type { Library } from "../actions/library.ts";
import { StartupFailure } from "./failures.ts";
import type { CacheMode } from "./overlay.ts";
import { type PermissionRequest, permissionExcess } from "./permissions.ts";
import type { JobDefinition, WorkflowFile } from "./workflow-model.ts";

/** A workflow with every workflow it calls, checked as a whole before its first job. */
export interface PlannedWorkflow {
  readonly workflow: WorkflowFile;
  /** Every job comes after those it needs. */
  readonly jobs: readonly PlannedJob[];
}

export interface PlannedJob {
  readonly job: JobDefinition;
  /** Ids of all jobs it waits for, directly or not; success() and failure() check all of them. */
  readonly ancestors: readonly string[];
  readonly permissions: PermissionRequest;
  readonly cacheMode: CacheMode | undefined;
  readonly called: PlannedWorkflow | undefined;
}

/** Limits of reusable workflows, the top file included in the levels. Source: docs.github.com reusing-workflow-configurations */
const MAXIMUM_LEVELS = 10;

const MAXIMUM_WORKFLOWS = 50;

export interface Caller {
  readonly granted: PermissionRequest;
  readonly cacheMode: CacheMode | undefined;
  /** Name of the callee in errors: the path of the top file and `uses`. */
  readonly file: WorkflowFile;
  readonly job: JobDefinition;
}

export interface Planning {
  readonly library: Library;
  readonly level: number;
  readonly seen: Set<string>;
}

export function checkSize(workflow: WorkflowFile, planning: Planning): void {
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

export function refuseExcess(
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
