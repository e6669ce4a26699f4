import { readCommit, readCommits } from "../git/commit-objects.ts";
import { branchTip, listRefs } from "../git/read-refs.ts";
import { type IssueState, isPullRequest, type PullState } from "../state/issue-state.ts";
import type { CheckRunState, RepositoryState } from "../state/state.ts";
import type { CheckPortrait, IssuePortrait, Portrait } from "./kept.ts";

const HEADS = "refs/heads/";

export async function portray(repository: RepositoryState): Promise<Portrait> {
  const { gitDirectory, defaultBranch, issues, checkRuns } = repository;
  const refs = [...(await listRefs(gitDirectory))].filter(([ref]) => ref.startsWith(HEADS));
  const checks = [...checkRuns.values()];
  const trees = await treesOf(gitDirectory, [
    ...refs.map(([, commit]) => commit),
    ...checks.map(({ headSha }) => headSha),
  ]);
  const history = await historyOf(gitDirectory, defaultBranch);
  return {
    issues: Object.fromEntries([...issues].map(([number, one]) => [number, ofIssue(one)])),
    branches: Object.fromEntries(
      refs.map(([ref, commit]) => [ref.slice(HEADS.length), trees.get(commit) ?? ""]),
    ),
    history,
    checks: checks.map((check) => ofCheck(check, trees.get(check.headSha) ?? "")).sort(byNames),
    deployments: repository.deployments.size,
  };
}

function ofIssue(issue: IssueState): IssuePortrait {
  const { author, title, body, state, labels, comments } = issue;
  return {
    author: author.login,
    title,
    body: body ?? "",
    state,
    labels: labels.map(({ name }) => name).sort(),
    comments: comments.map((one) => ({ author: one.author.login, body: one.body })),
    ...(isPullRequest(issue) ? { pull: ofPull(issue.pull) } : {}),
  };
}

function ofPull(pull: PullState) {
  const {
    headBranch,
    baseBranch,
    mergedAt,
    mergedBy,
    reviews,
    requestedReviewers,
    reviewComments,
  } = pull;
  return {
    head: headBranch,
    base: baseBranch,
    isMerged: mergedAt !== null,
    mergedBy: mergedBy?.login ?? null,
    reviews: reviews.map(({ author, state }) => `${author.login} ${state}`).sort(),
    asked: requestedReviewers.map(({ login }) => login).sort(),
    threads: reviewComments.map(({ author, path, body }) => `${path}, ${author.login}: ${body}`),
  };
}

function ofCheck({ name, conclusion, output }: CheckRunState, tree: string): CheckPortrait {
  return { tree, name, conclusion, title: output.title ?? "" };
}

function byNames(left: CheckPortrait, right: CheckPortrait): number {
  const key = ({ tree, name, conclusion }: CheckPortrait) => `${tree} ${name} ${conclusion}`;
  return key(left) < key(right) ? -1 : 1;
}

async function treesOf(
  gitDirectory: string,
  commits: readonly string[],
): Promise<ReadonlyMap<string, string>> {
  const read = await readCommits(gitDirectory, [...new Set(commits)]);
  return new Map(read.map(({ sha, tree }) => [sha, tree]));
}

async function historyOf(gitDirectory: string, branch: string): Promise<readonly string[]> {
  const lines: string[] = [];
  for (let next = await branchTip(gitDirectory, branch); next !== undefined; ) {
    const commit = await readCommit(gitDirectory, next);
    if (commit === undefined) break;
    // A subject is the first paragraph in one line, as git has it.
    const [subject = ""] = commit.message.trim().split("\n\n", 1);
    lines.push(`${commit.tree} ${subject.replaceAll("\n", " ")}`);
    next = commit.parents[0];
  }
  return lines;
}
