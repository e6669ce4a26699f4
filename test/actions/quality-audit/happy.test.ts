import { describe, expect, test } from "vitest";
import { Config } from "../../../src/domain/config/schema.ts";
import { LINE_FILES, verified, zoneNight } from "../line-fixture.ts";
import { refusesOtherProposals } from "../other-proposals.ts";
import { access, useWorkerJobs, type WorkerJob } from "../worker-job.ts";

function prepare({ base }: WorkerJob) {
  const quality = { areas: [{ name: "pricing", paths: ["src/**"], bar: "B" }] };
  const order = zoneNight(base, Config.parse({ quality }));
  return { order, proposals: { verify: verified(order, "1".repeat(40)) } };
}

describe("the bundle of quality-audit", () => {
  const { checkout, model } = useWorkerJobs();

  test("recomputes quality.md from git objects where nothing was measured", async () => {
    const job = checkout(LINE_FILES);
    const { order } = prepare(job);
    const scripted = await model({ auditor: [{ json: { notes: [] } }] });
    const run = await job.work("quality-audit", order, {
      inputs: access(scripted),
      started: true,
    });
    expect(run).toMatchObject({ exitCode: 0, lines: [], outputs: { outcome: "done" } });
    if (run.proposal?.worker !== "quality-audit") throw new Error(run.summary);
    expect(run.proposal.report.areas.map(({ area }) => area)).toContain("pricing");
    expect(run.proposal.markdown).toContain("pricing");
    expect(run.proposal.tree).toMatch(/^[0-9a-f]{40}$/);
    expect(run.commands).toEqual([`::add-mask::${scripted.apiKey}`]);
    expect(run.files).toEqual(["handover/order.json", "millwright/quality-audit.json"]);
  });
});

describe("the door of quality-audit", () => {
  const { checkout } = useWorkerJobs();

  test("keeps its figures without a model, and says that nobody remarked on them", async () => {
    const job = checkout(LINE_FILES);
    const { order } = prepare(job);
    const run = await job.work("quality-audit", order);
    expect(run).toMatchObject({ exitCode: 0, commands: [], outputs: { outcome: "done" } });
    expect(run.proposal).toMatchObject({ worker: "quality-audit", withoutNotes: {} });
  });

  test("refuses evidence for another tree", async () => {
    const job = checkout(LINE_FILES);
    const { order, proposals } = prepare(job);
    const run = await job.work("quality-audit", order, { proposals });
    expect(run.proposal).toMatchObject({ worker: "failed", of: "quality-audit" });
  });
});

describe("the door of quality-audit refuses", () =>
  refusesOtherProposals({
    name: "quality-audit",
    of: "verify",
    withoutIt: "done",
    files: LINE_FILES,
    prepare,
  }));
