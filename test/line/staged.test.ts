import { describe, expect, test } from "vitest";
import { stringify } from "yaml";
import { CONFIG } from "./repository.ts";
import { label, open, PATIENCE_MS, pushToMain, raise, say, type World } from "./rig.ts";
import { jobsOf, standing, summariesOf, WHOLE_LINE, writesByJobs } from "./standing.ts";

/** Everything that a person could see change: nothing of it may. */
async function visible(world: World, issue: number): Promise<unknown> {
  const { labels, comments, pulls, state } = await standing(world, issue);
  const refs = await world.get<unknown>("/git/matching-refs/heads/");
  return {
    labels: labels.filter((name) => name !== "factory:queued"),
    comments,
    pulls,
    state,
    refs,
  };
}

describe("mode: staged", () => {
  test(
    "plays the whole line in one run and writes nothing; then the same issue is done live",
    async () => {
      await using world = await raise({
        scripts: ["two-attempts", "read-twice"],
        config: { mode: "staged", approve: "always" },
      });
      const issue = await open(world);
      const before = await visible(world, issue);
      await label(world, issue);
      expect(jobsOf(world)).toEqual(WHOLE_LINE);
      expect(writesByJobs(world)).toEqual([]);
      expect(await visible(world, issue)).toEqual(before);
      const summary = summariesOf(world);
      expect(summary).toContain("Staged: nothing was written.");
      expect(summary).toContain("### Millwright · contract");
      expect(summary).toContain("```diff\n--- a/src/greet.js");
      expect(summary).toContain("<b>A pull request</b>");
      expect(summary).toContain("<b>The merge</b>");
      expect(summary).toContain("In a live run, `release` would follow");

      const live = stringify({ ...CONFIG, approve: "always" });
      await pushToMain(world, ".github/factory.yml", live);
      await world.send("DELETE", `/issues/${issue}/labels/factory:queued`, undefined);
      await label(world, issue);
      await say(world, issue, "/factory approve");
      const { stages, state, events } = await standing(world, issue);
      expect({ stages, state }).toEqual({ stages: ["done"], state: "closed" });
      expect(events).toEqual(
        "submitted proposed approved claimed published merged smoked".split(" "),
      );
    },
    PATIENCE_MS,
  );
});
