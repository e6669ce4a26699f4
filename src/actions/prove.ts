// Proves a pull request by its tests. Runs the change in the sandbox: no key, no model, no write permission.
import { join } from "node:path";
import { createClock } from "../adapters/clock/clock.ts";
import { openRepository } from "../adapters/repository/repository.ts";
import { readIsolation } from "../adapters/runner/isolation.ts";
import { tellLongCommands } from "../adapters/runner/long-commands.ts";
import { fulfilProof } from "../adapters/runner/pull-request-proof.ts";
import { createRunner } from "../adapters/runner/runner.ts";
import { noticeMaterialized, noticeSandbox } from "../adapters/runner/workspace-notices.ts";
import { createSandbox } from "../adapters/sandbox/sandbox.ts";
import { readBundled } from "../adapters/syntax/grammar-files.ts";
import { createSyntax } from "../adapters/syntax/syntax.ts";
import { createWeb } from "../adapters/web/web.ts";
import { readConfigText } from "../control/observed/config-text.ts";
import { renderProof } from "../wording/proof/comment.ts";
import { provePullRequest } from "../workers/verify/prove/prove-pull-request.ts";

const runner = createRunner();
// The repository has one copy of the grammars, beside verify's bundle.
const grammars = readBundled(join(process.argv[1] ?? "", "../../../verify/dist/index.js"));
await fulfilProof(runner, renderProof, async (offered) => {
  const tell = noticeMaterialized(runner);
  const repository = await openRepository(runner.input("repository"), { tell });
  try {
    return await provePullRequest(offered, {
      ...{ repository, clock: createClock(), web: createWeb(), syntax: createSyntax(grammars) },
      readConfig: readConfigText,
      openSandbox: async ({ sandbox: { read } }) => {
        const watch = tellLongCommands(runner);
        const sandbox = await createSandbox({ isolation: readIsolation(runner), read, watch });
        if (!("refusal" in sandbox)) noticeSandbox(runner, sandbox);
        return sandbox;
      },
    });
  } finally {
    await repository.close();
  }
});
