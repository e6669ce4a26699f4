import { describe, expect, test } from "vitest";
import { headOf, PATIENCE_MS, pushToMain, REPOSITORY, raise, submit } from "./rig.ts";
import {
  entriesOf,
  expectAsks,
  expectNothingPublished,
  expectSealed,
  jobsOf,
  standing,
} from "./standing.ts";

describe.concurrent("what comes between a change and its merge", { timeout: PATIENCE_MS }, () => {
  test("a reviewer who asks for rework gets a second attempt in the same run, and one pull request", async () => {
    await using world = await raise({ scripts: ["two-attempts", "rework"] });
    const issue = await submit(world);
    const found = await standing(world, issue);
    expect(found.stages).toEqual(["done"]);
    expect(found.events.filter((kind) => kind === "claimed")).toHaveLength(2);
    expect(found.ledger).toContain("attempt 1 sent back");
    expect(found.pulls.map(({ head }) => head.ref)).toEqual(["factory/1-2"]);
    expect(await headOf(world, "factory/1-1")).toBe(world.base);
    const runs = world.twin.runner.runs().filter(({ repository }) => repository === REPOSITORY);
    expect(runs.map(({ event }) => event)).toEqual(["issues"]);
    const jobs = jobsOf(world);
    expect(jobs.filter((job) => job === "claim")).toHaveLength(2);
    expect(jobs).toHaveLength(9 + 5);
    const second = world.model
      .requests()
      .find(({ place }) => place?.role === "architect" && place.session === 2);
    expect(JSON.stringify(second?.body)).toContain("Only undefined is looked at");
    await expectSealed(world, issue);
  });

  test("an instruction file of agents is published, and a person merges it", async () => {
    await using world = await raise({ scripts: ["protected-instructions"] });
    const issue = await submit(world);
    await expectAsks(world, issue, {
      stage: "gating",
      says: ["A person merges this.", /protected path .*AGENTS/, "Merge pull request"],
    });
    const { pulls } = await standing(world, issue);
    expect(pulls.map(({ state, merged_at: at }) => ({ state, at }))).toEqual([
      { state: "open", at: null },
    ]);
    expect(await headOf(world)).toBe(world.base);
  });

  test("a workflow is not even published", async () => {
    await using world = await raise({ scripts: ["protected-workflow"] });
    const issue = await submit(world);
    await expectAsks(world, issue, {
      stage: "needs-human",
      says: ["The change touches a protected path", /greet\.yml/, "make this change yourself"],
    });
    await expectNothingPublished(world);
  });

  test("a change whose base moved is verified again before it is merged, and written once", async () => {
    let pushed: Promise<string> | undefined;
    await using world = await raise({
      scripts: ["reviewed-twice"],
      onProgress(event, moving) {
        if (event.kind !== "job-started" || !event.job.endsWith("verify") || pushed) return;
        pushed = pushToMain(moving, "src/other.js", "export const other = 1;\n");
      },
    });
    const issue = await submit(world);
    const moved = await pushed;
    const found = await standing(world, issue);
    expect(found.stages).toEqual(["done"]);
    // The second time on a pull request that is open: its commit is written down before anything is shown there.
    const told = "claimed published base-moved claimed published published merged smoked";
    expect(found.events.slice(-8)).toEqual(told.split(" "));
    const claims = entriesOf(found.ledger).flatMap(({ event }) =>
      event.kind === "claimed" ? [event.base] : [],
    );
    expect(claims).toEqual([world.base, moved]);
    const merge = await world.get<{ parents: { sha: string }[] }>(
      `/git/commits/${await headOf(world)}`,
    );
    expect(merge.parents[0]?.sha).toBe(moved);
    expect(jobsOf(world).filter((name) => name === "verify")).toHaveLength(2);
  });
});
