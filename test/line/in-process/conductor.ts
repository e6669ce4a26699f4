import type { TwinEvent } from "../../../src/twin/github/twin-github.ts";
import type { RunnerOptions, TwinRunner } from "../../../src/twin/runner/run-book.ts";
import { createGroups, playFactory } from "./parts.ts";
import { beginRun, type ConductedRun, endRun, sourceOf } from "./runs.ts";

const FACTORY = "factory.yml";

/**
 * Plays the line in this process, in place of the twin's runner: real control and workers over the twin's GitHub, the
 * model's endpoint, git and a sandbox, without a process for each action, YAML or artifacts. For lines whose subject is
 * what the factory does, and not workflows, bundles or isolation: about eight others are played on the twin's own runner.
 * It plays issues, comments, merges and doorbells. Throws for what it cannot imitate.
 */
export function createConductor(options: RunnerOptions): TwinRunner {
  // Named by the handover alone: the jobs keep their files in memory.
  process.env.RUNNER_TEMP ??= "/runner-temp";
  const runs: ConductedRun[] = [];
  const active = new Set<Promise<void>>();
  const groups = createGroups();
  let closed = false;
  options.github.setRuns(sourceOf(runs));

  async function conduct(run: ConductedRun): Promise<void> {
    const mode = run.event.inputs?.mode ?? "";
    const failure = await playFactory({ options, run, mode }, groups).then(
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
      if (closed || !startsFactory(event)) return;
      const onProgress = options.onProgress ?? (() => undefined);
      const run = beginRun(event, FACTORY, { number: runs.length, onProgress });
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
    },
  };
}

/** The `if` of the template's one job. */
function startsFactory(event: TwinEvent): boolean {
  if (event.startsRuns !== "yes") return false;
  const payload = event.payload as {
    readonly label?: { readonly name: string };
    readonly comment?: { readonly body: string };
    readonly pull_request?: { readonly merged: boolean; readonly head: { readonly ref: string } };
    readonly review?: { readonly state: string; readonly body: string };
  };
  const commands = (said: { readonly body: string } | undefined) =>
    said?.body.startsWith("/factory") === true;
  const isOwn = payload.pull_request?.head.ref.startsWith("factory/") === true;
  switch (event.name) {
    case "issues":
      return event.action === "labeled" && payload.label?.name.startsWith("factory:") === true;
    case "issue_comment":
      return event.action === "created" && commands(payload.comment);
    case "pull_request":
      return event.action === "closed" && isOwn && payload.pull_request?.merged === true;
    case "pull_request_review":
    case "pull_request_review_comment": {
      const asks = payload.review?.state === "changes_requested";
      return isOwn && (asks || commands(payload.review) || commands(payload.comment));
    }
    case "workflow_dispatch":
      return event.workflow === FACTORY;
    case "schedule":
      throw new Error("the conductor plays no schedule: play it on the twin's runner");
    default:
      return false;
  }
}
