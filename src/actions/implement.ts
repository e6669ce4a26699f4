// Works on a contract. The model is called from here; everything that touches the work tree happens inside the sandbox.
import { openApart } from "../adapters/apart/apart.ts";
import { createClock } from "../adapters/clock/clock.ts";
import { createModel } from "../adapters/model/providers.ts";
import { openRepository } from "../adapters/repository/repository.ts";
import { fulfilOrder } from "../adapters/runner/handover.ts";
import { readModelAccess } from "../adapters/runner/model-access.ts";
import { createRunner } from "../adapters/runner/runner.ts";
import { sandboxOptions } from "../adapters/runner/sandbox-options.ts";
import { noticeMaterialized, noticeSandbox } from "../adapters/runner/workspace-notices.ts";
import { createSandbox } from "../adapters/sandbox/sandbox.ts";
import { locateToolbox } from "../adapters/toolbox/locate.ts";
import { toolsOf } from "../adapters/toolbox/relay.ts";
import { costOf } from "../agent/budget/prices.ts";
import { renderWorkerSummary } from "../wording/summaries/job-summary.ts";
import { answerReports } from "../workers/checks/reports/read-apart.ts";
import { runImplement } from "../workers/implement/run.ts";

const readApart = await openApart(answerReports);
const runner = createRunner();
await fulfilOrder(runner, { worker: "implement", describe: renderWorkerSummary }, async (order) => {
  const sandbox = await createSandbox({
    ...sandboxOptions(runner, order.config),
    readApart,
  });
  if ("refusal" in sandbox) return sandbox;
  noticeSandbox(runner, sandbox);
  const tell = noticeMaterialized(runner);
  const repository = await openRepository(runner.input("repository"), { tell });
  try {
    const model = createModel({ ...readModelAccess(runner), prices: costOf });
    const toolbox = { program: locateToolbox(), tools: toolsOf };
    return await runImplement(order, { model, repository, sandbox, clock: createClock(), toolbox });
  } finally {
    await repository.close();
  }
});
