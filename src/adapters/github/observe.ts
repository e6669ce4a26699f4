import type { z } from "zod";
import type { Actor } from "../../domain/actor.ts";
import { andonLabel } from "../../domain/label.ts";
import type {
  IssueState,
  OpenIssue,
  PullRequestState,
  Scope,
  Snapshot,
} from "../../domain/snapshot.ts";
import {
  CommentAnswer,
  ContentAnswer,
  HeadAnswer,
  IssueAnswer,
  PullAnswer,
  RefAnswer,
  RepositoryAnswer,
  TreeAnswer,
} from "./answers.ts";
import type { Client } from "./client.ts";
import { failureOf } from "./failures.ts";
import { type Permissions, readPermissions } from "./permissions.ts";

const CONFIG_PATH = ".github/factory.yml";

/**
 * One snapshot. Three waves, each at once: what needs nothing; what needs the default branch, branches or people; the tree.
 * Requests: 5 for the repository, 3 more for an issue, 1 for each branch of it, 1 for each further 100 comments,
 * 1 for each person, 1 for each merged pull request, 1 for all open pull requests when they are asked for.
 */
export async function observe(
  client: Client,
  scope: Scope,
  self: { readonly id: number; readonly login: string },
): Promise<Snapshot> {
  const [repository, issue, comments, branches, issues, asked] = await Promise.all([
    client.ask(RepositoryAnswer, "GET /"),
    readIssue(client, scope),
    readComments(client, scope),
    readBranches(client, scope),
    readOpenIssues(client, scope),
    readPulls(client, scope),
  ]);
  assertOfRepository(issue, repository);
  const owner = repository.full_name.split("/")[0] ?? "";
  const [head, ofBranches, permissions] = await Promise.all([
    readHead(client, repository.default_branch),
    Promise.all(branches.map(({ name }) => readPullsOf(client, `${owner}:${name}`))),
    readPermissions(client, {
      users: [...(issue === undefined ? [] : [issue.user]), ...comments.map(({ user }) => user)],
      actors: scope.actors ?? [],
    }),
  ]);
  const [{ paths, configText }, pulls] = await Promise.all([
    readTree(client, head),
    Promise.all(
      distinctPulls([...ofBranches.flat(), ...asked]).map((pull) => withMerger(client, pull)),
    ),
  ]);
  return {
    repository: {
      id: repository.id,
      name: repository.full_name,
      defaultBranch: repository.default_branch,
      url: repository.html_url,
      visibility: repository.private ? "private" : "public",
      head: head.sha,
      headTree: head.commit.tree.sha,
    },
    self: { ...self, type: self.login.endsWith("[bot]") ? "Bot" : "User" },
    configText,
    paths,
    ...(issue === undefined ? {} : { issue: issueState(issue, permissions) }),
    comments: comments.map((comment) => ({
      id: comment.id,
      author: permissions.authorize(comment.user),
      body: comment.body,
      createdAt: comment.created_at,
      updatedAt: comment.updated_at,
      url: comment.html_url,
    })),
    branches,
    pullRequests: pulls,
    andon: issues.andon,
    openIssues: issues.open,
    permissions: permissions.byLogin,
  };
}

/** GitHub answers the number of a pull request as an issue; it is none, and nobody's text to build from. */
async function readIssue(client: Client, { issue }: Scope): Promise<IssueAnswer | undefined> {
  if (issue === undefined) return undefined;
  const found = await client.ask(IssueAnswer, "GET /issues/{issue_number}", {
    issue_number: issue,
  });
  return found.pull_request == null ? found : undefined;
}

/** An issue that was transferred is answered from where it went: another repository's, by another number (threats EV-10). */
function assertOfRepository(
  issue: IssueAnswer | undefined,
  repository: z.infer<typeof RepositoryAnswer>,
): void {
  if (issue === undefined) return;
  const own = `${repository.html_url}/issues/${issue.number}`;
  if (issue.html_url.toLowerCase() === own.toLowerCase()) return;
  throw new Error(`the issue is not of ${repository.full_name} any more: it is ${issue.html_url}`);
}

async function readComments(client: Client, { issue }: Scope): Promise<readonly CommentAnswer[]> {
  if (issue === undefined) return [];
  return await client.list(CommentAnswer, "GET /issues/{issue_number}/comments", {
    issue_number: issue,
  });
}

