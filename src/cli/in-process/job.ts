import { basename } from "node:path";
import type { Worker } from "../../domain/order.ts";
import { LINE } from "../../line.ts";
import type { Runner } from "../../ports/runner.ts";
import type { Permissions, Task } from "../../station.ts";
import { Killed } from "../../twin/github/faults/faulty-fetch.ts";
import type { RunnerOptions } from "../../twin/runner/run-book.ts";
import { createMemoryRunner, type MemoryRunner } from "./memory-runner.ts";
import { beginJob, type ConductedRun } from "./runs.ts";

/** Where jobs of a run find what earlier ones handed over. */
const HANDOVER = "/handover";

/** What a job left for those that need it: its outputs, and its files by their names. */
export interface JobEnd {
  readonly outputs: ReadonlyMap<string, string>;
  readonly files: Readonly<Record<string, string>>;
  readonly conclusion: "success" | "failure" | "skipped";
}

export const SKIPPED: JobEnd = { outputs: new Map(), files: {}, conclusion: "skipped" };
/** Of a job whose machine is lost nothing is left. */
const LOST: JobEnd = { outputs: new Map(), files: {}, conclusion: "failure" };

export type Boundary = "begins" | "between" | "ends";

/** Who does the work of the jobs. A worker that is killed throws `Killed`. */
export interface Crew {
  control(runner: MemoryRunner): Promise<void>;
  work(worker: Worker, runner: MemoryRunner): Promise<void>;
  /** Where a job stands before its first step, between two, and after its last one. */
  at?(boundary: Boundary, job: string): void;
  /** Keeps what a job handed over. */
  keep?(job: { readonly run: number; readonly id: number; readonly files: JobEnd["files"] }): void;
}

/** What every job of a run shares. */
export interface Site {
  readonly options: Pick<RunnerOptions, "github" | "secrets" | "environment" | "gitDirectoryOf">;
  readonly crew: Crew;
  readonly run: ConductedRun;
  /** The input `mode` of the caller. */
  readonly mode: string;
}

export interface ControlWords {
  readonly issue?: string;
  /** Whose order this job is about. */
  readonly order?: JobEnd;
  readonly staged?: JobEnd;
  readonly workers?: Readonly<Partial<Record<Worker, JobEnd>>>;
  /** Which attempt of its run it is of, and how many can follow in it. */
  readonly round?: { readonly number: number; readonly left: number };
}

/** One job of control with the permissions that its station has, and a token that goes with the job. */
export function controlJob(site: Site, task: Task, words: ControlWords = {}): Promise<JobEnd> {
  const job = { name: task, runsOn: "ubuntu-slim", permissions: permissionsOf(task) };
  return playJob(site, job, (jobId) => [controlStep(site, jobId, task, words)]);
}

/** The first job of intake: control opens, and the worker reads in the same place. */
export function openingJob(site: Site, issue: string): Promise<JobEnd> {
  const permissions = permissionsOf("open");
  const job = { name: "intake-normalize", runsOn: "ubuntu-24.04", permissions };
  return playJob(site, job, (jobId) => [
    controlStep(site, jobId, "open", { issue }),
    (opened) =>
      opened.outputs.get("next") === "intake"
        ? workerStep(site, "intake-normalize", opened, {})(opened)
        : Promise.resolve(undefined),
  ]);
}

/** One job of a worker, which gets the order and what its station needs. */
export function workerJob(
  site: Site,
  worker: Worker,
  order: JobEnd,
  needs: Readonly<Partial<Record<Worker, JobEnd>>> = {},
): Promise<JobEnd> {
  const job = { name: worker, runsOn: "ubuntu-24.04", permissions: { contents: "read" } as const };
  return playJob(site, job, () => [workerStep(site, worker, order, needs)]);
}

/** A step gets what the steps before it left; undefined: it was not played. */
type Step = (before: JobEnd) => Promise<MemoryRunner | undefined>;

async function playJob(
  site: Site,
  job: Parameters<typeof beginJob>[1],
  stepsOf: (jobId: number) => readonly Step[],
): Promise<JobEnd> {
  const begun = beginJob(site.run, job);
  const said: MemoryRunner[] = [];
  const tell = (conclusion: "success" | "failure" | "cancelled") =>
    begun.end(conclusion, {
      summary: said.flatMap(({ summaries }) => summaries).join("\n"),
      log: said.flatMap(({ lines, failures }) => [...lines, ...failures]),
    });
  try {
    site.crew.at?.("begins", job.name);
    const between = () => site.crew.at?.("between", job.name);
    const end = await playSteps(stepsOf(begun.id), { said, between });
    site.crew.at?.("ends", job.name);
    site.crew.keep?.({ run: site.run.record.id, id: begun.id, files: end.files });
    tell(end.conclusion === "success" ? "success" : "failure");
    return end;
  } catch (error) {
    const isLost = error instanceof Killed && error.reach === "job";
    tell(isLost ? "failure" : "cancelled");
    if (isLost) return LOST;
    throw error;
  }
}

