import { z } from "zod";
import { resolveRevision } from "../git/git.ts";
import { renderCheckRun } from "../render/check.ts";
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
import { pageHeaders, slicePage } from "./paging.ts";
import { forbidden, notFound, unprocessable, validationFailed } from "./refusals.ts";

const LONGEST_TEXT = 65_535;
const MOST_ANNOTATIONS = 50;

const CONCLUSIONS = [
  "success",
  "failure",
  "neutral",
  "cancelled",
  "skipped",
  "timed_out",
  "action_required",
] as const;

const output = z.object({
  title: z.string().optional(),
  summary: z.string(),
  text: z.string().optional(),
  annotations: z.array(z.unknown()).optional(),
});
const changeable = {
  status: z.enum(["queued", "in_progress", "completed"]).optional(),
  conclusion: z.enum(CONCLUSIONS).optional(),
  started_at: z.iso.datetime({ offset: true }).optional(),
  completed_at: z.iso.datetime({ offset: true }).optional(),
  details_url: z.string().optional(),
  external_id: z.string().optional(),
  output: output.optional(),
};
const creation = z.object({ name: z.string().min(1), head_sha: z.string(), ...changeable });
const update = z.object({ name: z.string().min(1).optional(), ...changeable });

type Fields = z.infer<typeof update>;

/** Only an App writes check runs: a job, or a bot's account. */
function assertApp(request: RepositoryRequest): void {
  if (identified(request).account.type === "Bot") return;
  throw forbidden("You must authenticate via a GitHub App.");
}

function assertOutput(fields: Fields, titleKnown: boolean): void {
  const { output: given } = fields;
  if (given === undefined) return;
  const resource = "CheckRun";
  if (!titleKnown && given.title === undefined) {
    throw validationFailed({ resource, code: "missing_field", field: "title" });
  }
  for (const field of ["summary", "text"] as const) {
    if ((given[field] ?? "").length <= LONGEST_TEXT) continue;
    const message = `${field} exceeds a maximum length of ${LONGEST_TEXT} characters`;
    throw validationFailed({ resource, code: "custom", field, message });
  }
  if ((given.annotations ?? []).length > MOST_ANNOTATIONS) {
    throw unprocessable(
      `Invalid request.\n\nNo more than ${MOST_ANNOTATIONS} items are allowed; ${given.annotations?.length} were supplied.`,
    );
  }
}

function applyOutput(run: CheckRunState, given: Fields["output"]): void {
  if (given === undefined) return;
  run.output = {
    title: given.title ?? run.output.title,
    summary: given.summary,
    text: given.text ?? run.output.text,
    // Annotations add up over requests: 50 each time.
    annotations: run.output.annotations + (given.annotations ?? []).length,
  };
}

function seconds(time: string): string {
  return `${new Date(time).toISOString().slice(0, 19)}Z`;
}

function applyState(run: CheckRunState, fields: Fields, now: string): void {
  const status = fields.conclusion === undefined ? fields.status : "completed";
  if (status === "completed" && fields.conclusion === undefined && run.conclusion === null) {
    throw unprocessable(
      "Invalid request.\n\nNo subschema in \"anyOf\" matched.\n'conclusion' wasn't supplied.",
    );
  }
  run.status = status ?? run.status;
  if (run.status !== "completed") {
    run.conclusion = null;
    run.completedAt = null;
    return;
  }
  run.conclusion = fields.conclusion ?? run.conclusion;
  const completed = fields.completed_at;
  run.completedAt = completed === undefined ? (run.completedAt ?? now) : seconds(completed);
}

function apply(request: RepositoryRequest, run: CheckRunState, fields: Fields): void {
  assertOutput(fields, run.output.title !== null);
  applyState(run, fields, timestamp(request.twin));
  run.name = fields.name ?? run.name;
  run.externalId = fields.external_id ?? run.externalId;
  run.detailsUrl = fields.details_url ?? run.detailsUrl;
  if (fields.started_at !== undefined) run.startedAt = seconds(fields.started_at);
  applyOutput(run, fields.output);
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

export const checkRoutes = {
  "POST /repos/{owner}/{repo}/check-runs": createRun,
  "GET /repos/{owner}/{repo}/check-runs/{check_run_id}": (request) =>
    ok(renderCheckRun(request.twin, request.repository, findRun(request))),
  "PATCH /repos/{owner}/{repo}/check-runs/{check_run_id}": updateRun,
  "GET /repos/{owner}/{repo}/commits/{ref}/check-runs": listRuns,
} as const satisfies RepositoryRoutes;
