import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { getRequestListener } from "@hono/node-server";
import type { RestRoutes } from "./call.ts";
import { handleGitRequest } from "./git/git-http.ts";
import { graphqlRoute } from "./graphql/graphql-route.ts";
import { createRestApp, dispatch, inOrder } from "./http.ts";
import { keep } from "./kept/keep.ts";
import { portray } from "./kept/portrait.ts";
import { checkRoutes } from "./routes/checks.ts";
import { commentRoutes } from "./routes/comments.ts";
import { createRepository } from "./routes/create-repository.ts";
import { deploymentRoutes } from "./routes/deployments.ts";
import { dispatchRoutes } from "./routes/dispatches.ts";
import { forkRoutes } from "./routes/forks.ts";
import { gitCommitRoutes } from "./routes/git/commits.ts";
import { gitObjectRoutes } from "./routes/git/objects.ts";
import { gitRefRoutes } from "./routes/git/refs.ts";
import { issueRelationRoutes } from "./routes/issue-relations.ts";
import { issueRoutes } from "./routes/issues.ts";
import { jobRoutes } from "./routes/jobs.ts";
import { labelRoutes } from "./routes/labels.ts";
import { mergeRoutes } from "./routes/pulls/merges.ts";
import { pullRoutes } from "./routes/pulls/pulls.ts";
import { requestedReviewerRoutes } from "./routes/pulls/requested-reviewers.ts";
import { reviewCommentRoutes } from "./routes/pulls/review-comments.ts";
import { reviewRoutes } from "./routes/pulls/reviews.ts";
import { globalRoutes, repositoryRoutes } from "./routes/repositories.ts";
import { contentRoutes } from "./routes/repository-content.ts";
import { runRoutes } from "./routes/runs.ts";
import { statusRoutes } from "./routes/statuses.ts";
import { createState, createUser, knownRepository, mintJobToken } from "./server-state.ts";
import { createApp, mintAppToken } from "./state/apps.ts";
import { startDiscussion } from "./state/discussions.ts";
import { announceSchedule } from "./state/events.ts";
import { transferIssue } from "./state/issue-transfer.ts";
import type { Twin } from "./state/state.ts";
import type { TwinGitHub, TwinGitHubOptions } from "./twin-github.ts";

const ROUTES_SERVED: RestRoutes = {
  global: {
    ...globalRoutes,
    "POST /graphql": graphqlRoute(() => ROUTES_SERVED, dispatch, inOrder()),
  },
  repository: {
    ...repositoryRoutes,
    ...issueRoutes,
    ...issueRelationRoutes,
    ...commentRoutes,
    ...labelRoutes,
    ...pullRoutes,
    ...reviewRoutes,
    ...requestedReviewerRoutes,
    ...reviewCommentRoutes,
    ...mergeRoutes,
    ...gitRefRoutes,
    ...gitObjectRoutes,
    ...gitCommitRoutes,
    ...contentRoutes,
    ...checkRoutes,
    ...statusRoutes,
    ...deploymentRoutes,
    ...dispatchRoutes,
    ...forkRoutes,
    ...runRoutes,
    ...jobRoutes,
  },
};

/** Git's paths first, REST after, on one origin. */
function listenerOf(twin: Twin, app: ReturnType<typeof createRestApp>) {
  const rest = getRequestListener(app.fetch, { overrideGlobalObjects: false });
  return async (incoming: IncomingMessage, outgoing: ServerResponse): Promise<void> => {
    try {
      if (!(await handleGitRequest(twin, incoming, outgoing))) await rest(incoming, outgoing);
    } catch (error: unknown) {
      // A mistake of the twin must be visible where it occurs, and must not end the process.
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

/** Starts a GitHub for one machine on loopback. Rejects if the port is taken. */
export async function startTwinGitHub(options: TwinGitHubOptions): Promise<TwinGitHub> {
  const twin = createState(options);
  const app = createRestApp(twin, ROUTES_SERVED);
  const handle = listenerOf(twin, app);
  const server = createServer((incoming, outgoing) => void handle(incoming, outgoing));
  // Longer than any pause of a job: Node's 5 s would end connections that clients are about to reuse.
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
    createApp: (options) => createApp(twin, options),
    mintAppToken: (request) => mintAppToken(twin, request),
    revokeToken: (token) => {
      twin.tokens.delete(token);
    },
    onEvent(listener) {
      // Wrapped, so that one function may subscribe twice and end each subscription alone.
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
    transferIssue: (transfer) => transferIssue(twin, transfer),
    startDiscussion: (fullName, discussion) => startDiscussion(twin, fullName, discussion),
    fetch: async (request) => await app.fetch(request),
    keep: () => keep(twin),
    portray: (fullName) => portray(knownRepository(twin, fullName)),
    close: () => close(twin, server),
  };
}
