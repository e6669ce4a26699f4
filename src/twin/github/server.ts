import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { getRequestListener } from "@hono/node-server";
import { handleGitRequest } from "./git/git-http.ts";
import { createRestApp, type RestRoutes } from "./http.ts";
import { checkRoutes } from "./routes/checks.ts";
import { commentRoutes } from "./routes/comments.ts";
import { dispatchRoutes } from "./routes/dispatches.ts";
import { gitCommitRoutes } from "./routes/git-commits.ts";
import { gitObjectRoutes } from "./routes/git-objects.ts";
import { gitRefRoutes } from "./routes/git-refs.ts";
import { issueRoutes } from "./routes/issues.ts";
import { labelRoutes } from "./routes/labels.ts";
import { mergeRoutes } from "./routes/merges.ts";
import { pullRoutes } from "./routes/pulls.ts";
import { createRepository, globalRoutes, repositoryRoutes } from "./routes/repositories.ts";
import { contentRoutes } from "./routes/repository-content.ts";
import { reviewRoutes } from "./routes/reviews.ts";
import { runRoutes } from "./routes/runs.ts";
import { installationToken, personalToken } from "./state/access.ts";
import { announceSchedule } from "./state/events.ts";
import {
  ACTIONS_BOT,
  findRepository,
  nextId,
  type RepositoryState,
  type Twin,
} from "./state/state.ts";
import type {
  Account,
  AccountType,
  CreatedUser,
  JobTokenGrant,
  TwinGitHub,
  TwinGitHubOptions,
} from "./twin-github.ts";

/** Limit of GITHUB_TOKEN per repository: docs.github.com/en/actions/reference/limits */
const JOB_REQUESTS_PER_HOUR = 1000;
/** Ids of issues and comments on github.com are large; small ones would be taken for issue numbers unnoticed. */
const FIRST_ID = 3_000_000_000;

const ROUTES_SERVED = {
  global: globalRoutes,
  repository: {
    ...repositoryRoutes,
    ...issueRoutes,
    ...commentRoutes,
    ...labelRoutes,
    ...pullRoutes,
    ...reviewRoutes,
    ...mergeRoutes,
    ...gitRefRoutes,
    ...gitObjectRoutes,
    ...gitCommitRoutes,
    ...contentRoutes,
    ...checkRoutes,
    ...dispatchRoutes,
    ...runRoutes,
  },
} as const satisfies RestRoutes;

function createState(options: TwinGitHubOptions): Twin {
  return {
    origin: "",
    now: options.now ?? (() => new Date()),
    jobRequestsPerHour: options.requestsPerHour ?? JOB_REQUESTS_PER_HOUR,
    accounts: new Map([[ACTIONS_BOT.login, ACTIONS_BOT]]),
    tokens: new Map(),
    repositories: new Map(),
    rateWindows: new Map(),
    listeners: new Set(),
    records: [],
    runs: undefined,
    lastId: FIRST_ID,
  };
}

function createUser(twin: Twin, login: string, type: AccountType): CreatedUser {
  if (!/^[A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?(?:\[bot\])?$/.test(login)) {
    throw new Error(`"${login}" is no login: letters, digits and single dashes inside`);
  }
  const known = twin.accounts.get(login.toLowerCase());
  const taken = [...twin.tokens.values()].some((caller) => caller.account.id === known?.id);
  if (taken || known?.id === ACTIONS_BOT.id) {
    throw new Error(`the account ${login} exists already`);
  }
  // An owner that came to be with its repository gets a token now, and keeps its id.
  if (known !== undefined && known.type !== type) {
    throw new Error(`the account ${login} is a ${known.type} already`);
  }
  const account: Account = known ?? { id: nextId(twin), login, type };
  const token = personalToken();
  twin.accounts.set(login.toLowerCase(), account);
  twin.tokens.set(token, { kind: "person", account });
  return { id: account.id, login: account.login, token };
}

function knownRepository(twin: Twin, fullName: string): RepositoryState {
  const repository = findRepository(twin, fullName);
  if (repository !== undefined) return repository;
  throw new Error(`the twin has no repository ${fullName}: call createRepository first`);
}

function mintJobToken(twin: Twin, grant: JobTokenGrant): string {
  knownRepository(twin, grant.repository);
  const token = installationToken();
  twin.tokens.set(token, { kind: "job", account: ACTIONS_BOT, grant });
  return token;
}

/** Git's paths first, REST after, on one origin. */
function listenerOf(twin: Twin) {
  const app = createRestApp(twin, ROUTES_SERVED);
  const rest = getRequestListener(app.fetch, { overrideGlobalObjects: false });
  return async (incoming: IncomingMessage, outgoing: ServerResponse): Promise<void> => {
    try {
      if (!(await handleGitRequest(twin, incoming, outgoing))) await rest(incoming, outgoing);
    } catch (error: unknown) {
      // A mistake of the twin must be seen where it is met, and must not end the process.
      if (outgoing.headersSent) outgoing.destroy();
      else outgoing.writeHead(500).end(`The twin failed: ${String(error)}`);
    }
  };
}

async function listen(server: Server, port: number): Promise<number> {
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, "127.0.0.1", resolve);
  });
  return (server.address() as AddressInfo).port;
}

async function close(twin: Twin, server: Server): Promise<void> {
  const closed = new Promise<void>((resolve) => server.close(() => resolve()));
  server.closeAllConnections();
  await closed;
  await Promise.all([...twin.repositories.values()].map((repository) => repository.writes));
  twin.listeners.clear();
}

/** Starts a GitHub for one machine on loopback. Rejects when the port is taken. */
export async function startTwinGitHub(options: TwinGitHubOptions): Promise<TwinGitHub> {
  const twin = createState(options);
  const handle = listenerOf(twin);
  const server = createServer((incoming, outgoing) => void handle(incoming, outgoing));
  // Longer than any pause of a job: Node's 5 s end connections that clients are about to use again.
  server.keepAliveTimeout = 600_000;
  twin.origin = `http://127.0.0.1:${await listen(server, options.port ?? 0)}`;
  return {
    url: twin.origin,
    createUser: (login, type = "User") => createUser(twin, login, type),
    async createRepository(fullName, settings) {
      const named = { fullName, options: settings };
      const { gitDirectory, id } = await createRepository(twin, options.directory, named);
      return { id, gitDirectory };
    },
    mintJobToken: (grant) => mintJobToken(twin, grant),
    revokeToken: (token) => {
      twin.tokens.delete(token);
    },
    onEvent(listener) {
      // Wrapped, so that one function may subscribe twice and end each subscription by itself.
      const subscription = (event: Parameters<typeof listener>[0]) => listener(event);
      twin.listeners.add(subscription);
      return () => {
        twin.listeners.delete(subscription);
      };
    },
    requests: () => [...twin.records],
    setRuns: (source) => {
      twin.runs = source;
    },
    emitSchedule: (fullName, cron) => announceSchedule(twin, knownRepository(twin, fullName), cron),
    close: () => close(twin, server),
  };
}
