import { createHash } from "node:crypto";
import { type Context, Hono } from "hono";
import type { Answer, ApiRequest, GlobalRoutes, RepositoryHandler } from "./routes/api.ts";
import { ApiRefusal, notFound, refusalBody } from "./routes/refusals.ts";
import {
  type GlobalRouteName,
  methodOf,
  type RepositoryRouteName,
  ROUTES,
  type RouteName,
  type RouteRule,
  routerPath,
  templateOf,
} from "./routes.ts";
import { assertMayUse, authenticate, roleIn } from "./state/access.ts";
import { rateHeaders, readRate, refundRequest, spendRequest } from "./state/rate-limit.ts";
import {
  type Caller,
  findRepository,
  type RepositoryState,
  serialise,
  type Twin,
} from "./state/state.ts";

export interface RestRoutes {
  readonly global: GlobalRoutes;
  readonly repository: Readonly<Record<RepositoryRouteName, RepositoryHandler>>;
}

interface Call {
  readonly twin: Twin;
  readonly routes: RestRoutes;
  readonly route: RouteName;
  readonly context: Context;
}

/** Writes of REST are what is not GET; the twin serves no HEAD or OPTIONS. */
function isWrite(route: RouteName): boolean {
  return methodOf(route) !== "GET";
}

function callerOf(twin: Twin, context: Context): Caller {
  const caller = authenticate(twin, context.req.header("authorization"));
  if (caller === undefined) throw new ApiRefusal(401, "Bad credentials");
  return caller;
}

async function readBody(context: Context): Promise<unknown> {
  const text = await context.req.text();
  if (text === "") return undefined;
  try {
    return JSON.parse(text) as unknown;
  } catch {
    throw new ApiRefusal(400, "Problems parsing JSON");
  }
}

async function requestOf(call: Call, caller: Caller): Promise<ApiRequest> {
  const { req } = call.context;
  const url = new URL(req.url);
  return {
    twin: call.twin,
    caller,
    parameters: req.param() as Record<string, string>,
    query: url.searchParams,
    body: isWrite(call.route) ? await readBody(call.context) : undefined,
    accept: req.header("accept") ?? "",
    address: `${call.twin.origin}${url.pathname}`,
  };
}

function isGlobal(route: RouteName): route is GlobalRouteName {
  return !templateOf(route).startsWith("/repos/");
}

function numberedIssue(repository: RepositoryState, request: ApiRequest) {
  const { issue_number, comment_id } = request.parameters;
  if (issue_number !== undefined) return repository.issues.get(Number(issue_number));
  if (comment_id === undefined) return undefined;
  return [...repository.issues.values()].find((issue) =>
    issue.comments.some((comment) => comment.id === Number(comment_id)),
  );
}

async function dispatch(call: Call, request: ApiRequest): Promise<Answer> {
  const { route, routes, twin } = call;
  const rule: RouteRule = ROUTES[route];
  const write = isWrite(route);
  if (isGlobal(route)) {
    assertMayUse(request, { rule, write, role: "read", issue: undefined });
    if (route === "GET /user" && request.caller.kind === "anonymous") {
      throw new ApiRefusal(401, "Requires authentication");
    }
    return routes.global[route](request);
  }
  const { owner, repo } = request.parameters;
  const repository = findRepository(twin, `${owner}/${repo}`);
  const role = repository === undefined ? undefined : roleIn(repository, request.caller);
  if (repository === undefined || role === undefined) throw notFound();
  const issue = numberedIssue(repository, request);
  assertMayUse(request, { rule, write, role, issue });
  const handle = async () => routes.repository[route]({ ...request, repository, role });
  return write ? serialise(repository, handle) : handle();
}

function assertWithinLimit(twin: Twin, route: RouteName, caller: Caller): void {
  // Asking for the limit costs nothing.
  if (route === "GET /rate_limit" || spendRequest(twin, caller)) return;
  const whose = caller.kind === "job" ? "installation" : "user";
  throw new ApiRefusal(403, `API rate limit exceeded for ${whose}.`);
}

function refusalAnswer(error: unknown): Answer {
  if (error instanceof ApiRefusal) {
    return {
      status: error.status,
      body: refusalBody(error),
      headers: error.detail.headers ?? {},
    };
  }
  const reason = error instanceof Error ? (error.stack ?? error.message) : String(error);
  return { status: 500, body: { message: `The twin failed: ${reason}`, status: "500" } };
}

