import { existsSync, readFileSync } from "node:fs";
import { mkdir, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { expect } from "vitest";
import { git } from "../../../src/twin/github/git/git.ts";
import type {
  JobTokenGrant,
  RunSource,
  TwinEvent,
  TwinGitHub,
} from "../../../src/twin/github/twin-github.ts";
import { listProcesses } from "../../../src/twin/runner/process/process-table.ts";
import type { JobRecord, RunnerProgress, RunRecord } from "../../../src/twin/runner/run/records.ts";
import type { RunnerOptions, TwinRunner } from "../../../src/twin/runner/run-book.ts";
import { createRunner } from "../../../src/twin/runner/runner.ts";

export type Files = Readonly<Record<string, string>>;

/** A runner over real bare repositories and a fake GitHub that throws for everything it is not asked to do. */
export interface World extends AsyncDisposable {
  readonly runner: TwinRunner;
  readonly grants: readonly JobTokenGrant[];
  readonly revoked: readonly string[];
  readonly progress: readonly RunnerProgress[];
  readonly directory: string;
  readonly scratch: string;
  runSource(): RunSource;
  /** Commits files (null deletes) on a branch and answers with the commit. */
  commit(
    repository: string,
    files: Readonly<Record<string, string | null>>,
    branch?: string,
  ): Promise<string>;
  event(name: string, more?: Partial<TwinEvent>): TwinEvent;
  /** Handles an event of acme/app and waits until all is quiet. */
  run(name: string, more?: Partial<TwinEvent>): Promise<RunRecord>;
}

export const APP = "acme/app";

export async function createWorld(
  files: Files,
  options: Partial<RunnerOptions> & { readonly url?: string } = {},
): Promise<World> {
  const directory = await mkdtemp(join(tmpdir(), "twin-runner-"));
  const scratch = join(directory, "scratch");
  const gitDirectoryOf = (repository: string) => join(directory, "git", `${repository}.git`);
  const grants: JobTokenGrant[] = [];
  const revoked: string[] = [];
  const progress: RunnerProgress[] = [];
  let source: RunSource | undefined;
  const github = fakeGitHub({
    url: options.url ?? "http://127.0.0.1:9",
    mintJobToken(grant: JobTokenGrant) {
      grants.push(grant);
      return `ghs_token_of_job_${grant.jobId}`;
    },
    revokeToken: (token: string) => revoked.push(token),
    setRuns: (runs: RunSource) => {
      source = runs;
    },
  });
  let head = "";
  const commit: World["commit"] = async (repository, changes, branch = "main") => {
    const id = await commitFiles(gitDirectoryOf(repository), { changes, branch });
    head = repository === APP && branch === "main" ? id : head;
    return id;
  };
  await commit(APP, files);
  const runner = createRunner({
    github,
    gitDirectoryOf,
    directory: scratch,
    secrets: {},
    grace: 500,
    ...options,
    onProgress: (event) => progress.push(event),
  });
  const event: World["event"] = (name, more = {}) => eventOf(name, head, more);
  return {
    runner,
    grants,
    revoked,
    progress,
    directory,
    scratch,
    commit,
    event,
    runSource() {
      if (source === undefined) {
        throw new Error("the runner has not registered itself");
      }
      return source;
    },
    async run(name, more) {
      runner.handle(event(name, more));
      await runner.idle();
      const last = runner.runs().at(-1);
      if (last === undefined) {
        throw new Error(`no run was started by ${name}`);
      }
      return last;
    },
    async [Symbol.asyncDispose]() {
      await runner.close();
      await rm(directory, { recursive: true, force: true });
    },
  };
}

/** A workflow with one job of bash steps, for tests of what a job does. */
export function oneJob(steps: string, head = ""): Files {
  const body = steps
    .trim()
    .split("\n")
    .map((line) => `      ${line}`)
    .join("\n");
  const text = `name: One\non: push\n${head}jobs:\n  job:\n    runs-on: ubuntu-24.04\n    steps:\n${body}\n`;
  return { ".github/workflows/one.yml": text };
}

export function jobOf(run: RunRecord, path = "job"): JobRecord {
  const job = run.jobs.find((candidate) => candidate.path === path);
  if (job === undefined) {
    throw new Error(
      `no job ${path}; there are ${run.jobs.map((each) => each.path).join(", ")}: ${run.error}`,
    );
  }
  return job;
}

export function logOf(run: RunRecord, path?: string): string {
  return jobOf(run, path).log.join("\n");
}

/** Conclusions by job path, in a form that reads well in a failed test. */
export function conclusions(run: RunRecord): Record<string, string | null> {
  return Object.fromEntries(run.jobs.map((job) => [job.path, job.conclusion]));
}

/** Waits for a condition without a fixed sleep; fails with what was awaited. */
export async function until(what: string, holds: () => boolean, limit = 10_000): Promise<void> {
  const deadline = Date.now() + limit;
  while (!holds()) {
    if (Date.now() > deadline) {
      expect.fail(`waited ${limit} ms for ${what}`);
    }
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}

function fakeGitHub(parts: object): TwinGitHub {
  return new Proxy(parts as TwinGitHub, {
    get(target, name) {
      if (name in target) {
        return Reflect.get(target, name);
      }
      throw new Error(`the fake GitHub was not asked to know '${String(name)}'`);
    },
  });
}

function eventOf(name: string, sha: string, more: Partial<TwinEvent>): TwinEvent {
  const base = {
    name,
    repository: APP,
    ref: "refs/heads/main",
    sha,
    actor: { id: 7, login: "owner", type: "User" as const },
    startsRuns: "yes" as const,
    ...more,
  };
  const repository = { id: 42, owner: { id: 7 }, visibility: "public" };
  return { ...base, payload: { repository, ...more.payload } };
}

/** Commits straight into the bare repository, made on first use; a new branch begins at main. */
async function commitFiles(
  gitDirectory: string,
  change: { readonly changes: Readonly<Record<string, string | null>>; readonly branch: string },
): Promise<string> {
  const isNew = !existsSync(gitDirectory);
  if (isNew) {
    await mkdir(dirname(gitDirectory), { recursive: true });
    await git(gitDirectory, ["init", "-q", "--bare", "--template=", "-b", "main"]);
  }
  const ref = `refs/heads/${change.branch}`;
  const exists = isNew || existsSync(join(gitDirectory, ref)) ? ref : "refs/heads/main";
  const data = (text: string) => `data ${Buffer.byteLength(text)}\n${text}\n`;
  const files = Object.entries(change.changes).map(([path, content]) =>
    content === null ? `D ${path}\n` : `M 100644 inline ${path}\n${data(content)}`,
  );
  const stream = [
    `commit ${ref}\nmark :1\ncommitter a <a@example.com> 1700000000 +0000\n${data("change")}`,
    isNew ? "" : `from ${exists}^0\n`,
    ...files,
    "\nget-mark :1\n",
  ].join("");
  return git(gitDirectory, ["fast-import", "--quiet"], { input: stream });
}

/** Asserts that a run succeeded, and shows what it said if it did not. */
export function expectSuccess(run: RunRecord): void {
  const said = run.jobs.flatMap((job) => [`${job.path}: ${job.conclusion}`, ...job.log]).join("\n");
  expect(run.conclusion, `${run.error ?? ""}\n${said}`).toBe("success");
}

/** A folder into which steps write what a test wants to know, pids above all. */
export interface Notes extends AsyncDisposable {
  readonly folder: string;
  has(name: string): boolean;
  read(name: string): string;
  /** Does the process whose pid was written down still run? A zombie does not. */
  isRunning(name: string): boolean;
}

export async function createNotes(): Promise<Notes> {
  const folder = await mkdtemp(join(tmpdir(), "twin-notes-"));
  const read = (name: string) => readFileSync(join(folder, name), "utf8");
  return {
    folder,
    has: (name) => existsSync(join(folder, name)) && read(name) !== "",
    read,
    isRunning(name) {
      const pid = Number(read(name));
      expect(pid).toBeGreaterThan(1);
      return listProcesses().some((entry) => entry.pid === pid);
    },
    [Symbol.asyncDispose]: () => rm(folder, { recursive: true, force: true }),
  };
}
