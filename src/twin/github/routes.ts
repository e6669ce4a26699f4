import type { RepositoryRole } from "./twin-github.ts";

/** Requirements of one route for its caller. */
export interface RouteRule {
  /**
   * Permission of a job's token, "key:level" in the keys of a workflow's `permissions`. "none": any valid token;
   * "never": a job's token cannot use the route at all.
   */
  readonly token: `${string}:${"read" | "write"}` | "none" | "never";
  /** For routes on an issue number: the permission if the number is a pull request. */
  readonly tokenOnPull?: `${string}:${"read" | "write"}`;
  /** Least role of a person. The handler has "author" rules beyond it. */
  readonly role: RepositoryRole;
  /** Counts against the secondary limit on content creation. */
  readonly createsContent?: true;
}

const READS_PULLS = { token: "pull-requests:read", role: "read" } as const;

/**
 * Every route the twin serves, with the permission GitHub's own table asks for.
 * Source: docs.github.com/en/rest/authentication/permissions-required-for-github-apps
 *
 * The twin is deliberately stricter twice. A job's token needs the read permission on public repositories too (GitHub
 * would answer from the public view), so that a workflow that runs here also runs on a private repository. And a write on
 * a pull request's number needs `pull-requests`, where GitHub may accept `issues`.
 */
