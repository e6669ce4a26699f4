import { type JobOfRun, renderJob } from "../render/job.ts";
import {
  type Answer,
  integerParameter,
  type RepositoryRequest,
  type RepositoryRoutes,
} from "./api.ts";
import { pageHeaders, slicePage } from "./paging.ts";
import { notFound } from "./refusals.ts";

/** Every job of the repository's runs, of all their attempts. */
export function jobsOf(request: RepositoryRequest): readonly JobOfRun[] {
  const runs = request.twin.runs?.list(request.repository.fullName) ?? [];
  return runs.flatMap((run) => (run.jobs ?? []).map((job) => ({ run, job })));
}

function listOfRun(request: RepositoryRequest): Answer {
  const { query, repository, twin } = request;
  const id = integerParameter(request, "run_id");
  const runs = twin.runs?.list(repository.fullName) ?? [];
  if (!runs.some((run) => run.id === id)) throw notFound();
  const ofRun = jobsOf(request).filter(({ run }) => run.id === id);
  const isAll = query.get("filter") === "all";
  const found = ofRun.filter(({ run, job }) => isAll || job.attempt === run.attempt);
  return {
    status: 200,
    body: {
      total_count: found.length,
      jobs: slicePage(found, query).map((one) => renderJob(twin, repository, one)),
    },
    headers: pageHeaders(request, found.length),
  };
}

const DIRECT = "direct";

/** GitHub redirects to a store of its own, and the twin to itself. */
function showLog(request: RepositoryRequest): Answer {
  const id = integerParameter(request, "job_id");
  const found = jobsOf(request).find(({ job }) => job.id === id);
  if (found === undefined) throw notFound();
  if (!request.query.has(DIRECT)) {
    return { status: 302, headers: { location: `${request.address}?${DIRECT}=1` } };
  }
  const { job } = found;
  const at = job.startedAt ?? found.run.createdAt;
  const stamp = `${at.replace(/(?:\.\d+)?Z$/, "")}.0000000Z`;
  const text = job.log.map((line) => `${stamp} ${line}\n`).join("");
  return {
    status: 200,
    bytes: Buffer.from(text),
    headers: { "content-type": "text/plain; charset=utf-8" },
  };
}

export const jobRoutes = {
  "GET /repos/{owner}/{repo}/actions/runs/{run_id}/jobs": listOfRun,
  "GET /repos/{owner}/{repo}/actions/jobs/{job_id}/logs": showLog,
} as const satisfies RepositoryRoutes;
