import { object, resolve } from "./description.ts";

const REPO = "/repos/{owner}/{repo}";

/**
 * What GitHub's table says of routes that it did not have yet, or said less of, when the package was made. Source: github/docs,
 * `src/github-apps/data/fpt-2026-03-10/server-to-server-permissions.json` at 02ac71cd67f1.
 */
const SINCE: Readonly<Record<string, readonly string[]>> = {
  [`GET ${REPO}/collaborators/{username}/permission`]: ["metadata:read"],
  [`GET ${REPO}/rules/branches/{branch}`]: ["metadata:read"],
  [`GET ${REPO}/commits/{commit_sha}/pulls`]: ["pull-requests:read"],
  [`GET ${REPO}/compare/{basehead}`]: ["contents:read"],
  [`POST ${REPO}/issues/{issue_number}/dependencies/blocked_by`]: ["issues:write"],
  [`POST ${REPO}/issues/{issue_number}/sub_issues`]: ["issues:write"],
  [`POST ${REPO}/pulls/{pull_number}/comments/{comment_id}/replies`]: ["pull-requests:write"],
  [`POST ${REPO}/actions/runs/{run_id}/rerun-failed-jobs`]: ["actions:write"],
};

type Levels = Readonly<Record<string, readonly string[]>>;

/** The names of parameters differ between GitHub's pages. */
function nameless(route: string): string {
  return route.replaceAll(/\{\w+\}/g, "{}");
}

function readTable(): ReadonlyMap<string, readonly string[]> {
  const { permissions } = object(
    object(resolve("@octokit/app-permissions/generated/api.github.com.json")),
  );
  const table = new Map<string, readonly string[]>();
  for (const [name, levels] of Object.entries(object(permissions))) {
    for (const level of ["read", "write"]) {
      for (const route of (levels as Levels)[level] ?? []) {
        const before = table.get(nameless(route)) ?? [];
        table.set(nameless(route), [...before, `${name.replaceAll("_", "-")}:${level}`]);
      }
    }
  }
  return table;
}

let read: ReadonlyMap<string, readonly string[]> | undefined;

/** The permissions of which GitHub asks one for a route, "key:level" in the keys of a workflow's `permissions`. */
export function permissionsOf(route: string): readonly string[] {
  read ??= readTable();
  return SINCE[route] ?? read.get(nameless(route)) ?? [];
}