export const ROUTES = {
  "GET /user": { token: "never", role: "read" },
  "GET /users/{username}": { token: "none", role: "read" },
  "GET /rate_limit": { token: "none", role: "read" },
  "POST /graphql": { token: "none", role: "read" },

  "GET /repos/{owner}/{repo}": { token: "metadata:read", role: "read" },
  "GET /repos/{owner}/{repo}/collaborators": { token: "metadata:read", role: "write" },
  "GET /repos/{owner}/{repo}/collaborators/{username}/permission": {
    token: "metadata:read",
    role: "write",
  },
  "POST /repos/{owner}/{repo}/forks": { token: "never", role: "read" },
  "POST /repos/{owner}/{repo}/dispatches": { token: "contents:write", role: "write" },

  "GET /repos/{owner}/{repo}/issues": { token: "issues:read", role: "read" },
  "POST /repos/{owner}/{repo}/issues": {
    token: "issues:write",
    role: "read",
    createsContent: true,
  },
  // Before the number of an issue, which "comments" is not.
  "GET /repos/{owner}/{repo}/issues/{issue_number}": { token: "issues:read", role: "read" },
  "PATCH /repos/{owner}/{repo}/issues/{issue_number}": {
    token: "issues:write",
    tokenOnPull: "pull-requests:write",
    role: "read",
  },
  "POST /repos/{owner}/{repo}/issues/{issue_number}/dependencies/blocked_by": {
    token: "issues:write",
    role: "triage",
  },
  "POST /repos/{owner}/{repo}/issues/{issue_number}/sub_issues": {
    token: "issues:write",
    role: "triage",
  },
  "GET /repos/{owner}/{repo}/issues/{issue_number}/events": {
    token: "issues:read",
    tokenOnPull: "pull-requests:read",
    role: "read",
  },
  "GET /repos/{owner}/{repo}/issues/{issue_number}/comments": {
    token: "issues:read",
    tokenOnPull: "pull-requests:read",
    role: "read",
  },
  "POST /repos/{owner}/{repo}/issues/{issue_number}/comments": {
    token: "issues:write",
    tokenOnPull: "pull-requests:write",
    role: "read",
    createsContent: true,
  },
  "GET /repos/{owner}/{repo}/issues/comments": { token: "issues:read", role: "read" },
  "GET /repos/{owner}/{repo}/issues/comments/{comment_id}": { token: "issues:read", role: "read" },
  "PATCH /repos/{owner}/{repo}/issues/comments/{comment_id}": {
    token: "issues:write",
    tokenOnPull: "pull-requests:write",
    role: "read",
  },
  "DELETE /repos/{owner}/{repo}/issues/comments/{comment_id}": {
    token: "issues:write",
    tokenOnPull: "pull-requests:write",
    role: "read",
  },

  "GET /repos/{owner}/{repo}/labels": { token: "issues:read", role: "read" },
  "POST /repos/{owner}/{repo}/labels": { token: "issues:write", role: "write" },
  "DELETE /repos/{owner}/{repo}/labels/{name}": { token: "issues:write", role: "write" },
  "GET /repos/{owner}/{repo}/issues/{issue_number}/labels": {
    token: "issues:read",
    tokenOnPull: "pull-requests:read",
    role: "read",
  },
  "POST /repos/{owner}/{repo}/issues/{issue_number}/labels": {
    token: "issues:write",
    tokenOnPull: "pull-requests:write",
    role: "triage",
  },
  "PUT /repos/{owner}/{repo}/issues/{issue_number}/labels": {
    token: "issues:write",
    tokenOnPull: "pull-requests:write",
    role: "triage",
  },
  "DELETE /repos/{owner}/{repo}/issues/{issue_number}/labels/{name}": {
    token: "issues:write",
    tokenOnPull: "pull-requests:write",
    role: "triage",
  },

  "GET /repos/{owner}/{repo}/commits/{commit_sha}/pulls": READS_PULLS,
  "GET /repos/{owner}/{repo}/pulls": READS_PULLS,
  "POST /repos/{owner}/{repo}/pulls": {
    token: "pull-requests:write",
    role: "read",
    createsContent: true,
  },
  "GET /repos/{owner}/{repo}/pulls/{pull_number}": READS_PULLS,
  "PATCH /repos/{owner}/{repo}/pulls/{pull_number}": { token: "pull-requests:write", role: "read" },
  "GET /repos/{owner}/{repo}/pulls/{pull_number}/files": READS_PULLS,
  "PUT /repos/{owner}/{repo}/pulls/{pull_number}/merge": { token: "contents:write", role: "write" },
  "GET /repos/{owner}/{repo}/pulls/{pull_number}/reviews": READS_PULLS,
  "POST /repos/{owner}/{repo}/pulls/{pull_number}/reviews": {
    token: "pull-requests:write",
    role: "read",
    createsContent: true,
  },
  "GET /repos/{owner}/{repo}/pulls/{pull_number}/requested_reviewers": READS_PULLS,
  "POST /repos/{owner}/{repo}/pulls/{pull_number}/requested_reviewers": {
    token: "pull-requests:write",
    role: "write",
  },

  "GET /repos/{owner}/{repo}/pulls/{pull_number}/comments": READS_PULLS,
  "POST /repos/{owner}/{repo}/pulls/{pull_number}/comments": {
    token: "pull-requests:write",
    role: "read",
    createsContent: true,
  },
  "POST /repos/{owner}/{repo}/pulls/{pull_number}/comments/{comment_id}/replies": {
    token: "pull-requests:write",
    role: "read",
    createsContent: true,
  },

  "GET /repos/{owner}/{repo}/git/ref/{ref}": { token: "contents:read", role: "read" },
  "GET /repos/{owner}/{repo}/git/matching-refs/{ref}": { token: "contents:read", role: "read" },
  "POST /repos/{owner}/{repo}/git/refs": { token: "contents:write", role: "write" },
  "PATCH /repos/{owner}/{repo}/git/refs/{ref}": { token: "contents:write", role: "write" },
  "DELETE /repos/{owner}/{repo}/git/refs/{ref}": { token: "contents:write", role: "write" },
  "POST /repos/{owner}/{repo}/git/blobs": { token: "contents:write", role: "write" },
  "GET /repos/{owner}/{repo}/git/blobs/{file_sha}": { token: "contents:read", role: "read" },
  "POST /repos/{owner}/{repo}/git/trees": { token: "contents:write", role: "write" },
  "GET /repos/{owner}/{repo}/git/trees/{tree_sha}": { token: "contents:read", role: "read" },
  "POST /repos/{owner}/{repo}/git/commits": { token: "contents:write", role: "write" },
  "GET /repos/{owner}/{repo}/git/commits/{commit_sha}": { token: "contents:read", role: "read" },
  "GET /repos/{owner}/{repo}/compare/{basehead}": { token: "contents:read", role: "read" },
  "GET /repos/{owner}/{repo}/commits": { token: "contents:read", role: "read" },
  "GET /repos/{owner}/{repo}/commits/{ref}": { token: "contents:read", role: "read" },
  "GET /repos/{owner}/{repo}/contents/{path}": { token: "contents:read", role: "read" },

  "POST /repos/{owner}/{repo}/check-runs": { token: "checks:write", role: "write" },
  "GET /repos/{owner}/{repo}/check-runs/{check_run_id}": { token: "checks:read", role: "read" },
  "PATCH /repos/{owner}/{repo}/check-runs/{check_run_id}": { token: "checks:write", role: "write" },
  "GET /repos/{owner}/{repo}/commits/{ref}/check-runs": { token: "checks:read", role: "read" },

  "POST /repos/{owner}/{repo}/statuses/{sha}": { token: "statuses:write", role: "write" },
  "GET /repos/{owner}/{repo}/commits/{ref}/status": { token: "statuses:read", role: "read" },

  "GET /repos/{owner}/{repo}/deployments": { token: "deployments:read", role: "read" },
  "POST /repos/{owner}/{repo}/deployments": { token: "deployments:write", role: "write" },
  "GET /repos/{owner}/{repo}/deployments/{deployment_id}/statuses": {
    token: "deployments:read",
    role: "read",
  },
  "POST /repos/{owner}/{repo}/deployments/{deployment_id}/statuses": {
    token: "deployments:write",
    role: "write",
  },

  "POST /repos/{owner}/{repo}/actions/workflows/{workflow_id}/dispatches": {
    token: "actions:write",
    role: "write",
  },
  "GET /repos/{owner}/{repo}/actions/workflows/{workflow_id}/runs": {
    token: "actions:read",
    role: "read",
  },
  "GET /repos/{owner}/{repo}/actions/runs": { token: "actions:read", role: "read" },
  "GET /repos/{owner}/{repo}/actions/runs/{run_id}": { token: "actions:read", role: "read" },
  "POST /repos/{owner}/{repo}/actions/runs/{run_id}/cancel": {
    token: "actions:write",
    role: "write",
  },
  "POST /repos/{owner}/{repo}/actions/runs/{run_id}/rerun": {
    token: "actions:write",
    role: "write",
  },
  "POST /repos/{owner}/{repo}/actions/runs/{run_id}/rerun-failed-jobs": {
    token: "actions:write",
    role: "write",
  },

  // It is undocumented whether it also works for a run that a bot caused: on the site a person presses the button.
  "POST /repos/{owner}/{repo}/actions/runs/{run_id}/approve": { token: "never", role: "write" },
  "GET /repos/{owner}/{repo}/actions/runs/{run_id}/jobs": { token: "actions:read", role: "read" },
  "GET /repos/{owner}/{repo}/actions/jobs/{job_id}/logs": { token: "actions:read", role: "read" },
  "GET /repos/{owner}/{repo}/check-runs/{check_run_id}/annotations": {
    token: "checks:read",
    role: "read",
  },

  "GET /repos/{owner}/{repo}/rules/branches/{branch}": { token: "metadata:read", role: "read" },
} as const satisfies Readonly<Record<string, RouteRule>>;

/** The one address of GraphQL; its content comes from the routes above, with the same caller. */
export const GRAPHQL = "POST /graphql" satisfies RouteName;

export type RouteName = keyof typeof ROUTES;
export type RepositoryRouteName = Extract<RouteName, `${string} /repos/${string}`>;
export type GlobalRouteName = Exclude<RouteName, RepositoryRouteName>;

/** Parameters that may contain slashes: a ref, a path, and the two revisions of a comparison. */
const MULTI_SEGMENT = new Set(["ref", "path", "basehead", "name", "branch"]);

/** "GET /repos/{owner}/{repo}" in the router's form: "/repos/:owner/:repo". */
export function routerPath(template: string): string {
  return template.replaceAll(/\{(\w+)\}/g, (_, name: string) =>
    MULTI_SEGMENT.has(name) ? `:${name}{.+}` : `:${name}`,
  );
}

export function methodOf(route: RouteName): string {
  return route.slice(0, route.indexOf(" "));
}

export function templateOf(route: RouteName): string {
  return route.slice(route.indexOf(" ") + 1);
}
