import { expect, test } from "vitest";
import { CONFIG } from "./repository.ts";
import { PATIENCE_MS, raise, submit } from "./rig.ts";
import { expectAsks, expectNothingPublished, standing } from "./standing.ts";

test(
  "a check that floods is ended, and its flood does not reach the issue",
  async () => {
    await using world = await raise({
      scripts: ["insists"],
      config: {
        checks: { lint: { run: "yes 'a line of a flood'", timeoutSeconds: 60 }, ...CONFIG.checks },
        limits: { attempts: 1 },
      },
    });
    const issue = await submit(world);
    await expectAsks(world, issue, {
      stage: "needs-human",
      says: ["All attempts are used up", "A check did not pass: lint", "/factory retry"],
    });
    const { ledger } = await standing(world, issue);
    expect(ledger.length).toBeLessThan(20_000);
    await expectNothingPublished(world);
  },
  PATIENCE_MS,
);
