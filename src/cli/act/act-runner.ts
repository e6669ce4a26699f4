import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import type { TwinEvent } from "../../twin/github/twin-github.ts";
import type { RunRecord } from "../../twin/runner/run/records.ts";
import type { TwinRunner } from "../../twin/runner/run-book.ts";
import type { CreateRunner } from "../../twin/shape.ts";
import { beginRun, type ConductedRun, endRun, sourceOf } from "../in-process/runs.ts";
import { FACTORY, startsFactory } from "../in-process/starts-factory.ts";
import { layOverlay, type Overlay } from "./overlay.ts";
import { playWithAct } from "./play-with-act.ts";

/**
 * Runs the jobs of a line with nektos/act in place of the twin's own runner: the shipped bundles and workflows, on this
 * machine itself, with the twin as API. It plays what starts the factory, and what is dispatched.
 */
export function createActRunner(given: {
  readonly act: string;
  readonly millwright: string;
  readonly signal: AbortSignal;
  onEnded(run: RunRecord): void;
}): CreateRunner {
  return (options) => {
    const runs: ConductedRun[] = [];
    const active = new Set<Promise<void>>();
    const stopped = new AbortController();
    const signal = AbortSignal.any([given.signal, stopped.signal]);
    let laid: Promise<Overlay> | undefined;
    options.github.setRuns(sourceOf(runs));

    const play = async (run: ConductedRun): Promise<void> => {
      const folder = join(options.directory, "act", String(run.record.id));
      await mkdir(folder, { recursive: true });
      laid ??= layOverlay(given.millwright, join(options.directory, "act", "overlay"));
      const parts = { act: given.act, overlay: await laid, folder, signal };
      const failure = await playWithAct(run, options, parts).catch(String);
      endRun(run, failure);
      given.onEnded(run.record);
    };

    return {
      runsWorkflows: false,
      handle(event) {
        const file = workflowOf(event);
        if (signal.aborted || file === undefined) return;
        const run = beginRun(event, file, {
          number: runs.length,
          onProgress: options.onProgress ?? (() => undefined),
        });
        run.record.workflow = file;
        runs.push(run);
        const tracked = play(run).finally(() => active.delete(tracked));
        active.add(tracked);
      },
      idle: () => untilEmpty(active),
      runs: () => runs.map(({ record }) => structuredClone(record)),
      async cancelAll() {
        stopped.abort();
        await untilEmpty(active);
      },
      async close() {
        stopped.abort();
        await untilEmpty(active);
      },
    } satisfies TwinRunner;
  };
}

/** The workflow that an event starts: the factory's, or the one that a dispatch names. */
function workflowOf(event: TwinEvent): string | undefined {
  if (startsFactory(event) || event.name === "schedule") return FACTORY;
  return event.startsRuns === "yes" && event.name === "workflow_dispatch"
    ? event.workflow
    : undefined;
}

async function untilEmpty(active: ReadonlySet<Promise<void>>): Promise<void> {
  while (active.size > 0) await Promise.all(active);
}
