import { expect, test } from "vitest";
import { describeInside } from "../../adapters/sandbox/sandboxes.ts";
import {
  implemented,
  LINE_FILES,
  treeOf,
  ZONE_CONFIG,
  zoneNight,
  zoneOrder,
} from "../line-fixture.ts";
import { useWorkerJobs } from "../worker-job.ts";

describeInside("the bundle of verify", () => {
  const { checkout } = useWorkerJobs();

  test("gathers evidence for exactly the tree that the change makes", async () => {
    const job = checkout(LINE_FILES);
    const order = zoneOrder(job.base);
    const implement = implemented(order);
    const run = await job.work("verify", order, { proposals: { implement }, started: true });
    expect(run).toMatchObject({ exitCode: 0, commands: [] });
    expect(run.lines.filter((line) => !line.startsWith("Bounds of commands: "))).toEqual([]);
    if (run.proposal?.worker !== "verify") throw new Error(run.summary);
    const tree = treeOf(job.workspace, implement.changeSet);
    expect(run.proposal.subject).toEqual({ base: job.base, tree });
    expect(run.proposal.usage.requests).toBe(0);
    expect(run.proposal.evidence).toContainEqual(
      expect.objectContaining({
        kind: "test-comparison",
        failToPass: ["prices Norway as zone 2"].map((name) => expect.stringContaining(name)),
        passToFail: [],
      }),
    );
    const [kept, handed] = [true, false].map((isKept) =>
      run.files.filter((file) => file.startsWith("millwright/evidence/") === isKept),
    );
    expect(handed).toEqual([
      "handover/implement.json",
      "handover/order.json",
      "millwright/verify.json",
    ]);
    expect(kept).toContain("millwright/evidence/change/test/output.txt");
    expect(run.summary).toContain("| test | change | ✅ passed |");
  });
});

describeInside("the door of verify", () => {
  const { checkout } = useWorkerJobs();

  test("checks the base at night without a change", async () => {
    const job = checkout(LINE_FILES);
    const run = await job.work("verify", zoneNight(job.base, ZONE_CONFIG));
    expect(run).toMatchObject({ exitCode: 0, outputs: { outcome: "done" }, commands: [] });
    expect(run.proposal).toMatchObject({ worker: "verify", changedLines: 0 });
  });

  test("runs nothing of a change that tries to write outside", async () => {
    const job = checkout(LINE_FILES);
    const order = zoneOrder(job.base);
    const implement = implemented(order);
    const outside = [{ path: "../../escape", mode: "100644", encoding: "utf-8", content: "x" }];
    const hostile = { ...implement, changeSet: { ...implement.changeSet, files: outside } };
    const run = await job.work("verify", order, {
      proposals: { implement: hostile as typeof implement },
    });
    expect(run.proposal).toMatchObject({
      worker: "failed",
      refusal: { found: "a relative segment" },
    });
  });
});
