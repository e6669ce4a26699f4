// Waits until the merged commit is live and probes it. No key, no token, no repository.
import { createClock } from "../adapters/clock/clock.ts";
import { fulfilOrder } from "../adapters/runner/handover.ts";
import { createRunner } from "../adapters/runner/runner.ts";
import { createWeb } from "../adapters/web/web.ts";
import { renderWorkerSummary } from "../wording/summaries/job-summary.ts";
import { runSmoke } from "../workers/post-merge-smoke/run.ts";

const runner = createRunner();
await fulfilOrder(runner, { worker: "post-merge-smoke", describe: renderWorkerSummary }, (order) =>
  runSmoke(order, { web: createWeb(), clock: createClock() }),
);
