import { expect, test } from "vitest";
import { PATIENCE_MS, REPOSITORY, raise, submit } from "./rig.ts";
import { sentBack } from "./sent-back.ts";
import { standing } from "./standing.ts";

// Real runs: what is tested is what the workflow calls, and that each round hands on what is its own.
test(
  "a run has jobs for three rounds, and rings for the fourth",
  async () => {
    await using world = await raise({
      runner: "twin",
      roles: await sentBack(3),
      config: { limits: { attempts: 4 } },
    });
    const issue = await submit(world);
    const { stages, events, pulls } = await standing(world, issue);
    expect(stages).toEqual(["done"]);
    expect(events.filter((kind) => kind === "sent-back")).toHaveLength(3);
    expect(pulls.map(({ head }) => head.ref)).toEqual(["factory/1-4"]);
    const runs = world.twin.runner.runs().filter(({ repository }) => repository === REPOSITORY);
    const claims = runs.map(({ event, jobs }) => [
      event,
      ...jobs
        .filter(({ startedAt, path }) => startedAt !== null && path.endsWith("/claim"))
        .map(({ path }) => path),
    ]);
    expect(claims).toEqual([
      ["issues", "factory/line/claim", "factory/again/claim", "factory/once-more/claim"],
      ["workflow_dispatch", "factory/line/claim"],
    ]);
  },
  PATIENCE_MS * 2,
);
