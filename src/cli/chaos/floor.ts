import { fulfilOrder } from "../../adapters/runner/handover.ts";
import type { Worker } from "../../domain/order.ts";
import { createFaultyGitHub, Killed } from "../../twin/github/faults/faulty-fetch.ts";
import type { RunSource, TwinEvent } from "../../twin/github/twin-github.ts";
import type { Crew } from "../in-process/job.ts";
import type { MemoryRunner } from "../in-process/memory-runner.ts";
import { createGroups, playFactory } from "../in-process/parts.ts";
import { playTask } from "../in-process/play-task.ts";
import { beginRun, type ConductedRun, endRun, sourceOf } from "../in-process/runs.ts";
import { FACTORY, startsFactory } from "../in-process/starts-factory.ts";
import { answerTo, type Crowd, wasSentBack } from "./answers.ts";
import type { Disturbance } from "./disturbance.ts";
import type { Line } from "./lines.ts";
import { type Playground, REPOSITORY, SEAL_KEY, strokeOf } from "./playground.ts";
import { createRepositoryCi, type RepositoryCi } from "./repository-ci.ts";

/** What a life was made of. */
export interface Counted {
  /** Requests of its jobs. */
  readonly requests: number;
  readonly jobs: number;
  /** Ordinals of the jobs that have more than one step. */
  readonly parted: readonly number[];
  /** Events that start a run, but for heartbeats. */
  readonly events: number;
  /** How often the application was asked to be deployed. */
  readonly deploys: number;
}

/** Where the jobs of one life are played: real control against the twin, run by run, and workers who answer by rote. */
export interface Floor extends Disposable {
  /** Plays what was rung for until nothing is. */
  rest(): Promise<void>;
  /** One stroke of the hourly clock, and what it rings for. */
  beat(): Promise<void>;
  counted(): Counted;
  /** Whether the repository's own CI is red on the newest head that was offered for an issue. */
  isRed(issue: number): boolean;
}

export function createFloor(
  playground: Playground,
  { line, disturbance }: { readonly line: Line; readonly disturbance: Disturbance },
): Floor {
  const counted = { jobs: 0, events: 0, deploys: 0, parted: [] as number[] };
  const fault = disturbance.kind === "request" ? disturbance.fault : undefined;
  const faulty = createFaultyGitHub(playground.fetch, fault);
  const crowd = crowdOf(playground, line);
  const runs: ConductedRun[] = [];
  const ci = createRepositoryCi(playground, line.ciAsks);
  playground.github.setRuns(withCi(sourceOf(runs), ci));
  const play = player(
    playground,
    runs,
    crewOf(playground, { crowd, disturbance, faulty, counted }),
  );
  const waiting: TwinEvent[] = [];
  const late: TwinEvent[] = [];
  const unsubscribe = playground.github.onEvent((event) => {
    if (event.name === "workflow_dispatch" && event.workflow !== FACTORY) {
      counted.deploys += 1;
      endRun(begun(runs, event, event.workflow ?? ""));
    }
    ci.heard(event);
    if (startsFactory(event)) arrive(event);
  });
  function arrive(event: TwinEvent): void {
    counted.events += 1;
    const isMet = disturbance.kind === "webhook" && disturbance.event === counted.events;
    waiting.push(...delivered(event, isMet ? disturbance.how : "once", late));
  }
  async function playWaiting(): Promise<void> {
    for (let event = waiting.shift(); event !== undefined; event = waiting.shift()) {
      const again = waiting[0] === event ? waiting.shift() : undefined;
      await Promise.all([event, ...(again === undefined ? [] : [again])].map(play));
    }
  }
  async function rest(): Promise<void> {
    do {
      await playWaiting();
      (await ci.end()).forEach(arrive);
    } while (waiting.length > 0);
  }
  return {
    rest,
    async beat() {
      waiting.push(...late.splice(0));
      const strokes = disturbance.kind === "heartbeats-at-once" ? 2 : 1;
      await Promise.all(Array.from({ length: strokes }, () => play(strokeOf(playground))));
      await rest();
    },
    counted: () => ({ ...counted, parted: [...counted.parted], requests: faulty.count() }),
    isRed: (issue) => ci.isRed(issue),
    [Symbol.dispose]: unsubscribe,
  };
}

