// Runs the checks of the base's config in the sandbox, on the base and on the change, and returns evidence. No key, no token.
import { createClock } from "../adapters/clock/clock.ts";
import { openRepository } from "../adapters/repository/repository.ts";
import { createArchive } from "../adapters/runner/archive.ts";
import { fulfilOrder } from "../adapters/runner/handover.ts";
import { readIsolation } from "../adapters/runner/isolation.ts";
import { tellLongCommands } from "../adapters/runner/long-commands.ts";
import { readProposal } from "../adapters/runner/proposal-files.ts";
import { createRunner } from "../adapters/runner/runner.ts";
import { noticeMaterialized, noticeSandbox } from "../adapters/runner/workspace-notices.ts";
import { createSandbox } from "../adapters/sandbox/sandbox.ts";
import { createSyntax } from "../adapters/syntax/syntax.ts";
import { createWeb } from "../adapters/web/web.ts";
import { renderWorkerSummary } from "../wording/summaries/job-summary.ts";
import { runVerify } from "../workers/verify/run.ts";

const runner = createRunner();
await fulfilOrder(runner, { worker: "verify", describe: renderWorkerSummary }, async (order) => {
  const sandbox = await createSandbox({
    isolation: readIsolation(runner),
    read: order.config.sandbox.read,
    watch: tellLongCommands(runner),
  });
  if ("refusal" in sandbox) return sandbox;
  noticeSandbox(runner, sandbox);
  const tell = noticeMaterialized(runner);
  const repository = await openRepository(runner.input("repository"), { tell });
  const world = { clock: createClock(), web: createWeb(), syntax: createSyntax() };
  const archive = createArchive(runner);
  try {
    const change =
      order.kind === "nightly" ? {} : await readProposal(runner, { worker: "implement", order });
    return await runVerify(order, change, { repository, sandbox, archive, ...world });
  } finally {
    await repository.close();
  }
});
