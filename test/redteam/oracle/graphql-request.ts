import { type FieldNode, Kind, parse, type ValueNode } from "graphql";
import type { SeenRequest } from "../observation.ts";

type Variables = Readonly<Record<string, unknown>>;
type Said = Pick<SeenRequest, "method" | "path" | "body">;

/** Where the ids of nodes lead: the repository that was observed. */
export interface Place {
  readonly repository: string;
  readonly repositoryId: number;
  /** Numbers of its issues, by their ids. */
  readonly issues: ReadonlyMap<number, number>;
  /** Numbers of its pull requests, by their ids, which are others than those of them as issues. */
  readonly pulls: ReadonlyMap<number, number>;
  /** Ids of the comments on them. */
  readonly comments: ReadonlySet<number>;
  /** Names of its labels, by their ids. */
  readonly labels: ReadonlyMap<number, string>;
}

/**
 * A request of GraphQL as the requests of REST that ask or do the same, for the oracle to judge by one table. What is not
 * known here stays a post to an address that no station may write to.
 */
export function asRest(request: SeenRequest, place: Place): readonly SeenRequest[] {
  if (request.path !== "/graphql" || request.method !== "POST") return [request];
  const { query, variables = {} } = JSON.parse(request.body) as {
    readonly query: string;
    readonly variables?: Variables;
  };
  return parse(query)
    .definitions.flatMap((one) => (one.kind === Kind.OPERATION_DEFINITION ? [one] : []))
    .flatMap(({ operation, selectionSet }) =>
      selectionSet.selections.map((field) => {
        if (field.kind !== Kind.FIELD) return request;
        const said =
          operation === "query" ? readOf(field, variables) : writeOf(field, variables, place);
        return { ...request, ...said };
      }),
    );
}

function readOf(field: FieldNode, variables: Variables): Partial<Said> {
  if (field.name.value !== "repository") return {};
  const { owner, name } = argumentsOf(field, variables);
  return { method: "GET", path: `/repos/${String(owner)}/${String(name)}`, body: "" };
}

/** A change as the request of REST that does the same; empty where an id leads to nothing that was observed. */
function writeOf(field: FieldNode, variables: Variables, place: Place): Partial<Said> {
  const { input = {} } = argumentsOf(field, variables) as { readonly input?: Variables };
  const { clientMutationId: _, ...asked } = input;
  const said = WRITES[field.name.value]?.(asked, place);
  if (said === undefined || said.path.includes("undefined")) return {};
  const path = `/repos/${place.repository}${said.path}`;
  return { method: said.method, path, body: JSON.stringify(said.body) };
}

interface Write {
  readonly method: "POST" | "PUT" | "PATCH";
  /** Below the repository; it holds "undefined" where an id leads nowhere. */
  readonly path: string;
  readonly body: Variables;
}

const WRITES: Readonly<Record<string, (input: Variables, place: Place) => Write>> = {
  addComment: ({ subjectId, ...body }, { issues }) => ({
    method: "POST",
    path: `/issues/${issues.get(numberIn("I", subjectId))}/comments`,
    body,
  }),
  updateIssueComment({ id, ...body }, { comments }) {
    const comment = numberIn("IC", id);
    const known = comments.has(comment) ? comment : undefined;
    return { method: "PATCH", path: `/issues/comments/${known}`, body };
  },
  addLabelsToLabelable: labelled,
  removeLabelsFromLabelable: labelled,
  closeIssue: ({ issueId, stateReason, ...rest }, { issues }) => ({
    method: "PATCH",
    path: `/issues/${issues.get(numberIn("I", issueId))}`,
    body: { ...rest, state: "closed", state_reason: lowered(stateReason) },
  }),
  resolveReviewThread: ({ threadId, ...body }) => ({
    method: "PUT",
    path: `/pulls/threads/${numberIn("PRRT", threadId)}/resolved`,
    body,
  }),
  createLabel: ({ repositoryId, ...body }, place) => ({
    method: "POST",
    path: `${here(repositoryId, place)}/labels`,
    body,
  }),
  createPullRequest: ({ repositoryId, baseRefName, headRefName, ...rest }, place) => ({
    method: "POST",
    path: `${here(repositoryId, place)}/pulls`,
    body: { ...rest, base: baseRefName, head: headRefName },
  }),
  createCheckRun({ repositoryId, headSha, externalId, status, conclusion, ...rest }, place) {
    const body = {
      ...rest,
      head_sha: headSha,
      external_id: externalId,
      status: lowered(status),
      conclusion: lowered(conclusion),
    };
    return { method: "POST", path: `${here(repositoryId, place)}/check-runs`, body };
  },
  mergePullRequest(input, { pulls }) {
    const { pullRequestId, expectedHeadOid, mergeMethod, commitHeadline, commitBody, ...rest } =
      input;
    const body = {
      ...rest,
      sha: expectedHeadOid,
      merge_method: lowered(mergeMethod),
      commit_title: commitHeadline,
      commit_message: commitBody,
    };
    return {
      method: "PUT",
      path: `/pulls/${pulls.get(numberIn("PR", pullRequestId))}/merge`,
      body,
    };
  },
};

/** What is put on and what is taken off are labels alike: of a closed set, on an issue of the factory's. */
function labelled({ labelableId, labelIds, ...rest }: Variables, { issues, labels }: Place): Write {
  const ids = Array.isArray(labelIds) ? labelIds : [];
  return {
    method: "PUT",
    path: `/issues/${issues.get(numberIn("I", labelableId))}/labels`,
    body: { ...rest, labels: ids.map((id) => labels.get(numberIn("LA", id)) ?? String(id)) },
  };
}

function here(repositoryId: unknown, place: Place): string {
  return numberIn("R", repositoryId) === place.repositoryId ? "" : "/undefined";
}

function lowered(value: unknown): unknown {
  return typeof value === "string" ? value.toLowerCase() : value;
}

/** The number in an id of the twin's. */
function numberIn(kind: string, id: unknown): number {
  const inner = Buffer.from(String(id).slice(kind.length + 1), "base64url").toString("utf8");
  return inner.startsWith(`${kind}:`) ? Number(inner.slice(kind.length + 1)) : Number.NaN;
}

function argumentsOf(field: FieldNode, variables: Variables): Variables {
  const given = field.arguments ?? [];
  return Object.fromEntries(
    given.map(({ name, value }) => [name.value, givenOf(value, variables)]),
  );
}

function givenOf(value: ValueNode, variables: Variables): unknown {
  switch (value.kind) {
    case Kind.VARIABLE:
      return variables[value.name.value];
    case Kind.OBJECT:
      return Object.fromEntries(
        value.fields.map((field) => [field.name.value, givenOf(field.value, variables)]),
      );
    case Kind.LIST:
      return value.values.map((one) => givenOf(one, variables));
    case Kind.NULL:
      return null;
    default:
      return value.value;
  }
}
