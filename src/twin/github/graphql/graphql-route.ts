import { GraphQLError } from "graphql";
import { z } from "zod";
import type { RestRoutes } from "../call.ts";
import { refusalAnswer } from "../http-answer.ts";
import { nodeId } from "../render/account.ts";
import { type Answer, type ApiRequest, identified, ok, parseBody, reaches } from "../routes/api.ts";
import { ApiRefusal } from "../routes/refusals.ts";
import { methodOf, type RouteName, routerPath, templateOf } from "../routes.ts";
import { grants, roleIn } from "../state/access.ts";
import type { ReviewCommentState } from "../state/issue-state.ts";
import { rateHeaders, readPoints, spendPoints } from "../state/rate-limit.ts";
import { findRepository, type RepositoryState, type Twin } from "../state/state.ts";
import type { Account } from "../twin-github.ts";
import { answerQuestion } from "./answer.ts";
import { discussionsIn } from "./discussions.ts";
import type { NamedNode } from "./mutations.ts";
import { pinnedIn, setPinned } from "./pins.ts";
import { Broken, type Rest } from "./rest.ts";

const QuestionBody = z.object({
  query: z.string(),
  variables: z.record(z.string(), z.unknown()).nullish(),
});

const MERGE = "PUT /repos/{owner}/{repo}/pulls/{pull_number}/merge" satisfies RouteName;

/** Executes a route for a caller, after the checks of HTTP. */
type Dispatch = (route: RouteName, request: ApiRequest, routes: RestRoutes) => Promise<Answer>;

/**
 * `POST /graphql`: GitHub's schema over the routes of REST, with the same caller and permissions.
 */
export function graphqlRoute(
  served: () => RestRoutes,
  dispatch: Dispatch,
  order: readonly RouteName[],
) {
  const table = order.map((route) => ({ route, pattern: patternOf(route) }));
  const routesOf =
    (request: ApiRequest, repository: string) => async (asked: string, body?: unknown) => {
      const [method = "", address = ""] = asked.split(" ");
      const url = new URL(
        `/repos/${repository}${address === "/" ? "" : address}`,
        request.twin.origin,
      );
      const path = decodeURIComponent(url.pathname);
      const found = table.find(
        ({ route, pattern }) => methodOf(route) === method && pattern.test(path),
      );
      if (found === undefined) throw new Error(`The twin's GraphQL asked for ${asked}.`);
      const parameters = { ...found.pattern.exec(path)?.groups };
      const inner = { ...request, parameters, query: url.searchParams, body };
      const done = async () => {
        const isExposed = request.caller.kind === "job" || request.caller.kind === "app";
        if (found.route === MERGE && isExposed) {
          request.twin.sky.assertMergeable(parameters.pull_number ?? "");
        }
        return await dispatch(found.route, { ...inner, address: url.pathname }, served());
      };
      const answer = await done().catch(refusalAnswer);
      return { status: answer.status, body: answer.body, link: answer.headers?.link ?? "" };
    };
  const restOf = (request: ApiRequest, repository: string): Rest =>
    Object.assign(routesOf(request, repository), {
      resolver: (comment: number) => resolverOf(request.twin, repository, comment),
      pinned: () => pinnedIn(request.twin, repository),
      discussions: () => discussionsIn(request, repository),
      moved: (number: number) => {
        const to = findRepository(request.twin, repository)?.issues.get(number)?.movedTo;
        return to && { rest: restOf(request, to.repository), number: to.number };
      },
      canonical: (event: number) => canonicalOf(request.twin, repository, event),
    });
  return async (request: ApiRequest): Promise<Answer> => {
    const { twin } = request;
    const caller = identified(request);
    const { query, variables } = parseBody(request, QuestionBody);
    try {
      const answer = await answerQuestion(
        { query, ...(variables == null ? {} : { variables }) },
        {
          rest: (repository) => restOf(request, repository),
          node: (id) => {
            const node = findNode(request, id);
            return node && ({ ...node.found, rest: restOf(request, node.repository) } as NamedNode);
          },
          spend: (points) => spendPoints(twin, caller, points),
        },
      );
      const headers = {
        ...rateHeaders(readPoints(twin, caller)),
        "x-ratelimit-resource": "graphql",
      };
      return { ...ok(answer), headers };
    } catch (error: unknown) {
      if (error instanceof Broken) throw new ApiRefusal(502, error.message);
      throw error;
    }
  };
}

