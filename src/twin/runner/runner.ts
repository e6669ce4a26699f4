import { existsSync } from "node:fs";
import { rm } from "node:fs/promises";
import { join } from "node:path";
import { messageOf } from "../../domain/text/message-of.ts";
import type { TwinEvent } from "../github/twin-github.ts";
import { createDelivery } from "./delivery.ts";
import { followerOf } from "./followers.ts";
import { type StartedWorkflow, startedWorkflows } from "./intake.ts";
import { RUNNER_LOST } from "./job/job.ts";
import { IMAGES, loadMachine } from "./machine.ts";
import type { JobRecord } from "./run/records.ts";
import type { Run } from "./run/run-request.ts";
import { createRunBook, type RunnerOptions, type TwinRunner } from "./run-book.ts";

/** Executes the workflows of the twin's repositories on this machine. */
export function createRunner(options: RunnerOptions): TwinRunner {
  const book = createRunBook(options);
  const { track, tracks, idle } = createTracker();
  const machine = loadMachine(options);
  machine.catch(() => undefined); // A failure there is reported to the caller that waits for the first run.
  let reading: Promise<void> = Promise.resolve();
  let closed = false;

  async function read(event: TwinEvent): Promise<void> {
    const ready = await machine;
    const started = await startedWorkflows(event, ready.library, options.runsWorkflow).catch(
      (error: unknown): readonly StartedWorkflow[] => [
        { kind: "invalid", path: ".github/workflows", error: messageOf(error) },
      ],
    );
    for (const workflow of closed ? [] : started) {
      const run = book.add(ready, event, workflow);
      track(startPatiently(run, options).then(() => follow(run)));
    }
  }

  async function follow(run: Run): Promise<void> {
    const ready = await machine;
    const follower = closed ? undefined : await followerOf(run, ready).catch(() => undefined);
    if (follower !== undefined) handle(follower);
  }

  const handle = createDelivery(options.delivery ?? {}, arrive, track);

  function arrive(event: TwinEvent): void {
    if (closed || event.startsRuns === "no") return;
    // One after another, so that runs get their ids in the order of their events.
    reading = reading.then(() => read(event));
    track(reading);
  }

  options.github.setRuns({
    ...book,
    rerun: (repository, runId, which) =>
      !closed && tracks(book.again(repository, runId, which)?.then(follow)),
    approve: (repository, runId) => !closed && tracks(book.begin(repository, runId)?.then(follow)),
  });
  return {
    runsWorkflows: true,
    handle,
    idle,
    runs: () => book.runs().map((run) => structuredClone(run.record)),
    async cancelAll(reason) {
      await reading;
      book.stop(reason, false);
      await idle();
    },
    async close() {
      closed = true;
      book.stop("The runner is closing.", true);
      await idle();
      await (await machine.catch(() => undefined))?.caches.close();
      await removeScratch(options.directory);
    },
  };
}

/** If a job got no runner, or lost it, a person reruns the failed jobs. */
async function startPatiently(run: Run, { losesJob }: RunnerOptions): Promise<void> {
  await run.start();
  const gotNone = losesJob !== undefined && run.record.conclusion === "cancelled";
  if (gotNone || run.record.jobs.some(lostRunner)) await run.again?.("failed");
}

function lostRunner({ annotations }: JobRecord): boolean {
  return annotations.some(({ message }) => message === RUNNER_LOST);
}

/** Work under way, and a way to wait for its end. */
function createTracker() {
  const active = new Set<Promise<void>>();
  function track(work: Promise<void>): void {
    const tracked = work.finally(() => active.delete(tracked));
    active.add(tracked);
  }
  return {
    track,
    /** The same for work that may not have begun; returns whether it has. */
    tracks(work: Promise<void> | undefined): boolean {
      if (work !== undefined) track(work);
      return work !== undefined;
    },
    async idle(): Promise<void> {
      while (active.size > 0) {
        await Promise.all(active);
      }
    },
  };
}

async function removeScratch(directory: string): Promise<void> {
  for (const name of ["jobs", "artifacts", IMAGES]) {
    if (existsSync(join(directory, name))) {
      await rm(join(directory, name), { recursive: true, force: true });
    }
  }
}
