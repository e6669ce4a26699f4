import { spawn } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { git } from "../../../src/twin/github/git/git.ts";
import { refTip } from "../../../src/twin/github/git/read-refs.ts";
import { startTwinGitHub } from "../../../src/twin/github/server.ts";
import type {
  CreatedUser,
  JobPermissions,
  RepositoryOptions,
  TwinEvent,
  TwinGitHub,
  TwinGitHubOptions,
} from "../../../src/twin/github/twin-github.ts";

export const REPOSITORY = "OWNER/app";

/** People of every test: what they are called is what they may do. `stranger` is no collaborator. */
export const PEOPLE = ["reader", "triager", "writer", "maintainer", "stranger"] as const;

export interface Reply {
  readonly status: number;
  /** The answer's JSON; undefined when there is none. */
  // biome-ignore lint/suspicious/noExplicitAny: tests read answers of many shapes, which the conformance check types.
  readonly body: any;
  readonly headers: Headers;
}

export interface World extends AsyncDisposable {
  readonly github: TwinGitHub;
  readonly gitDirectory: string;
  readonly directory: string;
  readonly events: TwinEvent[];
  readonly owner: CreatedUser;
  /** An App of somebody's own, which may write. */
  readonly app: CreatedUser;
  readonly people: Readonly<Record<(typeof PEOPLE)[number], CreatedUser>>;
  /** A job's token for the repository; run 7 unless said otherwise. */
  job(permissions: JobPermissions, runId?: number): string;
  /** `route` as in ROUTES; `values` fills its parameters, the rest goes into the query of a GET or the body of a write. */
  ask(
    token: string,
    route: string,
    values?: Readonly<Record<string, unknown>>,
    headers?: Readonly<Record<string, string>>,
  ): Promise<Reply>;
  /** Commits files (null deletes) on a branch behind the API's back, from `from` when the branch is new. No event. */
  commit(
    files: Readonly<Record<string, string | null>>,
    branch?: string,
    from?: string,
  ): Promise<string>;
}

export interface WorldOptions {
  readonly repository?: Partial<RepositoryOptions>;
  readonly github?: Partial<TwinGitHubOptions>;
}

const FIRST_FILES = { "README.md": "# App\n", "src/one.txt": "1\n" };

export async function createWorld(options: WorldOptions = {}): Promise<World> {
  const directory = await mkdtemp(join(tmpdir(), "twin-github-"));
  const github = await startTwinGitHub({ directory, ...options.github });
  const owner = github.createUser("OWNER");
  const people = Object.fromEntries(
    PEOPLE.map((login) => [login, github.createUser(login)]),
  ) as World["people"];
  const app = github.createUser("app[bot]", "Bot");
  const { gitDirectory } = await github.createRepository(REPOSITORY, {
    defaultBranch: "main",
    collaborators: {
      reader: "read",
      triager: "triage",
      writer: "write",
      maintainer: "maintain",
      "app[bot]": "write",
    },
    ...options.repository,
  });
  const events: TwinEvent[] = [];
  github.onEvent((event) => events.push(event));
  const world: World = {
    github,
    gitDirectory,
    directory,
    events,
    owner,
    app,
    people,
    job: (permissions, runId = 7) =>
      github.mintJobToken({ repository: REPOSITORY, permissions, runId, jobId: "job" }),
    ask: (token, route, values = {}, headers = {}) =>
      ask({ github, token, route, values, headers }),
    commit: (files, branch = "main", from = branch) =>
      commitFiles(gitDirectory, { files, branch, from }),
    async [Symbol.asyncDispose]() {
      await github.close();
      await rm(directory, { recursive: true, force: true });
    },
  };
  await world.commit(FIRST_FILES);
  return world;
}

