import { execFile, execFileSync } from "node:child_process";
import { existsSync } from "node:fs";
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { promisify } from "node:util";
import { expect } from "vitest";
import type {
  JobTokenGrant,
  RunSource,
  TwinEvent,
  TwinGitHub,
} from "../../../src/twin/github/twin-github.ts";
import type { JobRecord, RunnerProgress, RunRecord } from "../../../src/twin/runner/records.ts";
import {
  createRunner,
  type RunnerOptions,
  type TwinRunner,
} from "../../../src/twin/runner/runner.ts";

const execute = promisify(execFile);

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
    const id = await commitFiles(gitDirectoryOf(repository), join(directory, "work", repository), {
      changes,
      branch,
    });
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

export function fakeGitHub(parts: object): TwinGitHub {
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

async function commitFiles(
  gitDirectory: string,
  work: string,
  change: { readonly changes: Readonly<Record<string, string | null>>; readonly branch: string },
): Promise<string> {
  const env = {
    ...process.env,
    GIT_AUTHOR_NAME: "a",
    GIT_AUTHOR_EMAIL: "a@example.com",
    GIT_COMMITTER_NAME: "a",
    GIT_COMMITTER_EMAIL: "a@example.com",
    GIT_CONFIG_GLOBAL: "/dev/null",
  };
  const git = (...args: string[]) => execute("git", args, { cwd: work, env });
  if (!existsSync(gitDirectory)) {
    await mkdir(dirname(gitDirectory), { recursive: true });
    await mkdir(work, { recursive: true });
    execFileSync("git", ["init", "-q", "--bare", "-b", "main", gitDirectory], { env });
    await git("init", "-q", "-b", "main");
    await git("remote", "add", "origin", gitDirectory);
  }
  await git("checkout", "-q", change.branch).catch(() =>
    git("checkout", "-q", "-B", change.branch),
  );
  for (const [path, content] of Object.entries(change.changes)) {
    const file = join(work, path);
    if (content === null) {
      await rm(file);
    } else {
      await mkdir(dirname(file), { recursive: true });
      await writeFile(file, content);
    }
  }
  await git("add", "-A");
  await git("commit", "-q", "--allow-empty", "-m", "change");
  await git("push", "-q", "origin", change.branch);
  return (await git("rev-parse", "HEAD")).stdout.trim();
}

/** Asserts that a run succeeded, and shows what it said if it did not. */
export function expectSuccess(run: RunRecord): void {
  const said = run.jobs.flatMap((job) => [`${job.path}: ${job.conclusion}`, ...job.log]).join("\n");
  expect(run.conclusion, `${run.error ?? ""}\n${said}`).toBe("success");
}
