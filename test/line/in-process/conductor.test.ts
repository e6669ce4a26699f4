import { expect, test } from "vitest";
import { factsOf, WHOLE_LINE } from "../jobs.ts";
import { PATIENCE_MS, REPOSITORY, raise, submit } from "../rig.ts";
import { standing } from "../standing.ts";

test(
  "the conductor plays the jobs of a real line, in their order and with their permissions",
  async () => {
    await using world = await raise();
    const issue = await submit(world);
    const runs = world.twin.runner.runs();
    expect(factsOf(runs.flatMap(({ jobs }) => jobs))).toEqual(WHOLE_LINE);
    expect(runs.map(({ conclusion }) => conclusion)).toEqual(["success"]);
    const { stages, state, events } = await standing(world, issue);
    expect({ stages, state }).toEqual({ stages: ["done"], state: "closed" });
    expect(events).toEqual(
      "submitted proposed approved claimed published merged smoked".split(" "),
    );
  },
  PATIENCE_MS,
);

test("what it cannot imitate it refuses", async () => {
  await using world = await raise();
  expect(() => world.twin.github.emitSchedule(REPOSITORY, "41 * * * *")).toThrow(
    /plays no schedule/,
  );
  await expect(world.twin.runner.cancelAll("enough")).rejects.toThrow(/cannot be cancelled/);
});
