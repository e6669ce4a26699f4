import { expect, test } from "vitest";
import { headOf, open, PATIENCE_MS, raise } from "./rig.ts";
import { jobsOf, standing, WHOLE_LINE, writesByJobs } from "./standing.ts";

test(
  "a staged line is asked for by a person who starts the workflow by hand, for an issue without a label",
  async () => {
    // A real line: the mode goes through the inputs of all workflows, and the staged world through artifacts.
    await using world = await raise({ runner: "twin" });
    const issue = await open(world);
    const base = await headOf(world);
    await world.send("POST", "/actions/workflows/factory.yml/dispatches", {
      ref: "main",
      inputs: { issue: `${issue}`, mode: "staged" },
    });
    await world.idle();
    expect(jobsOf(world)).toEqual(["route", ...WHOLE_LINE]);
    expect(writesByJobs(world)).toEqual([]);
    expect(await standing(world, issue)).toMatchObject({ labels: [], comments: [], pulls: [] });
    expect(await headOf(world)).toBe(base);
  },
  PATIENCE_MS,
);
