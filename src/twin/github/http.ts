import { type Context, Hono } from "hono";
import { type Call, isWrite, type RestRoutes } from "./call.ts";
import { CREATING, changesIn } from "./graphql/changes.ts";
import { refusalAnswer, respond } from "./http-answer.ts";
import { callerOf, numberedIssue, requestOf } from "./http-request.ts";
import type { Answer, ApiRequest } from "./routes/api.ts";
import { ApiRefusal, notFound, refusalBody } from "./routes/refusals.ts";
import {
  type GlobalRouteName,
  GRAPHQL,
  methodOf,
  ROUTES,
  type RouteName,
  type RouteRule,
  routerPath,
  templateOf,
} from "./routes.ts";
import { assertMayUse, authenticate, roleIn } from "./state/access.ts";
import { spendRequest } from "./state/rate-limit.ts";
import { type Caller, findRepository, serialise, type Twin } from "./state/state.ts";
import type { Exposed } from "./weather/sky.ts";

function isGlobal(route: RouteName): route is GlobalRouteName {
  return !templateOf(route).startsWith("/repos/");
}

/** A route's answer to this caller, before HTTP. */
export async function dispatch(
  route: RouteName,
  request: ApiRequest,
  routes: RestRoutes,
): Promise<Answer> {
  const { twin } = request;
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
  const isForeign = request.caller.kind !== "person" && role === "read";
  assertMayUse(request, { rule, write, role, issue, isForeign });
  const handle = async () => routes.repository[route]({ ...request, repository, role });
  return write ? serialise(repository, handle) : handle();
}

function assertWithinLimit(twin: Twin, route: RouteName, caller: Caller): void {
  // Asking for the limit costs nothing; GraphQL has points of its own.
  if (route === "GET /rate_limit" || route === GRAPHQL || spendRequest(twin, caller)) return;
  const whose = caller.kind === "person" ? "user" : "installation";
  throw new ApiRefusal(403, `API rate limit exceeded for ${whose}.`);
}

/** Weather affects only tokens of jobs and Apps, because the narrator of the twin must not lose a request. */
function exposedOf(
  { route, context }: Call,
  caller: Caller,
  { createsContent }: Kind,
): Exposed | undefined {
  if (caller.kind !== "job" && caller.kind !== "app") return undefined;
  const pull = context.req.param("pull_number");
  return { route, pull, createsContent };
}

interface Result extends Kind {
  readonly status: number;
  readonly began: number;
}

function record(call: Call, caller: Caller | undefined, result: Result) {
  const known = caller !== undefined && caller.kind !== "anonymous";
  call.twin.records.push({
    method: call.context.req.method,
    route: templateOf(call.route),
    path: call.context.req.path,
    status: result.status,
    actor: known ? caller.account.login : "",
    ...(caller?.kind === "job" ? { runId: caller.grant.runId, jobId: caller.grant.jobId } : {}),
    write: result.write,
    createsContent: result.createsContent,
    ...(result.changes.length === 0 ? {} : { changes: result.changes }),
    at: call.twin.now().toISOString(),
    ms: Math.round(performance.now() - result.began),
  });
}

interface Kind {
  readonly write: boolean;
  readonly createsContent: boolean;
  /** Fields of a mutation. */
  readonly changes: readonly string[];
}

/** A GraphQL query is posted, but changes nothing; the kind of a mutation is in its text. */
function kindOf(route: RouteName, body: unknown): Kind {
  const rule: RouteRule = ROUTES[route];
  const usual = { write: isWrite(route), createsContent: rule.createsContent === true };
  if (route !== GRAPHQL) return { ...usual, changes: [] };
  const changes = changesIn(String((body as { readonly query?: unknown } | undefined)?.query));
  const createsContent = changes.some((change) => CREATING.includes(change));
  return { write: changes.length > 0, createsContent, changes };
}

async function serve(call: Call): Promise<Response> {
  const began = performance.now();
  let caller: Caller | undefined;
  let answer: Answer;
  let kind = kindOf(call.route, undefined);
  try {
    caller = callerOf(call.twin, call.context);
    assertWithinLimit(call.twin, call.route, caller);
    const request = await requestOf(call, caller);
    kind = kindOf(call.route, request.body);
    const exposed = exposedOf(call, caller, kind);
    if (exposed !== undefined) call.twin.sky.assertClear(exposed);
    answer = await dispatch(call.route, request, call.routes);
    if (exposed !== undefined) call.twin.sky.assertHeard();
  } catch (error: unknown) {
    answer = refusalAnswer(error);
  }
  const response = respond(call, caller, answer);
  record(call, caller, { status: response.status, began, ...kind });
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
    ...(caller?.kind === "job" ? { runId: caller.grant.runId, jobId: caller.grant.jobId } : {}),
    write: method !== "GET",
    createsContent: false,
    at: twin.now().toISOString(),
    ms: 0,
  });
}

/**
 * Longer templates first: a ref may contain slashes and would match the rest of a longer route. Of equal length, those
 * with fewer parameters: `issues/comments` names no issue.
 */
export function inOrder(): RouteName[] {
  const depth = (route: RouteName): number => route.split("/").length;
  const open = (route: RouteName): number => route.split("{").length;
  return (Object.keys(ROUTES) as RouteName[]).sort(
    (left, right) => depth(right) - depth(left) || open(left) - open(right),
  );
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
