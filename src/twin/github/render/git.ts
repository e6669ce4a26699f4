import type { CommitObject } from "../git/commit-objects.ts";
import type { FileChange } from "../git/diff.ts";
import { ACTIONS_BOT, type RepositoryState, type Twin } from "../state/state.ts";
import type { Account } from "../twin-github.ts";
import { nodeId, renderAccount } from "./account.ts";
import { apiAddress, pathInAddress, webAddress } from "./addresses.ts";

/** The account behind a commit's mail address, if it is one of GitHub's private addresses. */
function accountOf(twin: Twin, email: string): Account | undefined {
  const login = /^\d+\+(.+)@users\.noreply\.github\.com$/.exec(email)?.[1];
  if (login === ACTIONS_BOT.login) return ACTIONS_BOT;
  return login === undefined ? undefined : twin.accounts.get(login.toLowerCase());
}

function renderOptional(twin: Twin, email: string): Record<string, unknown> | null {
  const account = accountOf(twin, email);
  return account === undefined ? null : renderAccount(twin, account);
}

export function renderVerification(repository: RepositoryState, commit: CommitObject) {
  const verified = repository.verifiedCommits.has(commit.sha);
  return {
    verified,
    reason: verified ? "valid" : "unsigned",
    // The twin has no key: it reports what GitHub would have signed, and adds no signature to the object.
    signature: verified ? "(the twin signs nothing; GitHub would have signed this commit)" : null,
    payload: null,
    verified_at: verified ? commit.committer.date : null,
  };
}

/** A commit as the git data routes show it. */
export function renderGitCommit(twin: Twin, repository: RepositoryState, commit: CommitObject) {
  const url = apiAddress(twin, repository);
  const web = webAddress(twin, repository);
  return {
    sha: commit.sha,
    node_id: nodeId("C", commit.sha),
    url: `${url}/git/commits/${commit.sha}`,
    html_url: `${web}/commit/${commit.sha}`,
    author: commit.author,
    committer: commit.committer,
    message: commit.message,
    tree: { sha: commit.tree, url: `${url}/git/trees/${commit.tree}` },
    parents: commit.parents.map((sha) => ({
      sha,
      url: `${url}/git/commits/${sha}`,
      html_url: `${web}/commit/${sha}`,
    })),
    verification: renderVerification(repository, commit),
  };
}

/** A commit as the repository routes show it. */
export function renderCommit(twin: Twin, repository: RepositoryState, commit: CommitObject) {
  const url = apiAddress(twin, repository);
  const web = webAddress(twin, repository);
  return {
    sha: commit.sha,
    node_id: nodeId("C", commit.sha),
    url: `${url}/commits/${commit.sha}`,
    html_url: `${web}/commit/${commit.sha}`,
    comments_url: `${url}/commits/${commit.sha}/comments`,
    commit: {
      url: `${url}/git/commits/${commit.sha}`,
      author: commit.author,
      committer: commit.committer,
      message: commit.message,
      tree: { sha: commit.tree, url: `${url}/git/trees/${commit.tree}` },
      comment_count: 0,
      verification: renderVerification(repository, commit),
    },
    author: renderOptional(twin, commit.author.email),
    committer: renderOptional(twin, commit.committer.email),
    parents: commit.parents.map((sha) => ({
      sha,
      url: `${url}/commits/${sha}`,
      html_url: `${web}/commit/${sha}`,
    })),
  };
}

/** A commit inside a push payload or a run. */
export function renderSimpleCommit(commit: CommitObject) {
  return {
    id: commit.sha,
    tree_id: commit.tree,
    message: commit.message,
    timestamp: commit.committer.date,
    author: { name: commit.author.name, email: commit.author.email },
    committer: { name: commit.committer.name, email: commit.committer.email },
  };
}

export function renderFile(
  twin: Twin,
  repository: RepositoryState,
  file: { readonly change: FileChange; readonly head: string },
) {
  const { change, head } = file;
  const path = pathInAddress(change.path);
  const web = webAddress(twin, repository);
  return {
    sha: change.blob,
    filename: change.path,
    status: change.status,
    additions: change.additions,
    deletions: change.deletions,
    changes: change.additions + change.deletions,
    blob_url: `${web}/blob/${head}/${path}`,
    raw_url: `${web}/raw/${head}/${path}`,
    contents_url: `${apiAddress(twin, repository)}/contents/${path}?ref=${head}`,
    ...(change.patch === undefined ? {} : { patch: change.patch }),
    ...(change.previousPath === undefined ? {} : { previous_filename: change.previousPath }),
  };
}
