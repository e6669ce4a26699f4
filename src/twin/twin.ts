import { execFile } from "node:child_process";
import { glob, mkdir, readFile, rm } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import { startTwinGitHub } from "./github/server.ts";
import type { CreatedUser, RepositoryRole, TwinGitHub } from "./github/twin-github.ts";
import type { RunnerProgress } from "./runner/records.ts";
import { createRunner, type TwinRunner } from "./runner/runner.ts";

const run = promisify(execFile);

/** Where the twin hosts this project, as a caller's `uses:` names it. */
export const MILLWRIGHT = { repository: "OWNER/millwright", version: "v0" } as const;

/** Owner of every repository of the twin: the person whom the demo and the rehearsal play. */
export const OWNER = "OWNER";

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
  readonly onProgress?: (event: RunnerProgress) => void;
}

/** GitHub, its runner and one owner on one machine. */
export interface Twin {
  readonly github: TwinGitHub;
  readonly runner: TwinRunner;
  readonly owner: CreatedUser;
  /** A person or bot of `collaborators`. Throws for anybody else. */
  userOf(login: string): CreatedUser;
  /** Hosts a repository whose first commit is what `source` holds (below `paths`, when given); returns its bare repository. */
  host(fullName: string, source: string, paths?: readonly string[]): Promise<string>;
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
  const directories = new Map<string, string>();
  const secrets: Record<string, Record<string, string>> = {};
  const variables: Record<string, Record<string, string>> = {};
  const gitDirectoryOf = (repository: string) =>
    directories.get(repository) ?? join(bare, `${repository}.git`);
  const runner = createRunner({
    github,
    gitDirectoryOf,
    directory: scratch,
    secrets,
    variables,
    node: options.node,
    environment: { ...options.environment },
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
      const { gitDirectory } = await github.createRepository(fullName, {
        defaultBranch: "main",
        collaborators: { ...options.collaborators, [OWNER]: "admin" },
        canApprovePullRequests: true,
      });
      directories.set(fullName, gitDirectory);
      secrets[fullName] = { ...options.secrets };
      variables[fullName] = { ...options.variables };
      await push({
        source,
        paths,
        url: `${github.url}/${fullName}.git`,
        token: owner.token,
        scratch,
      });
      return gitDirectory;
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
  await hostMillwright(twin, options.millwright);
  return twin;
}

async function layFolders(directory: string) {
  const folders = { bare: join(directory, "repositories"), scratch: join(directory, "runner") };
  for (const folder of Object.values(folders)) await mkdir(folder, { recursive: true });
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

const IDENTITY = {
  GIT_AUTHOR_NAME: OWNER,
  GIT_AUTHOR_EMAIL: "owner@users.noreply.github.com",
  GIT_COMMITTER_NAME: OWNER,
  GIT_COMMITTER_EMAIL: "owner@users.noreply.github.com",
};

/** The bytes are thrown away with the twin: packing them well costs more than it saves. */
const IN_HASTE = ["-c", "core.compression=0", "-c", "pack.window=0"];

/** Commits a folder as it stands (what its .gitignore names left out) and pushes it, touching nothing in the folder. */
async function push(options: {
  readonly source: string;
  readonly paths: readonly string[];
  readonly url: string;
  readonly token: string;
  readonly scratch: string;
}): Promise<void> {
  const gitDirectory = join(options.scratch, `push-${process.hrtime.bigint()}`);
  const environment = {
    PATH: process.env.PATH ?? "/usr/bin:/bin",
    HOME: options.scratch,
    GIT_CONFIG_NOSYSTEM: "1",
    GIT_CONFIG_GLOBAL: "/dev/null",
    ...IDENTITY,
  };
  const git = (...words: readonly string[]) =>
    run("git", ["--git-dir", gitDirectory, "--work-tree", options.source, ...words], {
      env: environment,
      cwd: options.source,
      maxBuffer: 2 ** 26,
    });
  try {
    await run("git", ["init", "--quiet", "--bare", "--initial-branch=main", gitDirectory], {
      env: environment,
    });
    await git(...IN_HASTE, "add", "--all", "--", ...options.paths);
    await git("commit", "--quiet", "--message", "Begin");
    const header = Buffer.from(`x-access-token:${options.token}`).toString("base64");
    await git(
      ...IN_HASTE,
      "-c",
      `http.extraheader=AUTHORIZATION: basic ${header}`,
      "push",
      "--quiet",
      options.url,
      "main:main",
    );
  } finally {
    await rm(gitDirectory, { recursive: true, force: true });
  }
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
