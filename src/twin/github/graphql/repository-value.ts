import { GraphQLError } from "graphql";
import { account } from "./accounts.ts";
import { discussionsValue, type ListedDiscussions } from "./discussions.ts";
import { folderValue } from "./folder-value.ts";
import { connection, type PageArguments } from "./pages.ts";
import { all, ask, find, type Rest } from "./rest.ts";
import {
  commitValue,
  issueValue,
  labelNames,
  labelValue,
  pullValue,
  type RestIssue,
  type RestLabel,
  type RestPull,
} from "./values.ts";

interface RestRepository {
  readonly id: number;
  readonly node_id?: string;
  readonly full_name: string;
  readonly default_branch: string;
  readonly private: boolean;
  readonly html_url: string;
  readonly has_discussions?: boolean;
  readonly owner?: { readonly id: number; readonly login: string; readonly type: string };
}
interface RestCollaborator {
  readonly id: number;
  readonly login: string;
  readonly type: string;
  readonly role_name: string;
}
interface RestHead {
  readonly sha: string;
  readonly commit: { readonly tree: { readonly sha: string } };
  readonly parents?: readonly { readonly sha: string }[];
}
interface RestRef {
  readonly ref: string;
  readonly object: { readonly sha: string };
}
interface Named {
  readonly oid?: string | null;
  readonly expression?: string | null;
}
type Listed = PageArguments & {
  readonly states?: readonly string[] | null;
  readonly labels?: readonly string[] | null;
  readonly filterBy?: { readonly since?: string | null } | null;
  readonly orderBy?: { readonly field: string; readonly direction: string } | null;
};

const REGULAR = 0o100644;

/** A repository over the routes of REST, which also hide parts from the caller. */
export async function repositoryValue(rest: Rest) {
  const repository = await ask<RestRepository>(rest, "GET /");
  const owner = repository.full_name.split("/")[0] ?? "";
  let labels: Promise<readonly RestLabel[]> | undefined;
  return {
    id: repository.node_id ?? `R_${repository.id}`,
    databaseId: repository.id,
    nameWithOwner: repository.full_name,
    url: repository.html_url,
    isPrivate: repository.private,
    owner: account(repository.owner ?? { id: 1, login: owner, type: "Organization" }),
    defaultBranchRef: async () => ({
      name: repository.default_branch,
      prefix: "refs/heads/",
      target: await headCommit(rest, repository.default_branch),
    }),
    issueOrPullRequest: ({ number }: { readonly number: number }) => numbered(rest, number),
    collaborators: (page: PageArguments) => collaboratorsValue(rest, page),
    object: async ({ oid, expression }: Named) => {
      if (oid == null) return await folderValue(rest, expression ?? "");
      const commit = await find<object>(rest, `GET /git/commits/${oid}`);
      return commit === null ? null : commitValue(rest, oid);
    },
    label: async ({ name }: { readonly name: string }) => {
      labels ??= all<RestLabel>(rest, "GET /labels");
      const label = (await labels).find((one) => one.name.toLowerCase() === name.toLowerCase());
      return label === undefined ? null : labelValue(label);
    },
    issues: async (asked: Listed) =>
      connection(await issuesOf(rest, asked), asked, (issue) => issueValue(rest, issue)),
    hasDiscussionsEnabled: repository.has_discussions ?? false,
    discussions: (asked: ListedDiscussions) => discussionsValue(rest, repository.html_url, asked),
    pinnedIssues: (page: PageArguments) => pinnedValue(rest, page),
    pullRequest: async ({ number }: { readonly number: number }) => {
      const pull = await find<RestPull>(rest, `GET /pulls/${number}`);
      if (pull === null) throw unresolved("a PullRequest", `number of ${number}`);
      return pullValue(rest, pull);
    },
    pullRequests: async (asked: Listed) =>
      connection(await pullsOf(rest, asked), asked, (pull) => pullValue(rest, pull)),
    refs: async (
      asked: PageArguments & { readonly refPrefix: string; readonly query?: string | null },
    ) => {
      const { refPrefix, query } = asked;
      const route = `GET /git/matching-refs/${refPrefix.replace(/^refs\//, "")}`;
      const refs = await all<RestRef>(rest, route);
      const wanted = refs.filter(({ ref }) => ref.slice(refPrefix.length).includes(query ?? ""));
      return connection(wanted, asked, (one) => refValue(rest, one, { owner, refPrefix }));
    },
  };
}

/** A transferred issue is answered from its new place, for callers who may read there. */
async function numbered(rest: Rest, number: number) {
  const there = rest.moved(number) ?? { rest, number };
  const issue = await find<RestIssue>(there.rest, `GET /issues/${there.number}`);
  if (issue === null) throw unresolved("an issue or pull request", `number of ${number}`);
  return issue.pull_request == null
    ? issueValue(there.rest, issue)
    : { __typename: "PullRequest", number };
}

