import { rmSync } from "node:fs";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { pathWithout } from "../cli/command-line.ts";
import { CONFIG } from "./repository.ts";
import { headOf, PATIENCE_MS, raise, submit } from "./rig.ts";
import { expectAsks, expectNothingPublished, jobsOf, standing } from "./standing.ts";

let bare: string;

beforeAll(() => {
  bare = pathWithout(["bwrap", "sudo"]);
});

afterAll(() => rmSync(bare, { recursive: true, force: true }));

test(
  "a machine without bubblewrap runs nothing, and the issue has the install line",
  async () => {
    // The step that sets the sandbox up, and the bundles on such a machine, are in `checks.long.test.ts`.
    await using world = await raise({ environment: { PATH: bare } });
    const issue = await submit(world);
    await expectAsks(world, issue, {
      stage: "needs-human",
      says: ["This machine has no sandbox", "sudo apt-get install -y bubblewrap"],
    });
    expect(jobsOf(world)).not.toContain("verify");
    await expectNothingPublished(world);
  },
  PATIENCE_MS,
);

describe.concurrent("a check that does not pass", { timeout: PATIENCE_MS }, () => {
  test("one that hangs is killed at its time limit, and the issue says which", async () => {
    await using world = await raise({
      scripts: ["insists"],
      config: {
        checks: { ...CONFIG.checks, build: { run: "sleep 600", timeoutSeconds: 1 } },
        limits: { attempts: 1 },
      },
    });
    const issue = await submit(world);
    await expectAsks(world, issue, {
      stage: "needs-human",
      says: [
        "All attempts are used up",
        /A check did not pass: build \(found timed-out/,
        "/factory retry",
      ],
    });
    await expectNothingPublished(world);
  });

  test("a regression is tried twice, then a person is asked", async () => {
    await using world = await raise({ scripts: ["two-attempts", "regression"] });
    const issue = await submit(world);
    await expectAsks(world, issue, {
      stage: "needs-human",
      says: ["All attempts are used up", "A check did not pass: test", "sharpen the issue"],
    });
    const { events } = await standing(world, issue);
    expect(events.filter((kind) => kind === "claimed")).toHaveLength(2);
    expect(events.filter((kind) => kind === "sent-back")).toHaveLength(2);
    expect(jobsOf(world).filter((name) => name === "settle")).toHaveLength(2);
    expect(await headOf(world, "factory/1-2")).toBe(world.base);
    await expectNothingPublished(world);
  });
});
