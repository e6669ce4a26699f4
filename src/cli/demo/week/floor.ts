import { fulfilOrder } from "../../../adapters/runner/handover.ts";
import type { Worker } from "../../../domain/order.ts";
import type { TwinEvent } from "../../../twin/github/twin-github.ts";
import { type Playground, REPOSITORY, SEAL_KEY, strokeOf } from "../../chaos/playground.ts";
import { type Crew, controlJob, type Site } from "../../in-process/job.ts";
import type { MemoryRunner } from "../../in-process/memory-runner.ts";
import { createGroups, playFactory } from "../../in-process/parts.ts";
import { playTask } from "../../in-process/play-task.ts";
import { beginRun, type ConductedRun, endRun, sourceOf } from "../../in-process/runs.ts";
import { FACTORY, startsFactory } from "../../in-process/starts-factory.ts";
import type { WeekCrew } from "./answers.ts";

const INCIDENT = "incident.yml";
const LEARN = "learn.yml";
/** Workflows of one job. */
const TASK_OF: Readonly<Record<string, "incident" | "learn">> = {
  [INCIDENT]: "incident",
  [LEARN]: "learn",
};

/** Where the runs of the week are played: real control against the twin, one run after the other. */
export interface WeekFloor extends Disposable {
  /** Plays what was rung for until nothing is. */
  rest(): Promise<void>;
  /** One stroke of the clock, and what it rings for. */
  beat(): Promise<void>;
  /** What a schedule of a week starts: control looks for lessons. */
  learn(): Promise<void>;
  readonly runs: readonly ConductedRun[];
}

export function createWeekFloor(playground: Playground, crew: WeekCrew): WeekFloor {
  const runs: ConductedRun[] = [];
  const waiting: { readonly event: TwinEvent; readonly file: string }[] = [];
  const play = player(playground, runs, crew);
  const unsubscribe = playground.github.onEvent((event) => {
    if (event.name === "workflow_dispatch" && event.workflow !== FACTORY) {
      endRun(begun(runs, event, event.workflow ?? ""));
    } else if (event.name === "repository_dispatch") waiting.push({ event, file: INCIDENT });
    else if (startsFactory(event)) waiting.push({ event, file: FACTORY });
  });
  async function rest(): Promise<void> {
    for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) {
      await play(next.event, next.file);
    }
  }
  return {
    rest,
    async beat() {
      await play(strokeOf(playground), FACTORY);
      await rest();
    },
    learn: () => play(strokeOf(playground), LEARN),
    runs,
    [Symbol.dispose]: unsubscribe,
  };
}

function begun(runs: ConductedRun[], event: TwinEvent, file: string): ConductedRun {
  const run = beginRun(event, file, { number: runs.length, onProgress: () => undefined });
  runs.push(run);
  return run;
}

/** Plays the run of one event to its end. */
function player(
  playground: Playground,
  runs: ConductedRun[],
  crew: WeekCrew,
): (event: TwinEvent, file: string) => Promise<void> {
  const groups = createGroups();
  const { github } = playground;
  const options = {
    github,
    secrets: { [REPOSITORY]: { FACTORY_SEAL_KEY: SEAL_KEY } },
    gitDirectoryOf: () => "",
  };
  const hands = handsOf(playground, crew);
  github.setRuns(sourceOf(runs));
  return async (event, file) => {
    const run = begun(runs, event, file);
    const site: Site = { options, crew: hands, run, mode: "" };
    const task = TASK_OF[file];
    await (task === undefined ? playFactory(site, groups) : controlJob(site, task));
    endRun(run);
  };
}

function handsOf(playground: Playground, crew: WeekCrew): Crew {
  const request: typeof fetch = (input, init) => playground.fetch(new Request(input, init));
  return {
    control: (runner) =>
      playTask(runner, { clock: playground.clockOf(0), client: { request, retryDelayMs: 0 } }),
    work: (worker, runner) => work(worker, runner, crew),
  };
}

async function work(worker: Worker, runner: MemoryRunner, crew: WeekCrew): Promise<void> {
  await fulfilOrder(runner, { worker, describe: () => "" }, (order) => crew.answer(worker, order));
}
