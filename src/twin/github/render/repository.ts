import { reaches } from "../routes/api.ts";
import type { RepositoryState, Twin } from "../state/state.ts";
import type { Account, RepositoryRole } from "../twin-github.ts";
import { nodeId, renderAccount } from "./account.ts";
import { ADDRESSES, apiAddress, webAddress } from "./addresses.ts";

/** GitHub's "minimal repository", which runs contain. */
export function renderMinimalRepository(twin: Twin, repository: RepositoryState) {
  const url = apiAddress(twin, repository);
  const addresses = Object.entries(ADDRESSES).map(([key, suffix]) => [key, `${url}${suffix}`]);
  return {
    id: repository.id,
    node_id: nodeId("R", repository.id),
    name: repository.name,
    full_name: repository.fullName,
    private: repository.visibility === "private",
    owner: renderAccount(twin, repository.owner),
    html_url: webAddress(twin, repository),
    description: null,
    fork: repository.parent !== undefined,
    url,
    ...Object.fromEntries(addresses),
  };
}

/** A repository as routes and webhooks show it. */
export function renderRepository(twin: Twin, repository: RepositoryState): Record<string, unknown> {
  const openIssues = [...repository.issues.values()].filter((issue) => issue.state === "open");
  const web = webAddress(twin, repository);
  return {
    ...renderMinimalRepository(twin, repository),
    git_url: `git:${web.slice(web.indexOf("//"))}.git`,
    ssh_url: `git@localhost:${repository.fullName}.git`,
    clone_url: `${web}.git`,
    svn_url: web,
    mirror_url: null,
    homepage: null,
    language: null,
    license: null,
    topics: [],
    custom_properties: {},
    visibility: repository.visibility,
    default_branch: repository.defaultBranch,
    created_at: repository.createdAt,
    updated_at: repository.pushedAt,
    pushed_at: repository.pushedAt,
    size: 0,
    stargazers_count: 0,
    watchers_count: 0,
    watchers: 0,
    forks_count: 0,
    forks: 0,
    open_issues_count: openIssues.length,
    open_issues: openIssues.length,
    has_issues: true,
    has_projects: false,
    has_downloads: false,
    has_wiki: false,
    has_pages: false,
    has_discussions: repository.discussions !== undefined,
    archived: false,
    disabled: false,
    is_template: false,
    allow_forking: false,
    web_commit_signoff_required: false,
  };
}

/** Permissions of a role, in GitHub's words; undefined means none. */
export function renderPermissions(role: RepositoryRole | undefined) {
  const allows = (needed: RepositoryRole): boolean => role !== undefined && reaches(role, needed);
  return {
    pull: allows("read"),
    triage: allows("triage"),
    push: allows("write"),
    maintain: allows("maintain"),
    admin: allows("admin"),
  };
}

export function renderFullRepository(
  twin: Twin,
  repository: RepositoryState,
  role: RepositoryRole,
): Record<string, unknown> {
  return {
    ...renderRepository(twin, repository),
    subscribers_count: 0,
    network_count: 0,
    allow_merge_commit: true,
    allow_squash_merge: true,
    allow_rebase_merge: true,
    delete_branch_on_merge: false,
    permissions: renderPermissions(role),
  };
}

export function authorAssociation(repository: RepositoryState, account: Account): string {
  if (account.id === repository.owner.id) return "OWNER";
  return repository.collaborators.has(account.login.toLowerCase()) ? "COLLABORATOR" : "NONE";
}