/** The object of an id, of the ids that the routes show. */
function findNode(request: ApiRequest, id: string) {
  for (const repository of request.twin.repositories.values()) {
    const found = nodeIn(request, repository, id) ?? threadIn(request, repository, id);
    if (found !== undefined) return { repository: repository.fullName, found };
  }
  return undefined;
}

type Distributed<Node> = Node extends unknown ? Omit<Node, "rest"> : never;

function threadsOf({ issues }: RepositoryState): readonly ReviewCommentState[] {
  const written = [...issues.values()].flatMap(({ pull }) => pull?.reviewComments ?? []);
  return written.filter(({ inReplyTo }) => inReplyTo === undefined);
}

function resolverOf(twin: Twin, repository: string, comment: number): Account | undefined {
  const found = twin.repositories.get(repository.toLowerCase());
  return found && threadsOf(found).find(({ id }) => id === comment)?.resolvedBy;
}

function canonicalOf(twin: Twin, repository: string, event: number): number | undefined {
  const issues = twin.repositories.get(repository.toLowerCase())?.issues.values() ?? [];
  return [...issues].flatMap(({ events }) => events).find(({ id }) => id === event)?.canonical;
}

/** A job's token needs `contents: write` for it. Source: github.com/github/gh-aw/issues/35726 */
function threadIn(
  { caller }: ApiRequest,
  repository: RepositoryState,
  id: string,
): Distributed<NamedNode> | undefined {
  const thread = threadsOf(repository).find((one) => nodeId("PRRT", one.id) === id);
  if (thread === undefined) return undefined;
  if (caller.kind === "anonymous") return undefined;
  const isAllowed =
    caller.kind === "job" || caller.kind === "app"
      ? grants(caller.grant.permissions, "contents:write")
      : reaches(roleIn(repository, caller) ?? "read", "write");
  return {
    kind: "thread",
    resolve() {
      if (!isAllowed) {
        const message = "Resource not accessible by integration";
        throw new GraphQLError(message, { extensions: { type: "FORBIDDEN" } });
      }
      thread.resolvedBy = caller.account;
    },
  };
}

function nodeIn(
  request: ApiRequest,
  repository: RepositoryState,
  id: string,
): Distributed<NamedNode> | undefined {
  if (nodeId("R", repository.id) === id) return { kind: "repository" };
  const label = [...repository.labels.values()].find((one) => nodeId("LA", one.id) === id);
  if (label !== undefined) return { kind: "label", label: label.name };
  for (const issue of repository.issues.values()) {
    const { number, id: own, pull, pullId, comments } = issue;
    const setPin = (wanted: boolean) => setPinned(request, repository, { issue, wanted });
    if (pull === undefined && nodeId("I", own) === id) return { kind: "issue", number, setPin };
    if (pull !== undefined && nodeId("PR", pullId) === id) return { kind: "pull", number };
    const comment = comments.find((one) => nodeId("IC", one.id) === id)?.id;
    if (comment !== undefined) return { kind: "comment", issue: number, comment };
  }
  return undefined;
}

/** "/repos/:owner/:ref{.+}" as a regular expression. */
function patternOf(route: RouteName): RegExp {
  const source = routerPath(templateOf(route))
    .replaceAll(/:(\w+)\{\.\+\}/g, "(?<$1>.+)")
    .replaceAll(/:(\w+)/g, "(?<$1>[^/]+)");
  return new RegExp(`^${source}$`);
}