async function collaboratorsValue(rest: Rest, page: PageArguments) {
  const people = await all<RestCollaborator>(rest, "GET /collaborators");
  const { nodes, pageInfo } = connection(people, page, (one) => ({
    permission: one.role_name.toUpperCase(),
    node: account(one),
  }));
  return { edges: nodes, pageInfo };
}

function pinnedValue(rest: Rest, page: PageArguments) {
  const pinned = rest.pinned();
  return { ...connection(pinned, page, (issue) => ({ issue })), totalCount: pinned.length };
}

function refValue(
  rest: Rest,
  one: RestRef,
  { owner, refPrefix }: { readonly owner: string; readonly refPrefix: string },
) {
  const branch = one.ref.replace(/^refs\/heads\//, "");
  return {
    name: one.ref.slice(refPrefix.length),
    prefix: refPrefix,
    target: { __typename: "Commit", oid: one.object.sha },
    associatedPullRequests: async (page: PageArguments) => {
      const route = `GET /pulls?state=all&head=${encodeURIComponent(`${owner}:${branch}`)}`;
      return connection(await all<RestPull>(rest, route), page, (pull) => pullValue(rest, pull));
    },
  };
}

async function headCommit(rest: Rest, branch: string) {
  const { sha, commit, parents = [] } = await ask<RestHead>(rest, `GET /commits/heads/${branch}`);
  return {
    __typename: "Commit",
    oid: sha,
    tree: { oid: commit.tree.sha },
    parents: (page: PageArguments) => connection(parents, page, (one) => ({ oid: one.sha })),
    file: ({ path }: { readonly path: string }) =>
      fileValue(rest, `GET /contents/${path}?ref=${sha}`),
  };
}

async function fileValue(rest: Rest, route: string) {
  const file = await find<{ readonly type?: string; readonly content?: string }>(rest, route);
  if (file === null) return null;
  if (file.type !== "file") return { type: "tree", mode: 0o40000, object: null };
  const bytes = Buffer.from(file.content ?? "", "base64");
  const isBinary = bytes.includes(0);
  const text = isBinary ? null : bytes.toString("utf8");
  const object = { __typename: "Blob", oid: "", text, isBinary, isTruncated: false };
  return { type: "blob", mode: REGULAR, object };
}

/** GitHub lists issues with any of the labels, without pull requests. */
async function issuesOf(
  rest: Rest,
  { states, labels, filterBy, orderBy }: Listed,
): Promise<readonly RestIssue[]> {
  const state = states?.join() === "OPEN" ? "open" : "all";
  const only = labels?.length === 1 ? `&labels=${encodeURIComponent(labels[0] ?? "")}` : "";
  const fields: Readonly<Record<string, string>> = { CREATED_AT: "created", UPDATED_AT: "updated" };
  const sort = fields[orderBy?.field ?? ""];
  const order =
    sort === undefined ? "" : `&sort=${sort}&direction=${orderBy?.direction.toLowerCase()}`;
  const since = filterBy?.since == null ? "" : `&since=${filterBy.since}`;
  const listed = await all<RestIssue>(rest, `GET /issues?state=${state}${only}${since}${order}`);
  const folded = labels?.map((label) => label.toLowerCase());
  return listed.filter(
    (issue) =>
      issue.pull_request == null &&
      (folded === undefined ||
        labelNames(issue).some((name) => folded.includes(name.toLowerCase()))),
  );
}

async function pullsOf(
  rest: Rest,
  { states, labels, orderBy }: Listed,
): Promise<readonly RestPull[]> {
  const state = stateOf(states);
  const order =
    orderBy?.field === "UPDATED_AT"
      ? `&sort=updated&direction=${orderBy.direction.toLowerCase()}`
      : "";
  const listed = await all<RestPull>(rest, `GET /pulls?state=${state}${order}`);
  const folded = labels?.map((label) => label.toLowerCase());
  return listed
    .filter(({ merged_at }) => states?.join() !== "MERGED" || merged_at !== null)
    .filter(
      (pull) =>
        folded === undefined ||
        (pull.labels ?? []).some(({ name }) => folded.includes(name.toLowerCase())),
    );
}

/** Without states GitHub lists those of all. */
function stateOf(states: Listed["states"]): string {
  if (states == null) return "all";
  return states.join() === "OPEN" ? "open" : "closed";
}

function unresolved(what: string, by: string): GraphQLError {
  const message = `Could not resolve to ${what} with the ${by}.`;
  return new GraphQLError(message, { extensions: { type: "NOT_FOUND" } });
}
