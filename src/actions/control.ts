// The only action of the line with a token: reads the workers' results, observes, decides, acts. It never calls a model.
import { createSentry } from "../adapters/alerts/sentry.ts";
import { createClock } from "../adapters/clock/clock.ts";
import { botOfApp } from "../adapters/github/app-bot.ts";
import { paceFor } from "../adapters/github/client/pace.ts";
import { createGitHub } from "../adapters/github/create-github.ts";
import { readControlHandover, writeControlResult } from "../adapters/runner/control-handover.ts";
import { createRunner } from "../adapters/runner/runner.ts";
import { runInMode } from "../control/loop/run-in-mode.ts";
import { TASKS } from "../station.ts";
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
  const { repository, apiUrl } = runner.run;
  const access = { token: runner.input("token"), repository, apiUrl };
  const bot = await botOfApp(runner, access);
  const identity = bot ?? handover.identity;
  const clock = createClock();
  const github = createGitHub({ ...access, identity, pace: paceFor(apiUrl, clock) });
  const alerts = createSentry({ token: runner.input("sentry-token") });
  const ports = { github, clock, alerts };
  const result = await runInMode({ task, ...handover, identity }, ports);
  await writeControlResult(runner, result, sayRefusal);
  const { requests, writes } = github.count();
  runner.info(`${requests + Number(bot !== undefined)} requests, ${writes} of them writes`);
} catch (error) {
  runner.fail(error instanceof Error ? error.message : String(error));
}
