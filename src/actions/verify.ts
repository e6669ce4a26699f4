// Runs the checks of the base's config in the sandbox, on the base and on the change, and returns evidence. No key, no token.
import { openApart } from "../adapters/apart/apart.ts";
import { createClock } from "../adapters/clock/clock.ts";
import { openRepository } from "../adapters/repository/repository.ts";
import { createArchive } from "../adapters/runner/archive.ts";
import { fulfilOrder } from "../adapters/runner/handover.ts";
import { readProposal } from "../adapters/runner/proposal-files.ts";
import { createRunner } from "../adapters/runner/runner.ts";
import { sandboxOptions } from "../adapters/runner/sandbox-options.ts";
import { noticeMaterialized, noticeSandbox } from "../adapters/runner/workspace-notices.ts";
import { createSandbox } from "../adapters/sandbox/sandbox.ts";
import { createSyntax } from "../adapters/syntax/syntax.ts";
import { createWeb } from "../adapters/web/web.ts";
import { renderWorkerSummary } from "../wording/summaries/job-summary.ts";
import { answerReports } from "../workers/checks/reports/read-apart.ts";
import { runVerify } from "../workers/verify/run.ts";

const readApart = await openApart(answerReports);
const runner = createRunner();
await fulfilOrder(runner, { worker: "verify", describe: renderWorkerSummary }, async (order) => {
  const sandbox = await createSandbox({
    ...sandboxOptions(runner, order.config, runner.input("setup-cache-key")),
    readApart,
  });
  if ("refusal" in sandbox) return sandbox;
  noticeSandbox(runner, sandbox);
  const tell = noticeMaterialized(runner);
  const repository = await openRepository(runner.input("repository"), { tell });
  const world = { web: createWeb(), syntax: createSyntax(), archive: createArchive(runner) };
  try {
    const isChanged = order.kind === "line" || order.kind === "unblock";
    const change = isChanged ? await readProposal(runner, { worker: "implement", order }) : {};
    return await runVerify(order, change, { repository, sandbox, clock: createClock(), ...world });
  } finally {
    await repository.close();
  }
});
