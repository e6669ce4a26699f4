import { describe, expect, test } from "vitest";
import { PATIENCE_MS, raise, say, submit } from "./rig.ts";
import { expectAsks, expectNothingPublished, expectSealed, jobsOf, standing } from "./standing.ts";

describe.concurrent("a model that cannot be asked", { timeout: PATIENCE_MS }, () => {
  test("a missing secret is named with the command that sets it, and nothing was asked", async () => {
    await using world = await raise({ without: ["ANTHROPIC_API_KEY"] });
    const issue = await submit(world);
    await expectAsks(world, issue, {
      stage: "needs-human",
      says: ["A secret is not set: `ANTHROPIC_API_KEY`", "`gh secret set ANTHROPIC_API_KEY`"],
    });
    expect(world.model.requests()).toEqual([]);
    await expectNothingPublished(world);
  });

  test("a refused key names the secret, and a retry goes on", async () => {
    await using world = await raise({ scripts: ["refused-key"] });
    const issue = await submit(world);
    await expectAsks(world, issue, {
      stage: "needs-human",
      says: [
        "ANTHROPIC_API_KEY",
        "invalid bearer token",
        "`gh secret set ANTHROPIC_API_KEY`",
        "comment `/factory retry`",
      ],
    });
    expect(world.model.requests().map(({ status }) => status)).toEqual([401]);
    await say(world, issue, "/factory retry");
    expect((await standing(world, issue)).stages).toEqual(["needs-info"]);
    await expectSealed(world, issue);
  });

  test.each([
    { script: "rate-limited", role: "architect", says: ["rate limit", "/factory retry"] },
    { script: "overloaded", role: "reviewer", says: ["overloaded", "/factory retry"] },
    { script: "cut-stream", role: "coder", says: ["cut stream", "/factory retry"] },
  ])("$script: asked three times, then a person is", async ({ script, role, says }) => {
    await using world = await raise({ scripts: [script] });
    const issue = await submit(world);
    await expectAsks(world, issue, {
      stage: "needs-human",
      says: ["The model call failed", ...says],
    });
    const roles = world.model.requests().map(({ place }) => place?.role);
    expect(roles.filter((asked) => asked === role)).toHaveLength(3);
    await expectNothingPublished(world);
  });

  test("what passes by itself costs a repeat and nothing else", async () => {
    await using world = await raise({ scripts: ["hiccups"] });
    const issue = await submit(world);
    const found = await standing(world, issue);
    expect(found.stages).toEqual(["done"]);
    expect(found.state).toBe("closed");
    expect(jobsOf(world).filter((name) => name === "implement")).toHaveLength(1);
    await expectSealed(world, issue);
  });
});

describe.concurrent("a script that is not the run's", { timeout: PATIENCE_MS }, () => {
  test("one that ends early names file, role and what was asked", async () => {
    await using world = await raise({ scripts: ["ends-early"] });
    const issue = await submit(world);
    await expectAsks(world, issue, {
      stage: "needs-human",
      says: ["ends-early", 'role "coder", session 1: all 1 turn', "/factory retry"],
    });
    await expectNothingPublished(world);
  });

  test("one that calls an unknown tool is told the known ones", async () => {
    await using world = await raise({ scripts: ["unknown-tool"] });
    const issue = await submit(world);
    await expectAsks(world, issue, {
      stage: "needs-human",
      says: ["push_to_main", /bash.*read.*write.*edit.*run_check/s, "/factory retry"],
    });
    await expectNothingPublished(world);
  });
});
