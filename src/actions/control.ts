// The only door of the line with a token: reads what the workers returned, observes, decides, acts. It never calls a model.
import { createSentry } from "../adapters/alerts/sentry.ts";
import { createClock } from "../adapters/clock/clock.ts";
import { createGitHub } from "../adapters/github/create-github.ts";
import { readControlHandover, writeControlResult } from "../adapters/runner/control-handover.ts";
import { createRunner } from "../adapters/runner/runner.ts";
import { runInMode } from "../control/loop/run-in-mode.ts";
import { TASKS } from "../line.ts";
import { sayRefusal } from "../wording/refusals.ts";

const runner = createRunner();
try {
  const task = TASKS.find((known) => known === runner.input("task"));
  if (task === undefined) {
    throw new Error(
      `Input task: expected one of ${TASKS.join(", ")}, found "${runner.input("task")}".`,
    );
  }
  const handover = await readControlHandover(runner);
  const github = createGitHub({
    token: runner.input("token"),
    repository: runner.run.repository,
    apiUrl: runner.run.apiUrl,
    identity: handover.identity,
  });
  const alerts = createSentry({ token: runner.input("sentry-token") });
  const ports = { github, clock: createClock(), alerts };
  const result = await runInMode({ task, ...handover }, ports);
  await writeControlResult(runner, result, sayRefusal);
  const { requests, writes } = github.count();
  runner.info(`${requests} requests, ${writes} of them writes`);
} catch (error) {
  runner.fail(error instanceof Error ? error.message : String(error));
}
