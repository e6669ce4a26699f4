// Gathers by code what a loop looks for, in the sandbox and without a network. No key, no token.
import { createClock } from "../adapters/clock/clock.ts";
import { openRepository } from "../adapters/repository/repository.ts";
import { fulfilOrder } from "../adapters/runner/handover.ts";
import { readIsolation } from "../adapters/runner/isolation.ts";
import { tellLongCommands } from "../adapters/runner/long-commands.ts";
import { createRunner } from "../adapters/runner/runner.ts";
import { noticeMaterialized, noticeSandbox } from "../adapters/runner/workspace-notices.ts";
import { createSandbox } from "../adapters/sandbox/sandbox.ts";
import { renderWorkerSummary } from "../wording/summaries/job-summary.ts";
import { runLoop } from "../workers/run-loop/run.ts";

const runner = createRunner();
await fulfilOrder(runner, { worker: "run-loop", describe: renderWorkerSummary }, async (order) => {
  const sandbox = await createSandbox({
    isolation: readIsolation(runner),
    read: order.config.sandbox.read,
    watch: tellLongCommands(runner),
  });
  if ("refusal" in sandbox) return sandbox;
  noticeSandbox(runner, sandbox);
  const tell = noticeMaterialized(runner);
  const repository = await openRepository(runner.input("repository"), { tell });
  try {
    return await runLoop(order, { repository, sandbox, clock: createClock() });
  } finally {
    await repository.close();
  }
});
