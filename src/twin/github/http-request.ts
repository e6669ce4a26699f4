import type { Context } from "hono";
import { type Call, isWrite } from "./call.ts";
import type { ApiRequest } from "./routes/api.ts";
import { ApiRefusal } from "./routes/refusals.ts";
import { authenticate } from "./state/access.ts";
import type { Caller, RepositoryState, Twin } from "./state/state.ts";

/** The caller, by the token of a request. @throws the refusal 401 for an unknown token */
export function callerOf(twin: Twin, context: Context): Caller {
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

export async function requestOf(call: Call, caller: Caller): Promise<ApiRequest> {
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

export function numberedIssue(repository: RepositoryState, request: ApiRequest) {
  const { issue_number, comment_id } = request.parameters;
  if (issue_number !== undefined) return repository.issues.get(Number(issue_number));
  if (comment_id === undefined) return undefined;
  return [...repository.issues.values()].find((issue) =>
    issue.comments.some((comment) => comment.id === Number(comment_id)),
  );
}