async function playSteps(
  steps: readonly Step[],
  { said, between }: { readonly said: MemoryRunner[]; readonly between: () => void },
): Promise<JobEnd> {
  let end: JobEnd = { outputs: new Map(), files: {}, conclusion: "success" };
  for (const [at, step] of steps.entries()) {
    if (end.conclusion === "failure") break;
    if (at > 0) between();
    const runner = await step(end);
    if (runner === undefined) continue;
    said.push(runner);
    end = {
      outputs: new Map([...end.outputs, ...runner.outputs]),
      files: { ...end.files, ...writtenBy(runner) },
      conclusion: runner.failures.length > 0 ? "failure" : "success",
    };
  }
  return end;
}

function writtenBy(runner: MemoryRunner): Readonly<Record<string, string>> {
  const written = [...runner.files].filter(([path]) => !path.startsWith(`${HANDOVER}/`));
  return Object.fromEntries(written.map(([path, text]) => [basename(path), text]));
}

function controlStep(site: Site, jobId: number, task: Task, words: ControlWords): Step {
  return async () => {
    const { options, run, mode } = site;
    const { repository } = run.record;
    const grant = { repository, runId: run.record.id, jobId: String(jobId) };
    const permissions = permissionsOf(task);
    const token = options.github.mintJobToken({ ...grant, permissions });
    const sealKey = options.secrets[repository]?.FACTORY_SEAL_KEY ?? "";
    const workers = Object.entries(words.workers ?? {});
    const pairs = (read: (end: JobEnd) => string) =>
      workers.map(([worker, end]) => `${worker}=${read(end)}`).join(" ");
    const runner = createMemoryRunner({
      ...jobOf(site),
      inputs: {
        task,
        token,
        mode,
        issue: words.issue ?? "",
        round: `${words.round?.number ?? ""}`,
        "rounds-left": `${words.round?.left ?? ""}`,
        handover: HANDOVER,
        "order-digest": words.order?.outputs.get("order-digest") ?? "",
        "proposal-digests": pairs(({ outputs }) => outputs.get("digest") ?? ""),
        "job-results": pairs(({ conclusion }) => conclusion),
        "staged-digest": words.staged?.outputs.get("staged-digest") ?? "",
        "seal-key": sealKey,
        identity: "41898282 github-actions[bot]",
      },
      files: handed([words.order, words.staged, ...workers.map(([, end]) => end)]),
    });
    try {
      await site.crew.control(runner);
    } finally {
      options.github.revokeToken(token);
    }
    return runner;
  };
}

function workerStep(
  site: Site,
  worker: Worker,
  order: JobEnd,
  needs: Readonly<Partial<Record<Worker, JobEnd>>>,
): Step {
  return async () => {
    const { options, run } = site;
    const digests = Object.entries(needs).map(
      ([name, end]) => `${name}=${end.outputs.get("digest") ?? ""}`,
    );
    const runner = createMemoryRunner({
      ...jobOf(site),
      inputs: {
        order: `${HANDOVER}/order.json`,
        "order-digest": order.outputs.get("order-digest") ?? "",
        handover: HANDOVER,
        "proposal-digests": digests.join(" "),
        "anthropic-api-key": options.secrets[run.record.repository]?.ANTHROPIC_API_KEY ?? "",
        "model-base-url": options.environment?.ANTHROPIC_BASE_URL ?? "",
        repository: options.gitDirectoryOf(run.record.repository),
      },
      files: handed([order, ...Object.values(needs)]),
    });
    await site.crew.work(worker, runner);
    return runner;
  };
}

function handed(ends: readonly (JobEnd | undefined)[]): Readonly<Record<string, string>> {
  const files = ends.flatMap((end) => Object.entries(end?.files ?? {}));
  return Object.fromEntries(files.map(([name, text]) => [`${HANDOVER}/${name}`, text]));
}

function jobOf({ options, run }: Site): {
  readonly event: { readonly name: string; readonly payload: unknown };
  readonly run: Runner["run"];
} {
  const { event, record } = run;
  return {
    event: { name: event.name, payload: event.payload },
    run: {
      id: record.id,
      attempt: record.attempt,
      repository: record.repository,
      workflowFile: basename(record.file),
      serverUrl: options.github.url,
      apiUrl: options.github.url,
      actor: { id: event.actor.id, login: event.actor.login },
    },
  };
}

function permissionsOf(task: Task): Permissions {
  const station = LINE.find((one) => one.kind === "control" && one.task === task);
  if (station?.kind !== "control") throw new Error(`the line has no station for ${task}`);
  return station.permissions;
}
