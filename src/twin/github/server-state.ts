import { installationToken, personalToken } from "./state/access.ts";
import {
  ACTIONS_BOT,
  findRepository,
  nextSmallId,
  type RepositoryState,
  type Twin,
} from "./state/state.ts";
import type {
  Account,
  AccountType,
  CreatedUser,
  JobTokenGrant,
  TwinGitHubOptions,
} from "./twin-github.ts";
import { createSky } from "./weather/sky.ts";

/** Limit of GITHUB_TOKEN per repository: docs.github.com/en/actions/reference/limits */
const JOB_REQUESTS_PER_HOUR = 1000;

/** Ids of issues and comments on github.com are large; small ones could be mistaken for issue numbers. */
const FIRST_ID = 3_000_000_000;

export function createState(options: TwinGitHubOptions): Twin {
  return {
    origin: "",
    now: ahead(options.now ?? (() => new Date()), options.weather?.clockAheadMs),
    jobRequestsPerHour: options.requestsPerHour ?? JOB_REQUESTS_PER_HOUR,
    accounts: new Map([[ACTIONS_BOT.login, ACTIONS_BOT]]),
    tokens: new Map(),
    apps: new Map(),
    repositories: new Map(),
    rateWindows: new Map(),
    listeners: new Set(),
    records: [],
    sky: createSky(options.weather ?? {}),
    runs: undefined,
    lastId: FIRST_ID,
  };
}

function ahead(now: () => Date, byMs = 0): () => Date {
  return byMs === 0 ? now : () => new Date(now().getTime() + byMs);
}

export function createUser(twin: Twin, login: string, type: AccountType): CreatedUser {
  if (!/^[A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?(?:\[bot\])?$/.test(login)) {
    throw new Error(`"${login}" is no login: letters, digits and single dashes inside`);
  }
  const known = twin.accounts.get(login.toLowerCase());
  const taken = [...twin.tokens.values()].some((caller) => caller.account.id === known?.id);
  if (taken || known?.id === ACTIONS_BOT.id) {
    throw new Error(`the account ${login} exists already`);
  }
  // An owner that was created with its repository gets a token now, and keeps its id.
  if (known !== undefined && known.type !== type) {
    throw new Error(`the account ${login} is a ${known.type} already`);
  }
  const account: Account = known ?? { id: nextSmallId(twin), login, type };
  const token = personalToken();
  twin.accounts.set(login.toLowerCase(), account);
  twin.tokens.set(token, { kind: "person", account });
  return { id: account.id, login: account.login, token };
}

export function knownRepository(twin: Twin, fullName: string): RepositoryState {
  const repository = findRepository(twin, fullName);
  if (repository !== undefined) return repository;
  throw new Error(`the twin has no repository ${fullName}: call createRepository first`);
}

export function mintJobToken(twin: Twin, grant: JobTokenGrant): string {
  knownRepository(twin, grant.repository);
  const token = installationToken();
  twin.tokens.set(token, { kind: "job", account: ACTIONS_BOT, grant });
  return token;
}
