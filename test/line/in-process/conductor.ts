import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { createClock } from "../../../src/adapters/clock/clock.ts";
import {
  type Crew,
  controlJob,
  type Site,
  SKIPPED,
  workerJob,
} from "../../../src/cli/in-process/job.ts";
import { createGroups, playFactory } from "../../../src/cli/in-process/parts.ts";
import { playTask } from "../../../src/cli/in-process/play-task.ts";
import { beginRun, type ConductedRun, endRun, sourceOf } from "../../../src/cli/in-process/runs.ts";
import { FACTORY, startsFactory } from "../../../src/cli/in-process/starts-factory.ts";
import type { RunnerOptions, TwinRunner } from "../../../src/twin/runner/run-book.ts";
import { checkedFetch } from "../../adapters/github/checked-fetch.ts";
import { createRepositories, type Repositories, work } from "./workers.ts";

/**
 * Plays the line in this process, in place of the twin's runner: real control and workers over the twin's GitHub, the
 * model's endpoint, git and a sandbox, without a process for each action, YAML or artifacts. For lines whose subject is
 * what the factory does, and not workflows, bundles or isolation: about eight others are played on the twin's own runner.
 * It plays issues, comments, merges, doorbells, heartbeats and the one line of a loop. Throws for what it cannot imitate.
 */
export function createConductor(options: RunnerOptions): TwinRunner {
  const leaveJobs = enterJobs();
  const runs: ConductedRun[] = [];
  const active = new Set<Promise<void>>();
  const groups = createGroups();
  const repositories = createRepositories(options.environment?.TMPDIR);
  const crew = crewOf(options, repositories);
  let closed = false;
  options.github.setRuns(sourceOf(runs));

  async function conduct(run: ConductedRun): Promise<void> {
    const mode = run.event.inputs?.mode ?? "";
    const site = { options, crew, run, mode };
    const isLoop = run.record.file.endsWith(LOOPS);
    const failure = await (isLoop ? playLoop(site) : playFactory(site, groups)).then(
      () => undefined,
      (error: unknown) => String(error),
    );
    endRun(run, failure);
  }

  async function idle(): Promise<void> {
    while (active.size > 0) await Promise.all(active);
  }

  return {
    runsWorkflows: false,
    handle(event) {
      const isBeat = event.name === "schedule" && isHeartbeat(event.payload);
      const isLoop = event.name === "schedule" && lineOf(event.payload) === LOOP_LINE;
      if (event.name === "schedule" && !isBeat && !isLoop) {
        throw new Error(
          "the conductor plays no schedule but the heartbeat's and a loop's: play it on the twin's runner",
        );
      }
      if (closed || !(isBeat || isLoop || startsFactory(event))) return;
      const onProgress = options.onProgress ?? (() => undefined);
      const file = isLoop ? LOOPS : FACTORY;
      const run = beginRun(event, file, { number: runs.length, onProgress });
      runs.push(run);
      const tracked = conduct(run).finally(() => active.delete(tracked));
      active.add(tracked);
    },
    idle,
    runs: () => runs.map(({ record }) => structuredClone(record)),
    async cancelAll() {
      throw new Error("conducted runs cannot be cancelled: play them on the twin's runner");
    },
    async close() {
      closed = true;
      await idle();
      await repositories.close();
      leaveJobs();
    },
  };
}

const TEMPORARY = "/runner-temp";
const conducting = new Set<symbol>();

/**
 * While a conductor is open, this process has the folder of a job. It is named by the handover alone: the jobs keep their files
 * in memory. Several play side by side; the last one gives the name back.
 */
function enterJobs(): () => void {
  const self = Symbol();
  conducting.add(self);
  process.env.RUNNER_TEMP ??= TEMPORARY;
  return () => {
    conducting.delete(self);
    if (conducting.size === 0 && process.env.RUNNER_TEMP === TEMPORARY) {
      delete process.env.RUNNER_TEMP;
    }
  };
}

/** As `factory.yml` tells it from the night: a schedule without an hour. */
function isHeartbeat(payload: unknown): boolean {
  return lineOf(payload).endsWith(" * * * *");
}

function lineOf(payload: unknown): string {
  return String((payload as { readonly schedule?: unknown }).schedule);
}

/** The line of a schedule by which a test lets its loop ring. */
export const LOOP_LINE = "23 4 * * 1";
const LOOPS = "factory-loops.yml";

/** `loop.yml` */
async function playLoop(site: Site): Promise<void> {
  const order = await controlJob(site, "loop-open");
  if (order.outputs.get("next") !== "loop") return;
  const found = await workerJob(site, "run-loop", order);
  const workers = { "run-loop": found.conclusion === "success" ? found : SKIPPED };
  await controlJob(site, "loop-settle", { order, workers });
}

/** The real ones. What they hand over is kept where the twin looks for it. */
function crewOf(
  { directory, environment = {}, github }: RunnerOptions,
  repositories: Repositories,
): Crew {
  // What no part of GitHub's own description has goes no further, and the line with it.
  const client = { request: checkedFetch({ apiUrl: github.url }), retryDelayMs: 1_000 };
  return {
    control: (runner) => playTask(runner, { clock: createClock(), client }),
    work: (worker, runner) => work(worker, { runner, environment, repositories }),
    keep({ run, id, files }) {
      const folder = join(directory, "artifacts", String(run), String(id));
      for (const [name, text] of Object.entries(files)) {
        if (name === "staged.json") continue;
        mkdirSync(folder, { recursive: true });
        writeFileSync(join(folder, name), text);
      }
    },
  };
}
