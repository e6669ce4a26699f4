// Recomputes quality.md from git objects and the evidence that verify gathered on the base.
import { createClock } from "../adapters/clock/clock.ts";
import { createModel } from "../adapters/model/providers.ts";
import { openRepository } from "../adapters/repository/repository.ts";
import { fulfilOrder } from "../adapters/runner/handover.ts";
import { readModelAccess } from "../adapters/runner/model-access.ts";
import { findProposal } from "../adapters/runner/proposal-files.ts";
import { createRunner } from "../adapters/runner/runner.ts";
import { costOf } from "../agent/budget/prices.ts";
import { renderWorkerSummary } from "../wording/summaries/job-summary.ts";
import { runQualityAudit } from "../workers/quality-audit/run.ts";

const runner = createRunner();
await fulfilOrder(
  runner,
  { worker: "quality-audit", describe: renderWorkerSummary },
  async (order) => {
    const repository = await openRepository(runner.input("repository"));
    try {
      const model = createModel({ ...readModelAccess(runner), prices: costOf });
      const measured = await findProposal(runner, { worker: "verify", order });
      return await runQualityAudit(order, measured, { model, repository, clock: createClock() });
    } finally {
      await repository.close();
    }
  },
);