async function readBranches(client: Client, { issue }: Scope): Promise<Snapshot["branches"]> {
  if (issue === undefined) return [];
  const refs = await client.list(RefAnswer, "GET /git/matching-refs/{+ref}", {
    ref: `heads/factory/${issue}-`,
  });
  return refs.map(({ ref, object }) => ({
    name: ref.replace(/^refs\/heads\//, ""),
    sha: object.sha,
  }));
}

/** Open issues, andon among them: with all of them asked for, the andon costs no request. GitHub lists pull requests too. */
async function readOpenIssues(
  client: Client,
  scope: Scope,
): Promise<{ readonly andon: readonly number[]; readonly open: readonly OpenIssue[] }> {
  const andon = andonLabel(scope.prefix);
  const filter = scope.openIssues === true ? {} : { labels: andon };
  const listed = await client.list(IssueAnswer, "GET /issues", { state: "open", ...filter });
  const issues = listed.filter((issue) => issue.pull_request === undefined);
  const raised = issues.filter(({ labels }) =>
    labels.some((label) => label.toLowerCase() === andon.toLowerCase()),
  );
  return {
    andon: raised.map(({ number }) => number),
    open: scope.openIssues === true ? issues.map(openIssue) : [],
  };
}

function openIssue(issue: IssueAnswer): OpenIssue {
  const { number, title, body, labels, user, updated_at } = issue;
  return { number, title, body: body ?? "", labels, author: user, updatedAt: updated_at };
}

function issueState(issue: IssueAnswer, permissions: Permissions): IssueState {
  return {
    number: issue.number,
    title: issue.title,
    body: issue.body ?? "",
    state: issue.state,
    locked: issue.locked,
    labels: issue.labels,
    author: permissions.authorize(issue.user),
    updatedAt: issue.updated_at,
    url: issue.html_url,
  };
}

async function readHead(client: Client, branch: string): Promise<z.infer<typeof HeadAnswer>> {
  return await client.ask(HeadAnswer, "GET /commits/{+ref}", { ref: `heads/${branch}` });
}

async function readTree(
  client: Client,
  head: z.infer<typeof HeadAnswer>,
): Promise<Pick<Snapshot, "paths" | "configText">> {
  const tree = await client.ask(TreeAnswer, "GET /git/trees/{tree_sha}", {
    tree_sha: head.commit.tree.sha,
    recursive: "1",
  });
  const files = tree.tree.filter(({ type }) => type !== "tree").map(({ path }) => path);
  if (!tree.truncated && !files.includes(CONFIG_PATH)) return { paths: files, configText: null };
  return { paths: tree.truncated ? null : files, configText: await readConfig(client, head.sha) };
}

async function readConfig(client: Client, ref: string): Promise<string | null> {
  try {
    const file = await client.ask(ContentAnswer, "GET /contents/{+path}", {
      path: CONFIG_PATH,
      ref,
    });
    return Buffer.from(file.content, "base64").toString("utf8");
  } catch (error: unknown) {
    if (failureOf(error)?.status === 404) return null;
    throw error;
  }
}

async function readPulls(client: Client, scope: Scope): Promise<readonly PullAnswer[]> {
  const open =
    scope.openPullRequests === true
      ? await client.list(PullAnswer, "GET /pulls", { state: "open" })
      : [];
  if (scope.pullRequest === undefined) return open;
  return [await readPull(client, scope.pullRequest), ...open];
}

async function readPull(client: Client, number: number): Promise<PullAnswer> {
  return await client.ask(PullAnswer, "GET /pulls/{pull_number}", { pull_number: number });
}

async function readPullsOf(client: Client, head: string): Promise<readonly PullAnswer[]> {
  return await client.list(PullAnswer, "GET /pulls", { state: "all", head });
}

/** By number, the answer that knows who merged first. */
function distinctPulls(pulls: readonly PullAnswer[]): readonly PullAnswer[] {
  const byNumber = new Map<number, PullAnswer>();
  for (const pull of pulls) {
    if (byNumber.get(pull.number)?.merged_by === undefined) byNumber.set(pull.number, pull);
  }
  return [...byNumber.values()].sort((left, right) => left.number - right.number);
}

/** A list does not say who merged: asked for merged ones only. */
async function withMerger(client: Client, pull: PullAnswer): Promise<PullRequestState> {
  const unknown = pull.merged_at !== null && pull.merged_by === undefined;
  const detail = unknown ? await readPull(client, pull.number) : pull;
  return {
    number: detail.number,
    head: { branch: detail.head.ref, sha: detail.head.sha },
    base: { branch: detail.base.ref, sha: detail.base.sha },
    state: detail.state,
    merged: detail.merged_at !== null,
    // GitHub fills this with a trial merge while a pull request is open: only a merged one has a merge.
    mergeSha: detail.merged_at === null ? null : detail.merge_commit_sha,
    mergedBy:
      detail.merged_at === null ? null : ((detail.merged_by ?? null) satisfies Actor | null),
    body: detail.body ?? "",
    url: detail.html_url,
  };
}
