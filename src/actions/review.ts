// Reads contract, diff and evidence with another model than the coder's, and returns a verdict that can only veto.
import { createClock } from "../adapters/clock/clock.ts";
import { createModel } from "../adapters/model/providers.ts";
import { openRepository } from "../adapters/repository/repository.ts";
import { fulfilOrder } from "../adapters/runner/handover.ts";
import { readModelAccess } from "../adapters/runner/model-access.ts";
import { readProposal } from "../adapters/runner/proposal-files.ts";
import { createRunner } from "../adapters/runner/runner.ts";
import { costOf } from "../agent/budget/prices.ts";
import { renderWorkerSummary } from "../wording/summaries/job-summary.ts";
import { runPullRequestReview } from "../workers/review/pull-request.ts";
import { runReview } from "../workers/review/run.ts";

const runner = createRunner();
await fulfilOrder(runner, { worker: "review", describe: renderWorkerSummary }, async (order) => {
  const repository = await openRepository(runner.input("repository"));
  try {
    const model = createModel({ ...readModelAccess(runner), prices: costOf });
    const ports = { model, repository, clock: createClock() };
    if (order.kind === "review") return await runPullRequestReview(order, ports);
    const implement = await readProposal(runner, { worker: "implement", order });
    const verify = await readProposal(runner, { worker: "verify", order });
    return await runReview(order, { implement, verify }, ports);
  } finally {
    await repository.close();
  }
});
