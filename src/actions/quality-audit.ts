// Recomputes quality.md from git objects and the evidence that verify gathered on the base.
import { join } from "node:path";
import { createClock } from "../adapters/clock/clock.ts";
import { createModel } from "../adapters/model/providers.ts";
import { openRepository } from "../adapters/repository/repository.ts";
import { fulfilOrder } from "../adapters/runner/handover.ts";
import { readModelAccess } from "../adapters/runner/model-access.ts";
import { findProposal } from "../adapters/runner/proposal-files.ts";
import { createRunner } from "../adapters/runner/runner.ts";
import { readBundled } from "../adapters/syntax/grammar-files.ts";
import { createSyntax } from "../adapters/syntax/syntax.ts";
import { costOf } from "../agent/budget/prices.ts";
import { renderWorkerSummary } from "../wording/summaries/job-summary.ts";
import { runQualityAudit } from "../workers/quality-audit/run.ts";

const runner = createRunner();
// The repository has one copy of the grammars, beside verify's bundle.
const grammars = readBundled(join(process.argv[1] ?? "", "../../../verify/dist/index.js"));
await fulfilOrder(
  runner,
  { worker: "quality-audit", describe: renderWorkerSummary },
  async (order) => {
    const repository = await openRepository(runner.input("repository"));
    try {
      const model = createModel({ ...readModelAccess(runner), prices: costOf });
      const measured = await findProposal(runner, { worker: "verify", order });
      const ports = { model, repository, clock: createClock(), syntax: createSyntax(grammars) };
      return await runQualityAudit(order, measured, ports);
    } finally {
      await repository.close();
    }
  },
);
