import { git } from "../git/git.ts";
import { type IssueState, isPullRequest, type PullState } from "../state/issue-state.ts";
import type { CheckRunState, RepositoryState } from "../state/state.ts";
import type { CheckPortrait, IssuePortrait, Portrait } from "./kept.ts";

export async function portray(repository: RepositoryState): Promise<Portrait> {
  const { gitDirectory, defaultBranch, issues, checkRuns } = repository;
  const refs = await linesOf(gitDirectory, [
    "for-each-ref",
    "--format=%(refname:lstrip=2) %(tree)",
    "refs/heads",
  ]);
  const history = await linesOf(gitDirectory, [
    "log",
    "--first-parent",
    "--format=%T %s",
    defaultBranch,
  ]);
  const checks = [...checkRuns.values()];
  const trees = await treesOf(
    gitDirectory,
    checks.map(({ headSha }) => headSha),
  );
  return {
    issues: Object.fromEntries([...issues].map(([number, one]) => [number, ofIssue(one)])),
    branches: Object.fromEntries(refs.map((line) => line.split(" ") as [string, string])),
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

function ofPull({ headBranch, baseBranch, mergedAt, mergedBy, reviews }: PullState) {
  return {
    head: headBranch,
    base: baseBranch,
    isMerged: mergedAt !== null,
    mergedBy: mergedBy?.login ?? null,
    reviews: reviews.map(({ author, state }) => `${author.login} ${state}`).sort(),
  };
}

function ofCheck({ name, conclusion, output }: CheckRunState, tree: string): CheckPortrait {
  return { tree, name, conclusion, title: output.title ?? "" };
}

function byNames(left: CheckPortrait, right: CheckPortrait): number {
  const key = ({ tree, name, conclusion }: CheckPortrait) => `${tree} ${name} ${conclusion}`;
  return key(left) < key(right) ? -1 : 1;
}

/** Tree of each commit. */
async function treesOf(
  gitDirectory: string,
  commits: readonly string[],
): Promise<ReadonlyMap<string, string>> {
  const wanted = [...new Set(commits)];
  if (wanted.length === 0) return new Map();
  const lines = await linesOf(gitDirectory, ["log", "--no-walk", "--format=%H %T", ...wanted]);
  return new Map(lines.map((line) => line.split(" ") as [string, string]));
}

async function linesOf(gitDirectory: string, command: readonly string[]): Promise<string[]> {
  return (await git(gitDirectory, command)).split("\n").filter((line) => line !== "");
}
