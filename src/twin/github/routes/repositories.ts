import { appendFile, mkdir } from "node:fs/promises";
import { dirname, join } from "node:path";
import { git } from "../git/git.ts";
import { renderAccount, renderFullRepository, renderPermissions } from "../render/repository.ts";
import { readRate } from "../state/rate-limit.ts";
import type { Twin } from "../state/state.ts";
import {
  ACTIONS_BOT,
  findRepository,
  nextId,
  type RepositoryState,
  timestamp,
} from "../state/state.ts";
import type { Account, RepositoryOptions, RepositoryRole } from "../twin-github.ts";
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
import { notFound } from "./refusals.ts";

const FULL_NAME = /^[A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?\/(?!\.{1,2}$)[A-Za-z0-9._-]+$/;

/** Roles as GitHub's older `permission` words, which know neither triage nor maintain. */
const OLDER_WORD: Readonly<Record<RepositoryRole, "read" | "write" | "admin">> = {
  read: "read",
  triage: "read",
  write: "write",
  maintain: "write",
  admin: "admin",
};

/**
 * How a bare repository of GitHub's behaves: any commit may be fetched by id, its own refs can be fetched and not pushed,
 * nothing is tidied away while it is used. What is pushed is thrown away with the twin and not worth compressing.
 */
const GIT_CONFIGURATION = `
[http]
\treceivepack = true
[uploadpack]
\tallowAnySHA1InWant = true
\tallowFilter = true
[receive]
\thideRefs = refs/pull
\tdenyDeleteCurrent = refuse
\tautogc = false
[gc]
\tauto = 0
[core]
\tlooseCompression = 0
`;

function account(twin: Twin, login: string): Account {
  const known = twin.accounts.get(login.toLowerCase());
  if (known !== undefined) return known;
  throw new Error(`the twin knows no account ${login}: call createUser("${login}") first`);
}

/** An owner nobody signs in as stands for an organisation. */
function ownerAccount(twin: Twin, login: string): Account {
  const known = twin.accounts.get(login.toLowerCase());
  if (known !== undefined) return known;
  const owner: Account = { id: nextId(twin), login, type: "User" };
  twin.accounts.set(login.toLowerCase(), owner);
  return owner;
}

async function createBare(gitDirectory: string, defaultBranch: string): Promise<void> {
  await mkdir(dirname(gitDirectory), { recursive: true });
  const settings = ["--quiet", "--bare", "--template=", `--initial-branch=${defaultBranch}`];
  await git(gitDirectory, ["init", ...settings]);
  await appendFile(join(gitDirectory, "config"), GIT_CONFIGURATION);
}

/**
 * Makes an empty repository and its bare directory. Every collaborator has to be an account; the owner may become one.
 * Throws for a name that GitHub would not take, and for one that is taken.
 */
export async function createRepository(
  twin: Twin,
  directory: string,
  named: { readonly fullName: string; readonly options: RepositoryOptions },
): Promise<RepositoryState> {
  const { fullName, options } = named;
  if (!FULL_NAME.test(fullName)) {
    throw new Error(`"${fullName}" is no name of a repository: write OWNER/NAME`);
  }
  if (findRepository(twin, fullName) !== undefined) {
    throw new Error(`the repository ${fullName} exists already`);
  }
  const [login = "", name = ""] = fullName.split("/");
  const collaborators = Object.entries(options.collaborators).map(
    ([person, role]) => [account(twin, person).login.toLowerCase(), role] as const,
  );
  const gitDirectory = join(directory, `${fullName}.git`);
  const now = timestamp(twin);
  const repository: RepositoryState = {
    id: nextId(twin),
    owner: ownerAccount(twin, login),
    name,
    fullName,
    gitDirectory,
    defaultBranch: options.defaultBranch,
    visibility: options.visibility ?? "public",
    collaborators: new Map(collaborators),
    canApprovePullRequests: options.canApprovePullRequests ?? false,
    createdAt: now,
    pushedAt: now,
    labels: new Map(),
    issues: new Map(),
    checkRuns: new Map(),
    verifiedCommits: new Set(),
    writes: Promise.resolve(),
  };
  twin.repositories.set(fullName.toLowerCase(), repository);
  try {
    await createBare(gitDirectory, options.defaultBranch);
  } catch (error: unknown) {
    twin.repositories.delete(fullName.toLowerCase());
    throw error;
  }
  return repository;
}

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

/** The profile is public and empty: the twin knows nothing of its people but their names. */
function readUser(request: ApiRequest): Answer {
  const { account: person } = identified(request);
  return ok({
    ...renderAccount(request.twin, person),
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

/** The twin has neither search nor GraphQL; GitHub's answer must name the limit of search all the same. */
function readRateLimit(request: ApiRequest): Answer {
  const core = readRate(request.twin, request.caller);
  const search = { limit: 30, used: 0, remaining: 30, reset: core.reset };
  return ok({ resources: { core, search }, rate: core });
}

export const repositoryRoutes = {
  "GET /repos/{owner}/{repo}": (request) =>
    ok(renderFullRepository(request.twin, request.repository, request.role)),
  "GET /repos/{owner}/{repo}/collaborators/{username}/permission": readPermission,
} as const satisfies RepositoryRoutes;

export const globalRoutes = {
  "GET /user": readUser,
  "GET /rate_limit": readRateLimit,
} as const satisfies GlobalRoutes;
