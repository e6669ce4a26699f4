// Waits until the merged commit is live and probes it. No key, no token; programs of the repository run in the sandbox, from
// the commit before the change.
import { createClock } from "../adapters/clock/clock.ts";
import { openRepository } from "../adapters/repository/repository.ts";
import { fulfilOrder } from "../adapters/runner/handover.ts";
import { createRunner } from "../adapters/runner/runner.ts";
import { sandboxOptions } from "../adapters/runner/sandbox-options.ts";
import { noticeMaterialized, noticeSandbox } from "../adapters/runner/workspace-notices.ts";
import { createSandbox } from "../adapters/sandbox/sandbox.ts";
import { createWeb } from "../adapters/web/web.ts";
import { renderWorkerSummary } from "../wording/summaries/job-summary.ts";
import { runSmoke } from "../workers/post-merge-smoke/run.ts";

const runner = createRunner();
const duty = { worker: "post-merge-smoke", describe: renderWorkerSummary } as const;
await fulfilOrder(runner, duty, (order) =>
  runSmoke(order, {
    web: createWeb(),
    clock: createClock(),
    tools: async () => {
      const sandbox = await createSandbox(sandboxOptions(runner, order.config));
      if ("refusal" in sandbox) return sandbox;
      noticeSandbox(runner, sandbox);
      const tell = noticeMaterialized(runner);
      const repository = await openRepository(runner.input("repository"), { tell });
      return { repository, sandbox, close: () => repository.close() };
    },
  }),
);
