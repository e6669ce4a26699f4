// Gathers a loop's findings by code, in the sandbox and without a network. No key, no token.
import { join } from "node:path";
import { createVisitor, visitProgram } from "../adapters/browser/visitor.ts";
import { createClock } from "../adapters/clock/clock.ts";
import { openRepository } from "../adapters/repository/repository.ts";
import { fulfilOrder } from "../adapters/runner/handover.ts";
import { readIsolation } from "../adapters/runner/isolation.ts";
import { sayJudgeNeeded } from "../adapters/runner/judge-needed.ts";
import { tellLongCommands } from "../adapters/runner/long-commands.ts";
import { keepPictures } from "../adapters/runner/pictures.ts";
import { createRunner } from "../adapters/runner/runner.ts";
import { noticeMaterialized, noticeSandbox } from "../adapters/runner/workspace-notices.ts";
import { createSandbox } from "../adapters/sandbox/sandbox.ts";
import { readBundled } from "../adapters/syntax/grammar-files.ts";
import { createSyntax } from "../adapters/syntax/syntax.ts";
import { sayPicture } from "../wording/gathered/pictures.ts";
import { renderWorkerSummary } from "../wording/summaries/job-summary.ts";
import { runLoop } from "../workers/run-loop/run.ts";

const runner = createRunner();
const besideVerify = readBundled(join(process.argv[1] ?? "", "../../../verify/dist/index.js"));
await fulfilOrder(runner, { worker: "run-loop", describe: renderWorkerSummary }, async (order) => {
  const visitor = createVisitor({ program: visitProgram(), ...keepPictures(runner, sayPicture) });
  const sandbox = await createSandbox({
    isolation: readIsolation(runner),
    read: [...order.config.sandbox.read, ...visitor.foldersFor(order.loop.loop.gather.use)],
    watch: tellLongCommands(runner),
  });
  if ("refusal" in sandbox) return sandbox;
  noticeSandbox(runner, sandbox);
  const tell = noticeMaterialized(runner);
  const repository = await openRepository(runner.input("repository"), { tell });
  try {
    const syntax = createSyntax(besideVerify);
    const ports = { repository, sandbox, clock: createClock(), syntax, visitor };
    return sayJudgeNeeded(runner, order, await runLoop(order, ports));
  } finally {
    await repository.close();
  }
});
