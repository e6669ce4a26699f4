import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { isRefName } from "../git/move-ref.ts";
import type { Twin } from "../state/state.ts";
import { findRepository, nextSmallId, type RepositoryState, timestamp } from "../state/state.ts";
import type { Account, RepositoryOptions, RepositoryRole } from "../twin-github.ts";

const FULL_NAME = /^[A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?\/(?!\.{1,2}$)[A-Za-z0-9._-]+$/;

/** Roles as GitHub's older `permission` words, which know neither triage nor maintain. */
export const OLDER_WORD: Readonly<Record<RepositoryRole, "read" | "write" | "admin">> = {
  read: "read",
  triage: "read",
  write: "write",
  maintain: "write",
  admin: "admin",
};

/**
 * Behavior of GitHub's bare repositories: any commit may be fetched by id, its own refs can be fetched and not pushed,
 * and there is no cleanup during use. Pushed objects are discarded with the twin and not worth compressing.
 */
const GIT_CONFIGURATION = `[http]
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
\trepositoryformatversion = 0
\tfilemode = true
\tbare = true
\tlooseCompression = 0
`;

function account(twin: Twin, login: string): Account {
  const known = twin.accounts.get(login.toLowerCase());
  if (known !== undefined) return known;
  throw new Error(`the twin knows no account ${login}: call createUser("${login}") first`);
}

/** An owner who never signs in stands for an organization. */
function ownerAccount(twin: Twin, login: string): Account {
  const known = twin.accounts.get(login.toLowerCase());
  if (known !== undefined) return known;
  const owner: Account = { id: nextSmallId(twin), login, type: "User" };
  twin.accounts.set(login.toLowerCase(), owner);
  return owner;
}

/** What `git init --bare` lays without a template: gitrepository-layout(5). Throws for a branch that git refuses. */
async function createBare(gitDirectory: string, defaultBranch: string): Promise<void> {
  if (!(await isRefName(`refs/heads/${defaultBranch}`))) {
    throw new Error(`git refuses "${defaultBranch}" as the name of a branch`);
  }
  for (const folder of ["objects/info", "objects/pack", "refs/heads", "refs/tags"]) {
    await mkdir(join(gitDirectory, folder), { recursive: true });
  }
  await writeFile(join(gitDirectory, "HEAD"), `ref: refs/heads/${defaultBranch}\n`);
  await writeFile(join(gitDirectory, "config"), GIT_CONFIGURATION);
}

/**
 * Creates an empty repository and its bare directory. Every collaborator has to be an account; the owner may become one.
 * Throws for an invalid or used name.
 */
export async function createRepository(
  twin: Twin,
  directory: string,
  named: {
    readonly fullName: string;
    readonly options: RepositoryOptions;
    readonly parent?: RepositoryState;
  },
): Promise<RepositoryState> {
  const { fullName, options, parent } = named;
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
    id: nextSmallId(twin),
    owner: ownerAccount(twin, login),
    ...(parent === undefined ? {} : { parent }),
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
    statuses: [],
    deployments: new Map(),
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