/** The factory's runs and those of the repository's CI. */
function withCi(own: RunSource, ci: RepositoryCi): RunSource {
  return {
    ...own,
    list: (repository) => [...own.list(repository), ...ci.list()],
    rerun: (_repository, id) => ci.rerun(id),
  };
}

/** Plays the run of one event to its end. */
function player(
  { github }: Playground,
  runs: ConductedRun[],
  crew: Crew,
): (event: TwinEvent) => Promise<void> {
  const groups = createGroups();
  const options = {
    github,
    secrets: { [REPOSITORY]: { FACTORY_SEAL_KEY: SEAL_KEY } },
    gitDirectoryOf: () => "",
  };
  return async (event) => {
    const run = begun(runs, event, FACTORY);
    try {
      await playFactory({ options, crew, run, mode: "" }, groups);
      endRun(run);
    } catch (error) {
      endRun(run, String(error));
      // Anything else is a mistake of the play itself.
      if (!(error instanceof Killed)) throw error;
    }
  };
}

function begun(runs: ConductedRun[], event: TwinEvent, file: string): ConductedRun {
  const run = beginRun(event, file, { number: runs.length, onProgress: () => undefined });
  runs.push(run);
  return run;
}

/** Who works: production breaks by the trees that nobody has sent back before. */
function crowdOf({ treeOf }: Playground, { crowd }: Line): Crowd {
  const first = new Set<string>();
  return {
    sendsBack: crowd.sendsBack,
    says: crowd.says,
    isBroken: ({ release }) => crowd.breaks && first.has(release.tree),
    async treeOf(change, order) {
      const tree = await treeOf(change);
      if (order.kind === "line" && !wasSentBack(order)) first.add(tree);
      return tree;
    },
  };
}

/** How an event arrives: equal neighbors are played at once. */
function delivered(
  event: TwinEvent,
  how: Extract<Disturbance, { kind: "webhook" }>["how"] | "once",
  late: TwinEvent[],
): readonly TwinEvent[] {
  const held = late.splice(0);
  switch (how) {
    case "lost":
      return held;
    case "late":
      late.push(event);
      return held;
    case "twice":
      return [event, { ...event }, ...held];
    case "twice-at-once":
      return [event, event, ...held];
    case "once":
      return [event, ...held];
  }
}

function crewOf(
  playground: Playground,
  life: {
    readonly crowd: Crowd;
    readonly disturbance: Disturbance;
    readonly faulty: ReturnType<typeof createFaultyGitHub>;
    readonly counted: { jobs: number; readonly parted: number[] };
  },
): Crew {
  const { crowd, disturbance, faulty, counted } = life;
  const clock = playground.clockOf(disturbance.kind === "clock-skew" ? disturbance.ms : 0);
  return {
    async control(runner) {
      const job = faulty.job();
      const request: typeof fetch = (input, init) => job.fetch(new Request(input, init));
      // No wait of the client is real: what it waits for is over at once.
      const client = { request, retryDelayMs: 0 };
      await Promise.race([playTask(runner, { clock, client }), job.killed]);
    },
    work: (worker, runner) => work(worker, runner, crowd),
    at(boundary) {
      if (boundary === "begins") counted.jobs += 1;
      if (boundary === "between") counted.parted.push(counted.jobs);
      if (disturbance.kind !== "job" || disturbance.job !== counted.jobs) return;
      if (disturbance.at === boundary) throw new Killed(disturbance.reach);
    },
  };
}

async function work(worker: Worker, runner: MemoryRunner, crowd: Crowd): Promise<void> {
  await fulfilOrder(runner, { worker, describe: () => "" }, (order) =>
    answerTo(worker, order, crowd),
  );
}
