import { resolveRevision } from "../git/read-refs.ts";
import { renderCheckRun } from "../render/check.ts";
import { marksOfJob, renderMark } from "../render/job.ts";
import { type CheckRunState, nextId, timestamp } from "../state/state.ts";
import {
  type Answer,
  created,
  identified,
  integerParameter,
  ok,
  parameter,
  parseBody,
  type RepositoryRequest,
  type RepositoryRoutes,
} from "./api.ts";
import { apply, creation, update } from "./check-fields.ts";
import { jobsOf } from "./jobs.ts";
import { pageHeaders, slicePage } from "./paging.ts";
import { forbidden, notFound, unprocessable } from "./refusals.ts";

/** Only an App writes check runs: a job, or a bot's account. */
function assertApp(request: RepositoryRequest): void {
  if (identified(request).account.type === "Bot") return;
  throw forbidden("You must authenticate via a GitHub App.");
}

async function createRun(request: RepositoryRequest): Promise<Answer> {
  const { repository, twin } = request;
  assertApp(request);
  const { head_sha, ...fields } = parseBody(request, creation);
  const known = /^[0-9a-f]{40}$/.test(head_sha)
    ? await resolveRevision(repository.gitDirectory, head_sha)
    : undefined;
  if (known === undefined) throw unprocessable(`No commit found for SHA: ${head_sha}`);
  const run: CheckRunState = {
    id: nextId(twin),
    author: identified(request).account,
    headSha: head_sha,
    name: fields.name,
    status: "queued",
    conclusion: null,
    startedAt: timestamp(twin),
    completedAt: null,
    externalId: null,
    detailsUrl: null,
    output: { title: null, summary: null, text: null, annotations: 0 },
    marks: [],
  };
  apply(request, run, fields);
  repository.checkRuns.set(run.id, run);
  return created(renderCheckRun(twin, repository, run));
}

function findRun(request: RepositoryRequest): CheckRunState {
  const run = request.repository.checkRuns.get(integerParameter(request, "check_run_id"));
  if (run === undefined) throw notFound();
  return run;
}

function updateRun(request: RepositoryRequest): Answer {
  assertApp(request);
  const run = findRun(request);
  if (run.author.id !== identified(request).account.id) {
    throw forbidden(
      `Invalid app_id \`${identified(request).account.id}\` - check run can only be modified by the GitHub App that created it.`,
    );
  }
  apply(request, run, parseBody(request, update));
  return ok(renderCheckRun(request.twin, request.repository, run));
}

/** Of runs with one name from one App only the newest counts, unless all are asked for. */
function newestOfEach(runs: readonly CheckRunState[]): CheckRunState[] {
  const newest = new Map(runs.map((run) => [`${run.author.id}:${run.name}`, run]));
  return runs.filter((run) => newest.get(`${run.author.id}:${run.name}`) === run);
}

async function listRuns(request: RepositoryRequest): Promise<Answer> {
  const { query, repository, twin } = request;
  const ref = parameter(request, "ref");
  const sha = await resolveRevision(repository.gitDirectory, ref);
  if (sha === undefined) throw unprocessable(`No commit found for SHA: ${ref}`);
  const name = query.get("check_name");
  const status = query.get("status");
  const ofCommit = [...repository.checkRuns.values()].filter((run) => run.headSha === sha);
  const found = (query.get("filter") === "all" ? ofCommit : newestOfEach(ofCommit))
    .filter((run) => (name ?? run.name) === run.name && (status ?? run.status) === run.status)
    .reverse();
  const runs = slicePage(found, query).map((run) => renderCheckRun(twin, repository, run));
  return {
    status: 200,
    body: { total_count: found.length, check_runs: runs },
    headers: pageHeaders(request, found.length),
  };
}

/** Of a check run, or of a job, whose number is that of its check run. */
function listMarks(request: RepositoryRequest): Answer {
  const { query, repository, twin } = request;
  const id = integerParameter(request, "check_run_id");
  const job = jobsOf(request).find((one) => one.job.id === id);
  const found =
    job === undefined
      ? { sha: findRun(request).headSha, marks: findRun(request).marks }
      : { sha: job.run.headSha, marks: marksOfJob(job.job) };
  const marks = slicePage(found.marks, query);
  return {
    status: 200,
    body: marks.map((mark) => renderMark(twin, repository, { mark, sha: found.sha })),
    headers: pageHeaders(request, found.marks.length),
  };
}

export const checkRoutes = {
  "POST /repos/{owner}/{repo}/check-runs": createRun,
  "GET /repos/{owner}/{repo}/check-runs/{check_run_id}": (request) =>
    ok(renderCheckRun(request.twin, request.repository, findRun(request))),
  "PATCH /repos/{owner}/{repo}/check-runs/{check_run_id}": updateRun,
  "GET /repos/{owner}/{repo}/check-runs/{check_run_id}/annotations": listMarks,
  "GET /repos/{owner}/{repo}/commits/{ref}/check-runs": listRuns,
} as const satisfies RepositoryRoutes;
