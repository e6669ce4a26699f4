import { reaches } from "../routes/api.ts";
import type { RepositoryState, Twin } from "../state/state.ts";
import type { Account, RepositoryRole } from "../twin-github.ts";

/** Node ids are opaque to clients; stable because they are made of kind and number. */
export function nodeId(kind: string, id: number | string): string {
  return `${kind}_${Buffer.from(`${kind}:${id}`).toString("base64url")}`;
}

export function renderAccount(twin: Twin, account: Account): Record<string, unknown> {
  const url = `${twin.origin}/users/${encodeURIComponent(account.login)}`;
  return {
    login: account.login,
    id: account.id,
    node_id: nodeId(account.type === "Bot" ? "BOT" : "U", account.id),
    avatar_url: `${twin.origin}/avatars/${account.id}`,
    gravatar_id: "",
    url,
    html_url: `${twin.origin}/${encodeURIComponent(account.login)}`,
    followers_url: `${url}/followers`,
    following_url: `${url}/following{/other_user}`,
    gists_url: `${url}/gists{/gist_id}`,
    starred_url: `${url}/starred{/owner}{/repo}`,
    subscriptions_url: `${url}/subscriptions`,
    organizations_url: `${url}/orgs`,
    repos_url: `${url}/repos`,
    events_url: `${url}/events{/privacy}`,
    received_events_url: `${url}/received_events`,
    type: account.type,
    site_admin: false,
  };
}

export function renderOptionalAccount(twin: Twin, account: Account | null) {
  return account === null ? null : renderAccount(twin, account);
}

/** Properties of a repository that are its API address and a suffix; most of them lead to routes the twin lacks. */
const ADDRESSES: Readonly<Record<string, string>> = {
  archive_url: "/{archive_format}{/ref}",
  assignees_url: "/assignees{/user}",
  blobs_url: "/git/blobs{/sha}",
  branches_url: "/branches{/branch}",
  collaborators_url: "/collaborators{/collaborator}",
  comments_url: "/comments{/number}",
  commits_url: "/commits{/sha}",
  compare_url: "/compare/{base}...{head}",
  contents_url: "/contents/{+path}",
  contributors_url: "/contributors",
  deployments_url: "/deployments",
  downloads_url: "/downloads",
  events_url: "/events",
  forks_url: "/forks",
  git_commits_url: "/git/commits{/sha}",
  git_refs_url: "/git/refs{/sha}",
  git_tags_url: "/git/tags{/sha}",
  hooks_url: "/hooks",
  issue_comment_url: "/issues/comments{/number}",
  issue_events_url: "/issues/events{/number}",
  issues_url: "/issues{/number}",
  keys_url: "/keys{/key_id}",
  labels_url: "/labels{/name}",
  languages_url: "/languages",
  merges_url: "/merges",
  milestones_url: "/milestones{/number}",
  notifications_url: "/notifications{?since,all,participating}",
  pulls_url: "/pulls{/number}",
  releases_url: "/releases{/id}",
  stargazers_url: "/stargazers",
  statuses_url: "/statuses/{sha}",
  subscribers_url: "/subscribers",
  subscription_url: "/subscription",
  tags_url: "/tags",
  teams_url: "/teams",
  trees_url: "/git/trees{/sha}",
};

export function apiAddress(twin: Twin, repository: RepositoryState): string {
  return `${twin.origin}/repos/${repository.fullName}`;
}

export function webAddress(twin: Twin, repository: RepositoryState): string {
  return `${twin.origin}/${repository.fullName}`;
}

/** A file's path inside an address: its slashes stay, whatever else would end the path does not. */
export function pathInAddress(path: string): string {
  return path.split("/").map(encodeURIComponent).join("/");
}

/** GitHub's "minimal repository", which runs carry. */
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
    fork: false,
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
    has_discussions: false,
    archived: false,
    disabled: false,
    is_template: false,
    allow_forking: false,
    web_commit_signoff_required: false,
  };
}

/** What a role may do, in GitHub's words; undefined is nothing. */
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
