import { findWorkflow, workflowId } from "../git/workflow-file.ts";
import { type NumberedRun, renderRun } from "../render/run.ts";
import {
  type Answer,
  created,
  integerParameter,
  ok,
  parameter,
  type RepositoryRequest,
  type RepositoryRoutes,
  refuseFilters,
} from "./api.ts";
import { pageHeaders, slicePage } from "./paging.ts";
import { ApiRefusal, notFound } from "./refusals.ts";

const NOT_FILTERED = ["created", "check_suite_id"];

/** The repository's runs, oldest first, each with its number among the runs of its workflow. */
function runsOf(request: RepositoryRequest): NumberedRun[] {
  const runs = request.twin.runs?.list(request.repository.fullName) ?? [];
  const counts = new Map<string, number>();
  return [...runs]
    .sort((left, right) => left.id - right.id)
    .map((summary) => {
      const number = (counts.get(summary.path) ?? 0) + 1;
      counts.set(summary.path, number);
      return { summary, number };
    });
}

function passes({ summary }: NumberedRun, query: URLSearchParams): boolean {
  const equals = (name: string, ...values: (string | null)[]): boolean => {
    const wanted = query.get(name);
    return wanted === null || values.includes(wanted);
  };
  return (
    equals("actor", summary.actor) &&
    equals("branch", summary.headBranch) &&
    equals("event", summary.event) &&
    equals("head_sha", summary.headSha) &&
    equals("status", summary.status, summary.conclusion)
  );
}

async function listed(request: RepositoryRequest, runs: readonly NumberedRun[]): Promise<Answer> {
  const { query, repository, twin } = request;
  refuseFilters(request, NOT_FILTERED);
  const found = runs.filter((run) => passes(run, query)).reverse();
  const page = slicePage(found, query);
  return {
    status: 200,
    body: {
      total_count: found.length,
      workflow_runs: await Promise.all(page.map((run) => renderRun(twin, repository, run))),
    },
    headers: pageHeaders(request, found.length),
  };
}

/** A workflow is known by its file on the default branch, or by its earlier runs. */
async function listOfWorkflow(request: RepositoryRequest): Promise<Answer> {
  const { repository } = request;
  const wanted = parameter(request, "workflow_id");
  const runs = runsOf(request);
  const path =
    (await findWorkflow(repository, wanted)) ??
    runs.find(
      ({ summary }) =>
        summary.path.endsWith(`/${wanted}`) ||
        String(workflowId(repository, summary.path)) === wanted,
    )?.summary.path;
  if (path === undefined) throw notFound();
  return listed(
    request,
    runs.filter(({ summary }) => summary.path === path),
  );
}

/** Like pressing the button: the run begins, or there is nothing to approve. */
function approveRun(request: RepositoryRequest): Answer {
  const { summary } = findRun(request);
  if (request.twin.runs?.approve?.(request.repository.fullName, summary.id)) return created({});
  throw new ApiRefusal(403, "This run is not waiting for approval");
}

function findRun(request: RepositoryRequest): NumberedRun {
  const id = integerParameter(request, "run_id");
  const run = runsOf(request).find(({ summary }) => summary.id === id);
  if (run === undefined) throw notFound();
  return run;
}

function cancelRun(request: RepositoryRequest): Answer {
  const { summary } = findRun(request);
  const accepted = request.twin.runs?.cancel(request.repository.fullName, summary.id) ?? false;
  if (accepted) return { status: 202, body: {} };
  throw new ApiRefusal(409, "Cannot cancel a workflow run that is completed.");
}

/** Both kinds are answered 201 with an empty body; a run under way cannot be restarted. */
function rerun(which: "all" | "failed") {
  return (request: RepositoryRequest): Answer => {
    const { summary } = findRun(request);
    const { runs } = request.twin;
    if (runs?.rerun?.(request.repository.fullName, summary.id, which)) return created({});
    throw new ApiRefusal(403, "The workflow run cannot be retried");
  };
}

export const runRoutes = {
  "GET /repos/{owner}/{repo}/actions/workflows/{workflow_id}/runs": listOfWorkflow,
  "GET /repos/{owner}/{repo}/actions/runs": (request) => listed(request, runsOf(request)),
  "GET /repos/{owner}/{repo}/actions/runs/{run_id}": async (request) =>
    ok(await renderRun(request.twin, request.repository, findRun(request))),
  "POST /repos/{owner}/{repo}/actions/runs/{run_id}/approve": approveRun,
  "POST /repos/{owner}/{repo}/actions/runs/{run_id}/cancel": cancelRun,
  "POST /repos/{owner}/{repo}/actions/runs/{run_id}/rerun": rerun("all"),
  "POST /repos/{owner}/{repo}/actions/runs/{run_id}/rerun-failed-jobs": rerun("failed"),
} as const satisfies RepositoryRoutes;
