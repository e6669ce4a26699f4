// Measures GitHub's actual behavior on throwaway branches. It holds a token; it never calls a model nor runs repository code.
import { join } from "node:path";
import { createClock } from "../adapters/clock/clock.ts";
import { createWire } from "../adapters/github/wire.ts";
import { readCacheService } from "../adapters/runner/cache-service.ts";
import { temporaryFolder } from "../adapters/runner/order-file.ts";
import { createRunner } from "../adapters/runner/runner.ts";
import { readConformanceOptions } from "../conformance/options.ts";
import { differing, workConformance } from "../conformance/work.ts";
import { renderConformance } from "../wording/platform/conformance-summary.ts";

const runner = createRunner();
try {
  const options = readConformanceOptions(runner.input);
  const { repository, apiUrl } = runner.run;
  const { found, report, notes } = await workConformance(options, runner.run, {
    wire: createWire({ token: options.token, repository, apiUrl }),
    clock: createClock(),
    readCache: () => readCacheService(),
  });
  for (const note of notes) runner.warning(note);
  if (found !== undefined) runner.output("found", found);
  if (report !== undefined) {
    const path = join(temporaryFolder(), "conformance.json");
    await runner.writeFile(path, `${JSON.stringify(report, null, 2)}\n`);
    await runner.summary(renderConformance(report));
    runner.output("report", path);
    const facts = differing(report);
    if (options.isGate && facts.length > 0)
      runner.fail(`GitHub does otherwise than believed: ${facts.join(", ")}`);
  }
} catch (error) {
  runner.fail(error instanceof Error ? error.message : String(error));
}
