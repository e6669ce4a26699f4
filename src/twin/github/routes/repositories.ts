import { renderAccount } from "../render/account.ts";
import { renderFullRepository, renderPermissions } from "../render/repository.ts";
import { readRate } from "../state/rate-limit.ts";
import { ACTIONS_BOT, type RepositoryState } from "../state/state.ts";
import type { Account, RepositoryRole } from "../twin-github.ts";
import {
  type Answer,
  type ApiRequest,
  type GlobalRoutes,
  identified,
  ok,
  parameter,
  type RepositoryRequest,
  type RepositoryRoutes,
} from "./api.ts";
import { OLDER_WORD } from "./create-repository.ts";
import { paged } from "./paging.ts";
import { notFound } from "./refusals.ts";

function roleOf(repository: RepositoryState, person: Account): RepositoryRole | undefined {
  if (person.id === repository.owner.id) return "admin";
  const role = repository.collaborators.get(person.login.toLowerCase());
  return role ?? (repository.visibility === "public" ? "read" : undefined);
}

function readPermission(request: RepositoryRequest): Answer {
  const { repository, twin } = request;
  const username = parameter(request, "username");
  const person = twin.accounts.get(username.toLowerCase());
  if (person === undefined || person.id === ACTIONS_BOT.id) {
    throw notFound(`${username} is not a user`);
  }
  const role = roleOf(repository, person);
  return ok({
    permission: role === undefined ? "none" : OLDER_WORD[role],
    role_name: role ?? "none",
    user: {
      ...renderAccount(twin, person),
      role_name: role ?? "none",
      permissions: renderPermissions(role),
    },
  });
}

/** Invited people and the owner; an organization itself is no collaborator. */
function listCollaborators(request: RepositoryRequest): Promise<Answer> {
  const { repository, twin } = request;
  const invited = [...repository.collaborators.keys()].flatMap(
    (login) => twin.accounts.get(login) ?? [],
  );
  const people = new Map([repository.owner, ...invited].map((one) => [one.id, one] as const));
  const shown = [...people.values()].filter(({ type }) => type === "User");
  return paged(request, shown, (person) => {
    const role = roleOf(repository, person) ?? "read";
    return {
      ...renderAccount(twin, person),
      permissions: renderPermissions(role),
      role_name: role,
    };
  });
}

/** The profile is public and empty: the twin knows only names of people. */
function profileOf(request: ApiRequest, account: Account): Answer {
  return ok({
    ...renderAccount(request.twin, account),
    name: null,
    company: null,
    blog: null,
    location: null,
    email: null,
    hireable: null,
    bio: null,
    public_repos: 0,
    public_gists: 0,
    followers: 0,
    following: 0,
    created_at: "2020-01-01T00:00:00Z",
    updated_at: "2020-01-01T00:00:00Z",
  });
}

function readAccount(request: ApiRequest): Answer {
  const account = request.twin.accounts.get(parameter(request, "username").toLowerCase());
  if (account === undefined) throw notFound();
  return profileOf(request, account);
}

/** The twin has no search, but GitHub's answer must name its limit. */
function readRateLimit(request: ApiRequest): Answer {
  const core = readRate(request.twin, request.caller);
  const search = { limit: 30, used: 0, remaining: 30, reset: core.reset };
  return ok({ resources: { core, search }, rate: core });
}

/** The twin has no rulesets, so no rules apply to any branch, existing or not. */
const NO_RULES = ok([]);

export const repositoryRoutes = {
  "GET /repos/{owner}/{repo}": (request) =>
    ok(renderFullRepository(request.twin, request.repository, request.role)),
  "GET /repos/{owner}/{repo}/collaborators": listCollaborators,
  "GET /repos/{owner}/{repo}/collaborators/{username}/permission": readPermission,
  "GET /repos/{owner}/{repo}/rules/branches/{branch}": () => NO_RULES,
} as const satisfies RepositoryRoutes;

export const globalRoutes = {
  "GET /user": (request) => profileOf(request, identified(request).account),
  "GET /users/{username}": readAccount,
  "GET /rate_limit": readRateLimit,
} as const satisfies Partial<GlobalRoutes>;
