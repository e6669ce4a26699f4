// Says which findings of a loop become issues. It holds the model key, reads git objects and runs nothing.
import { createClock } from "../adapters/clock/clock.ts";
import { createModel } from "../adapters/model/providers.ts";
import { openRepository } from "../adapters/repository/repository.ts";
import { fulfilOrder } from "../adapters/runner/handover.ts";
import { readModelAccess } from "../adapters/runner/model-access.ts";
import { readProposal } from "../adapters/runner/proposal-files.ts";
import { createRunner } from "../adapters/runner/runner.ts";
import { costOf } from "../agent/budget/prices.ts";
import { renderWorkerSummary } from "../wording/summaries/job-summary.ts";
import { runJudge } from "../workers/judge/run.ts";

const runner = createRunner();
await fulfilOrder(runner, { worker: "judge", describe: renderWorkerSummary }, async (order) => {
  const repository = await openRepository(runner.input("repository"));
  try {
    const model = createModel({ ...readModelAccess(runner), prices: costOf });
    const found = await readProposal(runner, { worker: "run-loop", order });
    return await runJudge(order, found, { model, repository, clock: createClock() });
  } finally {
    await repository.close();
  }
});
