import { z } from "zod";
import type { ChecksAsked } from "../../../../domain/github/repository-check.ts";
import type { Client } from "../../client/client.ts";
import { askAll } from "./ask-all.ts";
import { type FoundCheck, foundOf, stateOf } from "./found.ts";

const RunSeen = z.object({
  id: z.int().positive(),
  name: z.string().nullish(),
  /** Below the repository's root; GitHub also describes it with the repository before it and a ref after it. */
  path: z.string().transform((path) => path.replace(/^.*?(?=\.github\/)|@.*$/g, "")),
  /** The start event. */
  event: z.string(),
  run_attempt: z.int().positive().default(1),
  status: z.string().nullable(),
  conclusion: z.string().nullable(),
  referenced_workflows: z
    .array(z.object({ path: z.string() }))
    .nullish()
    .transform((all) => (all ?? []).map(({ path }) => path)),
  repository: z.object({ full_name: z.string() }),
  /** The repository that its commit was pushed to; null if that is gone. */
  head_repository: z.object({ full_name: z.string() }).nullish(),
});
type RunSeen = z.infer<typeof RunSeen>;

/** A run of one of the repository's own workflows on a commit, at its newest attempt. */
export interface SeenRun {
  readonly id: number;
  readonly attempt: number;
  readonly name: string;
  readonly file: string;
  readonly event: string;
  readonly status: string | null;
  readonly conclusion: string | null;
}

/**
 * Runs of a commit without the factory's: those of the asking workflow, and of workflows that call the same project's.
 * Runs of forks are left out, too: any reader can offer the same commit from a fork, against any base and without
 * secrets, and its result says nothing about this pull request.
 */
export async function readRuns(
  client: Client,
  commit: string,
  own: ChecksAsked["own"],
): Promise<readonly SeenRun[]> {
  const listed = await askAll(client, "GET /actions/runs", {
    key: "workflow_runs",
    of: RunSeen,
    parameters: { head_sha: commit },
  });
  const others = listed
    .filter(({ path }) => path !== `.github/workflows/${own.workflowFile}`)
    .filter(isOfRepository);
  const isCalling = others.some(({ referenced_workflows: called }) => called.length > 0);
  const project = isCalling ? await projectOf(client, own.run) : undefined;
  return others
    .filter(({ referenced_workflows: called }) => !called.some((path) => isOf(project, path)))
    .map(asSeen);
}

function isOfRepository({ repository, head_repository: head }: RunSeen): boolean {
  return head?.full_name.toLowerCase() === repository.full_name.toLowerCase();
}

function asSeen(run: RunSeen): SeenRun {
  const { id, name, path: file, run_attempt: attempt, event, status, conclusion } = run;
  return { id, attempt, name: name ?? file, file, event, status, conclusion };
}

/** `OWNER/REPOSITORY` of the workflows that the asking run calls; undefined if they are the repository's own. */
async function projectOf(client: Client, run: number): Promise<string | undefined> {
  const asking = await client.ask(RunSeen, "GET /actions/runs/{run_id}", { run_id: run });
  const projects = asking.referenced_workflows.map((path) => path.split("/").slice(0, 2).join("/"));
  const own = asking.repository.full_name.toLowerCase();
  return projects.find((project) => project.toLowerCase() !== own);
}

function isOf(project: string | undefined, path: string): boolean {
  return project !== undefined && path.toLowerCase().startsWith(`${project.toLowerCase()}/`);
}

const JobSeen = z.object({
  id: z.int().positive(),
  name: z.string(),
  run_attempt: z.int().positive().default(1),
  status: z.string(),
  conclusion: z.string().nullable(),
  check_run_url: z.string(),
});
type JobSeen = z.infer<typeof JobSeen>;

/** Jobs of runs as checks: of red runs, and of repeated ones, which may have been red. */
export async function foundInRuns(
  client: Client,
  runs: readonly SeenRun[],
): Promise<readonly FoundCheck[]> {
  const found = await Promise.all(
    runs.map(async (run) => {
      const state = stateOf(run.status, run.conclusion);
      const isClear = state === "waiting" || state === "asking";
      if (isClear || (state === "passed" && run.attempt === 1)) return [wholeRun(run)];
      const checks = checksOf(run, await readJobs(client, run));
      // A run that never began has no jobs, so it is red as a whole.
      return checks.length === 0 ? [wholeRun(run)] : checks;
    }),
  );
  return found.flat();
}

/**
 * Jobs of runs on a commit that another one is compared with, including green runs: a green workflow does not mean that
 * a job ran. A skipped job, as for pull requests only, passed nothing; one that may fail and did, failed.
 */
export async function jobsOnBase(
  client: Client,
  runs: readonly SeenRun[],
): Promise<readonly FoundCheck[]> {
  const ended = runs.filter(({ status }) => status === "completed");
  const found = await Promise.all(
    ended.map(async (run) => {
      const jobs = await readJobs(client, run);
      const ran = jobs.filter(({ conclusion }) => conclusion !== "skipped");
      // Each job alone, whatever the result of its run.
      return checksOf({ ...run, conclusion: null }, ran);
    }),
  );
  return found.flat();
}

async function readJobs(client: Client, { id }: SeenRun): Promise<readonly JobSeen[]> {
  return await askAll(client, "GET /actions/runs/{run_id}/jobs", {
    key: "jobs",
    of: JobSeen,
    parameters: { run_id: id, filter: "all" },
  });
}

function wholeRun(run: SeenRun): FoundCheck {
  const { id, attempt, name, file } = run;
  const state = stateOf(run.status, run.conclusion);
  const key = `actions:${file}`;
  return foundOf({ name, key, state, run: { id, attempt } }, { file });
}

/** The newest attempt of each job. If one failed, those cancelled with it say nothing about themselves. */
function checksOf(run: SeenRun, jobs: readonly JobSeen[]): readonly FoundCheck[] {
  const inOrder = jobs.toSorted((left, right) => left.run_attempt - right.run_attempt);
  const newest = [...new Map(inOrder.map((job) => [job.name, job])).values()];
  const isGreen = stateOf(run.status, run.conclusion) === "passed";
  const checks = newest.map((job) => {
    const before = inOrder.filter(({ id, name }) => name === job.name && id !== job.id);
    const own = stateOf(job.status, job.conclusion);
    const ended = (wanted: string) => before.some(({ conclusion }) => conclusion === wanted);
    const hasFailed = own === "passed" && ended("failure");
    const hasPassed = own === "failed" && ended("success");
    return foundOf(
      {
        name: `${run.name} / ${job.name}`,
        key: `actions:${run.file}:${job.name}`,
        // A job that may fail leaves its run green.
        state: isGreen ? "passed" : own,
        run: { id: run.id, attempt: run.attempt },
        ...(hasFailed ? { failedBefore: true as const } : {}),
        ...(hasPassed ? { passedBefore: true as const } : {}),
      },
      { job: job.id, checkRun: checkRunOf(job), file: run.file },
    );
  });
  const hasFailure = checks.some(({ state }) => state === "failed" || state === "timed-out");
  return hasFailure ? checks.filter(({ state }) => state !== "stopped") : checks;
}

function checkRunOf({ check_run_url: url }: JobSeen): number | undefined {
  const number = /\/check-runs\/([1-9][0-9]*)$/.exec(url)?.[1];
  return number === undefined ? undefined : Number(number);
}