function bytesOf(answer: Answer): Buffer | undefined {
  if (answer.bytes !== undefined) return answer.bytes;
  return answer.body === undefined ? undefined : Buffer.from(JSON.stringify(answer.body));
}

/** Names what a reader got, so that asking again costs nothing while it stays the same. */
function tagOf(call: Call, answer: Answer, bytes: Buffer | undefined): string | undefined {
  if (bytes === undefined || answer.status !== 200 || isWrite(call.route)) return undefined;
  return `W/"${createHash("sha256").update(bytes).digest("hex")}"`;
}

function respond(call: Call, caller: Caller | undefined, answer: Answer): Response {
  const bytes = bytesOf(answer);
  const tag = tagOf(call, answer, bytes);
  const unchanged = tag !== undefined && call.context.req.header("if-none-match") === tag;
  if (unchanged && caller !== undefined) refundRequest(call.twin, caller);
  const headers = new Headers({
    "x-github-api-version-selected": "2022-11-28",
    ...(bytes === undefined ? {} : { "content-type": "application/json; charset=utf-8" }),
    ...(tag === undefined ? {} : { etag: tag }),
    ...(caller === undefined ? {} : rateHeaders(readRate(call.twin, caller))),
    ...answer.headers,
  });
  if (unchanged) return new Response(null, { status: 304, headers });
  const body = bytes === undefined ? null : new Uint8Array(bytes);
  return new Response(body, { status: answer.status, headers });
}

function record(call: Call, caller: Caller | undefined, result: { status: number; began: number }) {
  const rule: RouteRule = ROUTES[call.route];
  const known = caller !== undefined && caller.kind !== "anonymous";
  call.twin.records.push({
    method: call.context.req.method,
    route: templateOf(call.route),
    path: call.context.req.path,
    status: result.status,
    actor: known ? caller.account.login : "",
    ...(caller?.kind === "job" ? { runId: caller.grant.runId } : {}),
    write: isWrite(call.route),
    createsContent: rule.createsContent === true,
    at: call.twin.now().toISOString(),
    ms: Math.round(performance.now() - result.began),
  });
}

async function serve(call: Call): Promise<Response> {
  const began = performance.now();
  let caller: Caller | undefined;
  let answer: Answer;
  try {
    caller = callerOf(call.twin, call.context);
    assertWithinLimit(call.twin, call.route, caller);
    answer = await dispatch(call, await requestOf(call, caller));
  } catch (error: unknown) {
    answer = refusalAnswer(error);
  }
  const response = respond(call, caller, answer);
  record(call, caller, { status: response.status, began });
  return response;
}

function recordUnknown(twin: Twin, context: Context): void {
  const { method, path } = context.req;
  const caller = authenticate(twin, context.req.header("authorization"));
  twin.records.push({
    method,
    route: "unknown",
    path,
    status: 404,
    actor: caller === undefined || caller.kind === "anonymous" ? "" : caller.account.login,
    ...(caller?.kind === "job" ? { runId: caller.grant.runId } : {}),
    write: method !== "GET",
    createsContent: false,
    at: twin.now().toISOString(),
    ms: 0,
  });
}

/** Longer templates first: a ref may hold slashes and would take the rest of a longer route for its own. */
function inOrder(): RouteName[] {
  const depth = (route: RouteName): number => route.split("/").length;
  return (Object.keys(ROUTES) as RouteName[]).sort((left, right) => depth(right) - depth(left));
}

/** The REST API as a fetch handler; paths under /api/v3 are those of an enterprise server and mean the same. */
export function createRestApp(twin: Twin, routes: RestRoutes): Hono {
  const app = new Hono();
  for (const route of inOrder()) {
    const handle = (context: Context) => serve({ twin, routes, route, context });
    app.on(methodOf(route), routerPath(templateOf(route)), handle);
    app.on(methodOf(route), `/api/v3${routerPath(templateOf(route))}`, handle);
  }
  app.notFound((context) => {
    recordUnknown(twin, context);
    const message = `The twin does not serve ${context.req.method} ${context.req.path}. What it serves stands in src/twin/github/routes.ts.`;
    return context.json(refusalBody(notFound(message)), 404);
  });
  return app;
}
