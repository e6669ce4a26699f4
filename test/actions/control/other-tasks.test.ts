import { describe, expect, test } from "vitest";
import { useControl, writes } from "../control-job.ts";

describe("the door of control", () => {
  const start = useControl();

  test("answers a command outside the line with words alone", async () => {
    const jobs = await start();
    const event = await jobs.comment("/factory status");
    const run = await jobs.run("route", { event });
    expect(run, run.commands.join()).toMatchObject({ exitCode: 0, outputs: { next: "none" } });
    expect(run.order).toBeUndefined();
    expect(writes(run).filter((line) => !/comments|labels/.test(line))).toEqual([]);
    expect(run.requests.filter(({ status }) => status >= 400 && status !== 404)).toEqual([]);
  });

  test("makes the order of the night with a token that cannot write", async () => {
    const jobs = await start();
    jobs.world.github.emitSchedule("OWNER/app", "0 3 * * *");
    const run = await jobs.run("nightly-open", {
      event: jobs.last("schedule"),
      inputs: { issue: "" },
    });
    expect(run, run.commands.join()).toMatchObject({ exitCode: 0, outputs: { next: "nightly" } });
    expect(run.order).toMatchObject({ kind: "nightly", audit: { openDefects: [] } });
    expect(writes(run)).toEqual([]);
  });
});
