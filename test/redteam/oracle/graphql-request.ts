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
      selectionSet.selections.flatMap((field) => {
        if (field.kind !== Kind.FIELD) return [request];
        const said =
          operation === "query" ? [readOf(field, variables)] : writesOf(field, variables, place);
        return said.map((one) => ({ ...request, ...one }));
      }),
    );
}

function readOf(field: FieldNode, variables: Variables): Partial<Said> {
  if (field.name.value !== "repository") return {};
  const { owner, name } = argumentsOf(field, variables);
  return { method: "GET", path: `/repos/${String(owner)}/${String(name)}`, body: "" };
}

/** A change as the requests of REST that do the same; empty ones where an id leads to nothing that was observed. */
function writesOf(field: FieldNode, variables: Variables, place: Place): readonly Partial<Said>[] {
  const { input = {} } = argumentsOf(field, variables) as { readonly input?: Variables };
  const { clientMutationId: expected, ...asked } = input;
  if (field.name.value === "createCommitOnBranch") return commitOf({ ...asked, expected }, place);
  const said = WRITES[field.name.value]?.(asked, place);
  return [said === undefined ? {} : sent(said, place)];
}

function sent({ method, path, body }: Write, { repository }: Place): Partial<Said> {
  if (path.includes("undefined")) return {};
  return { method, path: `/repos/${repository}${path}`, body: JSON.stringify(body) };
}

interface Commit {
  readonly branch?: Variables;
  readonly expectedHeadOid?: unknown;
  readonly message?: { readonly headline?: unknown; readonly body?: unknown };
  readonly fileChanges?: {
    readonly additions?: readonly Variables[];
    readonly deletions?: readonly Variables[];
  };
  /** The tree that the sender says comes of it. What came of it is asked of the branch. */
  readonly expected: unknown;
}

/** A commit on a branch: a tree, a commit and a ref that moves forward. GitHub names the new commit. */
function commitOf(asked: Commit, place: Place): readonly Partial<Said>[] {
  const { branch = {}, expectedHeadOid: head, message = {}, fileChanges = {}, expected } = asked;
  const { additions = [], deletions = [], ...more } = fileChanges;
  const { branchName, repositoryNameWithOwner, ...unknown } = branch;
  const isHere = repositoryNameWithOwner === place.repository;
  if (!isHere || Object.keys({ ...more, ...unknown }).length > 0) return [{}];
  const file = { mode: "100644", type: "blob" };
  const tree = [
    ...additions.map(({ contents: content, ...rest }) => ({ ...rest, ...file, content })),
    ...deletions.map((one) => ({ ...one, ...file, sha: null })),
  ];
  const words = [message.headline, message.body].join("\n\n");
  const commit = { message: words, tree: expected, parents: [head] };
  const ref = `/git/refs/heads/${String(branchName)}`;
  return [
    sent({ method: "POST", path: "/git/trees", body: { base_tree: head, tree } }, place),
    sent({ method: "POST", path: "/git/commits", body: commit }, place),
    sent({ method: "PATCH", path: ref, body: { sha: head, force: false } }, place),
  ];
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
  pinIssue: ({ issueId, ...body }, { issues }) => ({
    method: "PUT",
    path: `/issues/${issues.get(numberIn("I", issueId))}/pin`,
    body,
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
  createRef: ({ repositoryId, name, oid, ...rest }, place) => ({
    method: "POST",
    path: `${here(repositoryId, place)}/git/refs`,
    body: { ...rest, ref: name, sha: oid },
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
