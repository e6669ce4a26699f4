import { nodeId } from "../render/account.ts";
import { account } from "./accounts.ts";
import { connection, type PageArguments } from "./pages.ts";
import { all, ask, type Rest, type RestUser } from "./rest.ts";
import { timeline } from "./timeline.ts";

/** The used parts of the routes' answers. */
export interface RestComment {
  readonly id: number;
  readonly node_id?: string;
  readonly user: RestUser | null;
  readonly body?: string | null;
  readonly author_association?: string;
  readonly created_at: string;
  readonly updated_at: string;
  readonly html_url: string;
}
export interface RestIssue {
  readonly number: number;
  readonly node_id?: string;
  readonly title: string;
  readonly body: string | null;
  readonly state: string;
  readonly locked: boolean;
  readonly labels: readonly (string | { readonly name: string })[];
  readonly user: RestUser | null;
  readonly updated_at: string;
  readonly html_url: string;
  readonly pull_request?: unknown;
  readonly state_reason?: string | null;
  readonly sub_issues_summary?: { readonly total: number; readonly completed: number };
  readonly issue_dependencies_summary?: { readonly blocked_by: number };
}
export interface RestLabel {
  readonly name: string;
  readonly node_id?: string;
}
interface RestSide {
  readonly ref: string;
  readonly sha: string;
  readonly repo?: { readonly id: number } | null;
}

export interface RestPull {
  readonly node_id?: string;
  readonly number: number;
  readonly state: string;
  readonly head: RestSide;
  readonly base: RestSide;
  readonly body: string | null;
  readonly merged_at: string | null;
  readonly merge_commit_sha: string | null;
  readonly merged_by?: RestUser | null;
  readonly mergeable_state?: string;
  readonly updated_at?: string;
  readonly labels?: readonly RestLabel[];
  readonly html_url: string;
}

interface RestReviewComment {
  readonly id: number;
  readonly in_reply_to_id?: number;
}

export function labelNames({ labels }: RestIssue): readonly string[] {
  return labels.map((label) => (typeof label === "string" ? label : label.name));
}

export function labelValue({ name, node_id: id = `LA_${name}` }: RestLabel) {
  return { id, name };
}

export function issueValue(rest: Rest, issue: RestIssue) {
  const { number } = issue;
  return {
    __typename: "Issue",
    id: issue.node_id ?? `I_${number}`,
    number,
    title: issue.title,
    body: issue.body ?? "",
    state: issue.state.toUpperCase(),
    locked: issue.locked,
    url: issue.html_url,
    updatedAt: issue.updated_at,
    author: account(issue.user),
    subIssuesSummary: issue.sub_issues_summary ?? { total: 0, completed: 0 },
    issueDependenciesSummary: { blockedBy: issue.issue_dependencies_summary?.blocked_by ?? 0 },
    labels: (page: PageArguments) => connection(labelNames(issue), page, (name) => ({ name })),
    comments: async (page: PageArguments) =>
      connection(await all<RestComment>(rest, `GET /issues/${number}/comments`), page, (one) =>
        commentValue(rest, number, one),
      ),
    stateReason: issue.state_reason?.toUpperCase() ?? null,
    isPinned: () => rest.pinned().includes(number),
    timelineItems: (asked: PageArguments & { readonly itemTypes?: readonly string[] }) =>
      timeline(rest, issue, asked),
  };
}

export function commentValue(rest: Rest, issue: number, one: RestComment) {
  return {
    id: one.node_id ?? `IC_${one.id}`,
    issue: async () => issueValue(rest, await ask<RestIssue>(rest, `GET /issues/${issue}`)),
    fullDatabaseId: String(one.id),
    author: account(one.user),
    authorAssociation: one.author_association ?? "NONE",
    body: one.body ?? "",
    createdAt: one.created_at,
    updatedAt: one.updated_at,
    url: one.html_url,
  };
}

/** A thread is named by its first comment, which every reply names. */
function threadValue(rest: Rest, { id }: RestReviewComment, written: readonly RestReviewComment[]) {
  const own = written.filter((one) => (one.in_reply_to_id ?? one.id) === id);
  const resolver = rest.resolver(id);
  return {
    id: nodeId("PRRT", id),
    isResolved: resolver !== undefined,
    // For GitHub, only users do.
    resolvedBy: resolver?.type === "User" ? account(resolver) : null,
    comments: (page: PageArguments) =>
      connection(own, page, (one) => ({ fullDatabaseId: String(one.id) })),
  };
}

interface RestCommit {
  readonly tree: { readonly sha: string };
  readonly parents: readonly { readonly sha: string }[];
}

/** A commit by its id, read only if more fields are requested. */
export function commitValue(rest: Rest, oid: string) {
  const whole = () => ask<RestCommit>(rest, `GET /git/commits/${oid}`);
  return {
    __typename: "Commit",
    oid,
    associatedPullRequests: async (page: PageArguments) =>
      connection(await all<RestPull>(rest, `GET /commits/${oid}/pulls`), page, (pull) =>
        pullValue(rest, pull),
      ),
    history: async (asked: PageArguments & { readonly path?: string | null }) => {
      const path = asked.path == null ? "" : `&path=${encodeURIComponent(asked.path)}`;
      const route = `GET /commits?sha=${oid}${path}&per_page=${asked.first ?? 30}`;
      const listed = await ask<readonly { readonly sha: string }[]>(rest, route);
      return { nodes: listed.map(({ sha }) => commitValue(rest, sha)) };
    },
    tree: async () => ({ oid: (await whole()).tree.sha }),
    parents: async (page: PageArguments) =>
      connection((await whole()).parents, page, ({ sha }) => ({ oid: sha })),
  };
}

export function pullValue(rest: Rest, pull: RestPull) {
  const isMerged = pull.merged_at !== null;
  const merger = async () => {
    // A list does not say who merged.
    const known = pull.merged_by !== undefined;
    const whole = known ? pull : await ask<RestPull>(rest, `GET /pulls/${pull.number}`);
    return account(whole.merged_by ?? null);
  };
  return {
    __typename: "PullRequest",
    id: pull.node_id ?? `PR_${pull.number}`,
    number: pull.number,
    state: isMerged ? "MERGED" : pull.state.toUpperCase(),
    headRefName: pull.head.ref,
    headRefOid: pull.head.sha,
    baseRefName: pull.base.ref,
    baseRefOid: pull.base.sha,
    body: pull.body ?? "",
    mergedAt: pull.merged_at,
    updatedAt: pull.updated_at ?? "",
    mergeCommit:
      isMerged && pull.merge_commit_sha !== null ? commitValue(rest, pull.merge_commit_sha) : null,
    mergedBy: isMerged ? merger : null,
    mergeStateStatus: async () => {
      const whole = await ask<RestPull>(rest, `GET /pulls/${pull.number}`);
      return (whole.mergeable_state ?? "unknown").toUpperCase();
    },
    reviewThreads: async (page: PageArguments) => {
      const written = await all<RestReviewComment>(rest, `GET /pulls/${pull.number}/comments`);
      const firsts = written.filter(({ in_reply_to_id: first }) => first == null);
      return connection(firsts, page, (first) => threadValue(rest, first, written));
    },
    comments: async (page: PageArguments) =>
      connection(await all<RestComment>(rest, `GET /issues/${pull.number}/comments`), page, (one) =>
        commentValue(rest, pull.number, one),
      ),
    timelineItems: (asked: PageArguments & { readonly itemTypes?: readonly string[] }) =>
      timeline(rest, pull, asked),
    url: pull.html_url,
    isCrossRepository: pull.head.repo?.id !== pull.base.repo?.id,
  };
}
