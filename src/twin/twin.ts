import { execFile } from "node:child_process";
import { glob, mkdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import { type Adopted, adopt } from "./adopt.ts";
import { startTwinGitHub } from "./github/server.ts";
import type { CreatedUser, RepositoryRole, TwinGitHub } from "./github/twin-github.ts";
import { layApart } from "./lay-apart.ts";
import { push } from "./push.ts";
import type { RunnerProgress } from "./runner/run/records.ts";
import { createRunner, type RunnerOptions, type TwinRunner } from "./runner/runner.ts";

const run = promisify(execFile);

/** Where the twin hosts this project, as a caller's `uses:` names it. */
export const MILLWRIGHT = { repository: "OWNER/millwright", version: "v0" } as const;

/** Owner of every repository of the twin: the person whom the demo and the rehearsal play. */
export const OWNER = "OWNER";

/** The workflow with which a repository calls the factory. */
export const FACTORY_FILE = ".github/workflows/factory.yml";

export interface TwinOptions {
  /** An existing folder for everything the twin keeps; the caller removes it. */
  readonly directory: string;
  /** The folder of this project: its actions and workflows are what runs. */
  readonly millwright: string;
  /** The Node 24 that runs JavaScript actions. */
  readonly node: string;
  /** Port of GitHub; a free one by default. */
  readonly port?: number;
  /** Secrets and variables of every repository. */
  readonly secrets: Readonly<Record<string, string>>;
  readonly variables?: Readonly<Record<string, string>>;
  /** Other people, and bots by their login's ending, with their role in every repository. */
  readonly collaborators?: Readonly<Record<string, RepositoryRole>>;
  /** Added to the environment of every step. */
  readonly environment?: Readonly<Record<string, string>>;
  /** As the runner's: free bytes above which the folders of ended jobs stay until the twin closes. */
  readonly keepJobsAbove?: number;
  readonly onProgress?: (event: RunnerProgress) => void;
  /** Runs jobs instead of the twin's own runner. This project is not hosted then: nothing would reference its workflows. */
  readonly runner?: CreateRunner;
}

export type CreateRunner = (options: RunnerOptions) => TwinRunner;

/** GitHub, its runner and one owner on one machine. */
export interface Twin {
  readonly github: TwinGitHub;
  readonly runner: TwinRunner;
  readonly owner: CreatedUser;
  /** A person or bot of `collaborators`. Throws for anybody else. */
  userOf(login: string): CreatedUser;
  /** Hosts a repository whose first commit is what `source` holds (below `paths`, when given); returns its bare repository. */
  host(fullName: string, source: string, paths?: readonly string[]): Promise<string>;
  /**
   * Stands in for a repository that lies elsewhere on this machine, one commit ahead of its base. Of its workflows only
   * the factory's run: others name actions that are not here, and their commands would run outside every sandbox.
   */
  adopt(fullName: string, adopted: Adopted): Promise<void>;
  gitDirectoryOf(fullName: string): string;
  /** One REST call as the owner. Rejects with GitHub's message when the answer is not 2xx. */
  request(method: string, path: string, body?: unknown): Promise<unknown>;
  /** The JSON files that the runs handed over as artifacts, oldest run first: orders and proposals. */
  handovers(): Promise<readonly Handover[]>;
  close(): Promise<void>;
}

export interface Handover {
  readonly runId: number;
  /** `order.json`, `verify.json`, … */
  readonly name: string;
  readonly value: unknown;
}

export async function startTwin(options: TwinOptions): Promise<Twin> {
  const { bare, scratch } = await layFolders(options.directory);
  const github = await startTwinGitHub({ directory: bare, port: options.port ?? 0 });
  const owner = github.createUser(OWNER);
  const userOf = createUsers(github, Object.keys(options.collaborators ?? {}));
  const hosting = createHosting(github, options);
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
    // This project is hosted to be referenced; its own ci.yml would otherwise answer the push that hosts it.
    runsWorkflow: (repository, path) =>
      repository !== MILLWRIGHT.repository &&
      (!adoptedNames.has(repository) || path === FACTORY_FILE),
    ...(options.keepJobsAbove !== undefined && { keepJobsAbove: options.keepJobsAbove }),
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
      await push({
        source,
        paths,
        url: `${github.url}/${fullName}.git`,
        token: owner.token,
        scratch,
      });
      return gitDirectory;
    },
    async adopt(fullName, adopted) {
      adoptedNames.add(fullName);
      await adopt(await hosting.create(fullName, adopted.defaultBranch), adopted);
    },
    request: (method, path, body) =>
      request({ url: github.url, token: owner.token, method, path, body }),
    handovers: () => readHandovers(join(scratch, "artifacts")),
    async close() {
      unsubscribe();
      await runner.close();
      await github.close();
    },
  };
  if (options.runner === undefined) await hostMillwright(twin, options.millwright);
  return twin;
}

/** Makes repositories of the owner's, each with the secrets and variables of the twin. */
function createHosting(github: TwinGitHub, options: TwinOptions) {
  const directories = new Map<string, string>();
  const secrets: Record<string, Record<string, string>> = {};
  const variables: Record<string, Record<string, string>> = {};
  return {
    directories,
    secrets,
    variables,
    async create(fullName: string, defaultBranch: string): Promise<string> {
      const { gitDirectory } = await github.createRepository(fullName, {
        defaultBranch,
        collaborators: { ...options.collaborators, [OWNER]: "admin" },
        canApprovePullRequests: true,
      });
      directories.set(fullName, gitDirectory);
      secrets[fullName] = { ...options.secrets };
      variables[fullName] = { ...options.variables };
      return gitDirectory;
    },
  };
}

async function layFolders(directory: string) {
  const folders = { bare: join(directory, "repositories"), scratch: join(directory, "runner") };
  const jobs = join(folders.scratch, "jobs");
  for (const folder of [...Object.values(folders), jobs]) await mkdir(folder, { recursive: true });
  await layApart([jobs]);
  return folders;
}

/** A login that ends like GitHub's bots is one. */
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

async function readHandovers(folder: string): Promise<readonly Handover[]> {
  const files = await Array.fromAsync(glob("*/*/*.json", { cwd: folder }));
  const found = files
    .map((path) => path.split("/"))
    .sort((left, right) => Number(left[1]) - Number(right[1]));
  return Promise.all(
    found.map(async ([run = "", artifact = "", name = ""]) => ({
      runId: Number(run),
      name,
      value: JSON.parse(await readFile(join(folder, run, artifact, name), "utf8")) as unknown,
    })),
  );
}

/** Of this project only what callers can reference is hosted: its actions and its workflows. */
async function hostMillwright(twin: Twin, directory: string): Promise<void> {
  const gitDirectory = await twin.host(MILLWRIGHT.repository, directory, [
    "actions",
    ".github/workflows",
  ]);
  await run("git", ["--git-dir", gitDirectory, "tag", MILLWRIGHT.version, "main"]);
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