async function ask(asked: {
  readonly github: TwinGitHub;
  readonly token: string;
  readonly route: string;
  readonly values: Readonly<Record<string, unknown>>;
  readonly headers: Readonly<Record<string, string>>;
}): Promise<Reply> {
  const [method = "GET", template = ""] = asked.route.split(" ");
  const [owner = "", repo = ""] = REPOSITORY.split("/");
  const rest: Record<string, unknown> = { owner, repo, ...asked.values };
  const path = template.replaceAll(/\{(\w+)\}/g, (_, name: string) => {
    const value = String(rest[name] ?? "");
    delete rest[name];
    return value.split("/").map(encodeURIComponent).join("/");
  });
  delete rest.owner;
  delete rest.repo;
  const url = new URL(`${asked.github.url}${path}`);
  const reads = method === "GET";
  if (reads)
    for (const [name, value] of Object.entries(rest)) url.searchParams.set(name, String(value));
  const headers = new Headers(asked.headers);
  if (asked.token !== "") headers.set("authorization", `Bearer ${asked.token}`);
  const body = reads ? {} : { body: JSON.stringify(rest) };
  const response = await asked.github.fetch(new Request(url, { method, headers, ...body }));
  const text = await response.text();
  const told: unknown = text === "" ? undefined : JSON.parse(text);
  return { status: response.status, body: told, headers: response.headers };
}

const AUTHOR = {
  GIT_AUTHOR_NAME: "A person",
  GIT_AUTHOR_EMAIL: "person@example.com",
  GIT_COMMITTER_NAME: "A person",
  GIT_COMMITTER_EMAIL: "person@example.com",
};

/** One process for a commit: most tests begin with one, and starting git is what they spend their time on. */
export async function commitFiles(
  gitDirectory: string,
  wanted: {
    readonly files: Readonly<Record<string, string | null>>;
    readonly branch: string;
    readonly from: string;
  },
): Promise<string> {
  const parent = await refTip(gitDirectory, `refs/heads/${wanted.from}`);
  const data = (text: string) => `data ${Buffer.byteLength(text)}\n${text}\n`;
  const person = `A person <person@example.com> ${Math.floor(Date.now() / 1000)} +0000`;
  const files = Object.entries(wanted.files).map(([path, content]) =>
    content === null
      ? `D ${JSON.stringify(path)}\n`
      : `M 100644 inline ${JSON.stringify(path)}\n${data(content)}`,
  );
  const input = [
    `commit refs/heads/${wanted.branch}\nmark :1\nauthor ${person}\ncommitter ${person}\n`,
    data("Change\n"),
    parent === undefined ? "" : `from ${parent}\n`,
    ...files,
    "\nget-mark :1\n",
  ].join("");
  return git(gitDirectory, ["fast-import", "--quiet", "--force"], { input });
}

/** A real git client with a token, as a person or a checkout uses it. Resolves with its exit code and what it said. */
export async function runGit(
  command: readonly string[],
  options: {
    readonly cwd: string;
    readonly token?: string;
    readonly environment?: Readonly<Record<string, string>>;
  },
): Promise<{ code: number; output: string }> {
  const credentials = Buffer.from(`x-access-token:${options.token ?? ""}`).toString("base64");
  const header = `http.extraheader=Authorization: basic ${credentials}`;
  const child = spawn("git", [...(options.token === undefined ? [] : ["-c", header]), ...command], {
    cwd: options.cwd,
    env: {
      PATH: process.env.PATH,
      HOME: options.cwd,
      GIT_CONFIG_NOSYSTEM: "1",
      GIT_CONFIG_GLOBAL: "/dev/null",
      GIT_TERMINAL_PROMPT: "0",
      ...AUTHOR,
      ...options.environment,
    },
  });
  let output = "";
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding("utf8").on("data", (text: string) => {
      output += text;
    });
  }
  const code = await new Promise<number>((settle, reject) => {
    child.once("error", reject);
    child.once("close", (exitCode) => settle(exitCode ?? 128));
  });
  return { code, output };
}
