import type { z } from "zod";
import type { GlobalRouteName, RepositoryRouteName } from "../routes.ts";
import { type IssueState, isPullRequest, type PullRequestState } from "../state/issue-state.ts";
import type { Caller, IdentifiedCaller, RepositoryState, Twin } from "../state/state.ts";
import type { RepositoryRole } from "../twin-github.ts";
import { ApiRefusal, notFound, unprocessable } from "./refusals.ts";

export interface ApiRequest {
  readonly twin: Twin;
  readonly caller: Caller;
  readonly parameters: Readonly<Record<string, string>>;
  readonly query: URLSearchParams;
  readonly body: unknown;
  readonly accept: string;
  /** The request's own address without its query, for Link headers. */
  readonly address: string;
}

export interface RepositoryRequest extends ApiRequest {
  readonly repository: RepositoryState;
  readonly role: RepositoryRole;
}

export interface Answer {
  readonly status: number;
  readonly body?: unknown;
  /** Sent unchanged instead of `body` as JSON. */
  readonly bytes?: Buffer;
  readonly headers?: Readonly<Record<string, string>>;
}

export type Handler<Request> = (request: Request) => Promise<Answer> | Answer;
export type RepositoryHandler = Handler<RepositoryRequest>;
export type RepositoryRoutes = Readonly<Partial<Record<RepositoryRouteName, RepositoryHandler>>>;
export type GlobalRoutes = Readonly<Record<GlobalRouteName, Handler<ApiRequest>>>;

const RANK: Readonly<Record<RepositoryRole, number>> = {
  read: 0,
  triage: 1,
  write: 2,
  maintain: 3,
  admin: 4,
};

export function reaches(role: RepositoryRole, needed: RepositoryRole): boolean {
  return RANK[role] >= RANK[needed];
}

export function ok(body: unknown): Answer {
  return { status: 200, body };
}

export function created(body: unknown): Answer {
  return { status: 201, body };
}

export const NO_CONTENT: Answer = { status: 204 };

export function parameter(request: ApiRequest, name: string): string {
  return request.parameters[name] ?? "";
}

/** The caller. Anonymous callers never pass the check of a write, so this only guards against a mistake here. */
export function identified(request: ApiRequest): IdentifiedCaller {
  if (request.caller.kind === "anonymous") throw new ApiRefusal(401, "Requires authentication");
  return request.caller;
}

/** Whether the caller may act with `role`. A job's token has passed its own check and counts as write. */
export function actsAs(request: RepositoryRequest, role: RepositoryRole): boolean {
  return "grant" in request.caller || reaches(request.role, role);
}

/** Parses a request body, or answers as GitHub does for an invalid one. */
export function parseBody<Schema extends z.ZodType>(
  request: ApiRequest,
  schema: Schema,
): z.infer<Schema> {
  const parsed = schema.safeParse(request.body ?? {});
  if (parsed.success) return parsed.data;
  const sentences = parsed.error.issues.map((issue) => {
    const path = ["properties", ...issue.path.map(String)].join("/");
    return `For '${path}', ${issue.message}.`;
  });
  throw new ApiRefusal(422, `Invalid request.\n\n${sentences.join("\n")}`);
}

/** An ignored filter would return too much, so the twin refuses unknown ones. */
export function refuseFilters(request: ApiRequest, unknown: readonly string[]): void {
  const given = unknown.find((name) => request.query.has(name));
  if (given !== undefined) throw unprocessable(`The twin does not filter by ${given}.`);
}

export function integerParameter(request: ApiRequest, name: string): number {
  const text = parameter(request, name);
  if (!/^[1-9]\d{0,14}$/.test(text)) throw notFound();
  return Number(text);
}

/** Source: docs.github.com/en/rest/issues/issues#get-an-issue */
function moved(
  { twin }: RepositoryRequest,
  { repository, number }: NonNullable<IssueState["movedTo"]>,
): ApiRefusal {
  const location = `${twin.origin}/repos/${repository}/issues/${number}`;
  return new ApiRefusal(301, "Moved Permanently", { headers: { location } });
}

export function findIssue(request: RepositoryRequest): IssueState {
  const issue = request.repository.issues.get(integerParameter(request, "issue_number"));
  if (issue === undefined) throw notFound();
  if (issue.movedTo !== undefined) throw moved(request, issue.movedTo);
  return issue;
}

export function findPull(request: RepositoryRequest): PullRequestState {
  const issue = request.repository.issues.get(integerParameter(request, "pull_number"));
  if (issue === undefined || !isPullRequest(issue)) throw notFound();
  return issue;
}
