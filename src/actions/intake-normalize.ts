// Reads an issue and the git objects of the base, asks the model, proposes a contract or questions.
import { createClock } from "../adapters/clock/clock.ts";
import { createModel } from "../adapters/model/providers.ts";
import { openRepository } from "../adapters/repository/repository.ts";
import { fulfilOrder } from "../adapters/runner/handover.ts";
import { readModelAccess } from "../adapters/runner/model-access.ts";
import { createRunner } from "../adapters/runner/runner.ts";
import { costOf } from "../agent/budget/prices.ts";
import { renderWorkerSummary } from "../wording/summaries/job-summary.ts";
import { runIntake } from "../workers/intake-normalize/run.ts";

const runner = createRunner();
await fulfilOrder(
  runner,
  { worker: "intake-normalize", describe: renderWorkerSummary },
  async (order) => {
    const repository = await openRepository(runner.input("repository"));
    try {
      const model = createModel({ ...readModelAccess(runner), prices: costOf });
      return await runIntake(order, { model, repository, clock: createClock() });
    } finally {
      await repository.close();
    }
  },
);
