import { join } from "node:path";
import { adopt } from "./adopt.ts";
import { startTwinGitHub } from "./github/server.ts";
import type { TwinGitHub } from "./github/twin-github.ts";
import type { Weather } from "./github/weather/weather.ts";
import { artifactsIn } from "./handovers.ts";
import { createHosting, hostMillwright, layFolders } from "./hosting.ts";
import { lay } from "./lay.ts";
import { push } from "./push.ts";
import { createRunner } from "./runner/runner.ts";
import { FACTORY_FILE, MILLWRIGHT, OWNER, type Twin, type TwinOptions } from "./shape.ts";

export async function startTwin(options: TwinOptions): Promise<Twin> {
  const { bare, scratch } = await layFolders(options.directory, options.runner === undefined);
  const github = await startTwinGitHub({
    directory: bare,
    port: options.port ?? 0,
    ...(options.weather && { weather: options.weather }),
  });
  const owner = github.createUser(OWNER);
  const userOf = createUsers(github, Object.keys(options.collaborators ?? {}));
  const hosting = createHosting(github, withApp(github, options));
  const gitDirectoryOf = (repository: string) =>
    hosting.directories.get(repository) ?? join(bare, `${repository}.git`);
  const adoptedNames = new Set<string>();
  const runner = (options.runner ?? createRunner)({
    github,
    gitDirectoryOf,
    directory: scratch,
    secrets: hosting.secrets,
    variables: hosting.variables,
    node: options.node,
    environment: { ...options.environment },
    runsWorkflow: (repository, path) => runsHere(repository, path, adoptedNames),
    ...(options.keepJobsAbove !== undefined && { keepJobsAbove: options.keepJobsAbove }),
    ...weatherOfRunner(options.weather ?? {}),
    ...(options.onProgress && { onProgress: options.onProgress }),
  });
  const unsubscribe = github.onEvent(runner.handle);
  const twin: Twin = {
    github,
    runner,
    owner,
    userOf,
    gitDirectoryOf,
    async host(fullName, source, paths = ["."]) {
      const gitDirectory = await hosting.create(fullName, "main");
      const url = `${github.url}/${fullName}.git`;
      await push({ source, paths, url, token: owner.token, scratch });
      return gitDirectory;
    },
    lay: async (fullName, files) => lay(await hosting.create(fullName, "main"), "main", files),
    async adopt(fullName, adopted) {
      adoptedNames.add(fullName);
      await adopt(await hosting.create(fullName, adopted.defaultBranch), adopted);
    },
    request: (method, path, body) =>
      request({ url: github.url, token: owner.token, method, path, body }),
    ...artifactsIn(join(scratch, "artifacts")),
    async close() {
      unsubscribe();
      await runner.close();
      await github.close();
    },
  };
  if (runner.runsWorkflows) await hostMillwright(twin, options.millwright);
  return twin;
}

/** Set up as in docs/how-to/use-a-github-app.md. */
function withApp(github: TwinGitHub, options: TwinOptions): TwinOptions {
  const { app } = options;
  if (app === undefined) return options;
  const { clientId, privateKey } = github.createApp(app);
  const named = { FACTORY_APP_SLUG: app.slug, FACTORY_APP_CLIENT_ID: clientId };
  return {
    ...options,
    variables: { ...options.variables, ...named },
    secrets: { ...options.secrets, FACTORY_APP_KEY: privateKey },
  };
}

function weatherOfRunner({ skips, eventsLateMs, eventsTimes, ...loses }: Partial<Weather>) {
  const { losesJob, losesRunner, breaksAptList } = loses;
  return {
    ...(skips && { skips }),
    ...(losesJob !== undefined && { losesJob }),
    ...(losesRunner !== undefined && { losesRunner }),
    ...(breaksAptList && { breaksAptList }),
    delivery: {
      ...(eventsLateMs !== undefined && { lateMs: eventsLateMs }),
      ...(eventsTimes !== undefined && { times: eventsTimes }),
    },
  };
}

/** This project is hosted only as a reference; its own ci.yml would otherwise answer the push that hosts it. */
function runsHere(repository: string, path: string, adopted: ReadonlySet<string>): boolean {
  const isOurs = repository === MILLWRIGHT.repository;
  return !isOurs && (!adopted.has(repository) || path === FACTORY_FILE);
}

/** A login that ends like a GitHub bot's is one. */
function createUsers(github: TwinGitHub, logins: readonly string[]): Twin["userOf"] {
  const users = logins.map((login) =>
    github.createUser(login, login.endsWith("[bot]") ? "Bot" : "User"),
  );
  return (login) => {
    const user = users.find((one) => one.login === login);
    if (user === undefined) throw new Error(`the twin was started without ${login}`);
    return user;
  };
}

async function request(options: {
  readonly url: string;
  readonly token: string;
  readonly method: string;
  readonly path: string;
  readonly body: unknown;
}): Promise<unknown> {
  const response = await fetch(`${options.url}${options.path}`, {
    method: options.method,
    headers: { authorization: `Bearer ${options.token}`, "content-type": "application/json" },
    ...(options.body === undefined ? {} : { body: JSON.stringify(options.body) }),
  });
  const text = await response.text();
  if (!response.ok)
    throw new Error(
      `${options.method} ${options.path} answered ${response.status}: ${text.slice(0, 500)}`,
    );
  return text === "" ? undefined : JSON.parse(text);
}
