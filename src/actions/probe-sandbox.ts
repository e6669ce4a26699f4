// Reports whether the workers' sandbox works on this runner, by the self-test with which each worker begins: no order, no token, no key.
import { createRunner } from "../adapters/runner/runner.ts";
import { noticeSandbox } from "../adapters/runner/workspace-notices.ts";
import { createSandbox } from "../adapters/sandbox/sandbox.ts";
import { messageOf } from "../domain/text/message-of.ts";
import { sayRefusal } from "../wording/refusals.ts";

const runner = createRunner();
try {
  // Bubblewrap whatever the variables say, because without isolation there is nothing to measure.
  const sandbox = await createSandbox({ isolation: "bubblewrap" });
  runner.output("found", "refusal" in sandbox ? "refused" : "works");
  if ("refusal" in sandbox) runner.quote(sayRefusal(sandbox.refusal));
  else noticeSandbox(runner, sandbox);
} catch (error) {
  runner.fail(messageOf(error));
}
