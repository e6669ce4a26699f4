import { rmSync } from "node:fs";
import { expect, test } from "vitest";
import { pathWithout } from "../cli/command-line.ts";
import { CONFIG } from "./repository.ts";
import { PATIENCE_MS, raise, submit } from "./rig.ts";
import { expectAsks, expectNothingPublished, jobsOf, standing } from "./standing.ts";

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

test(
  "a machine without bubblewrap runs nothing on the shipped workflows and bundles either",
  async () => {
    const bare = pathWithout(["bwrap", "sudo"]);
    try {
      // A real line: the step that sets the sandbox up, and the bundles on such a machine.
      await using world = await raise({ runner: "twin", environment: { PATH: bare } });
      const issue = await submit(world);
      await expectAsks(world, issue, {
        stage: "needs-human",
        says: ["This machine has no sandbox", "sudo apt-get install -y bubblewrap"],
      });
      expect(jobsOf(world)).not.toContain("verify");
      await expectNothingPublished(world);
    } finally {
      rmSync(bare, { recursive: true, force: true });
    }
  },
  PATIENCE_MS,
);
