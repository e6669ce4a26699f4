import { describe, expect, test } from "vitest";
import {
  implemented,
  LINE_FILES,
  reviewAnswer,
  treeOf,
  verified,
  zoneOrder,
} from "../line-fixture.ts";
import { survivesItsModel } from "../model-refusals.ts";
import { refusesOtherProposals } from "../other-proposals.ts";
import { access, useWorkerJobs, type WorkerJob } from "../worker-job.ts";

function prepare({ base, workspace }: WorkerJob) {
  const order = zoneOrder(base);
  const implement = implemented(order);
  const tree = treeOf(workspace, implement.changeSet);
  return { order, tree, proposals: { implement, verify: verified(order, tree) } };
}

describe("the bundle of review", () => {
  const { checkout, model } = useWorkerJobs();

  test("returns a verdict on the verified tree", async () => {
    const job = checkout(LINE_FILES);
    const { order, tree, proposals } = prepare(job);
    const scripted = await model({
      reviewer: [
        { calls: [{ tool: "read_file", input: { path: "src/zones.mjs" } }] },
        { json: reviewAnswer("Fine.\n::warning::gone @everyone") },
      ],
    });
    const run = await job.work("review", order, {
      proposals,
      inputs: access(scripted),
      started: true,
    });
    expect(run).toMatchObject({ exitCode: 0, lines: [], outputs: { outcome: "done" } });
    expect(run.proposal).toMatchObject({
      worker: "review",
      verdict: { subject: { base: job.base, tree }, decision: "approve" },
    });
    expect(run.commands).toEqual([`::add-mask::${scripted.apiKey}`]);
    expect(run.summary).toContain("the reviewer approves");
    // In a code span nobody is mentioned, and no line of a summary is a command.
    expect(run.summary).toContain("`::warning::gone @everyone`");
    expect(JSON.stringify(scripted.requests().at(-1)?.body)).toContain("1140");
    expect(run.files).toContain("millwright/review.json");
  });
});

describe("the door of review", () => {
  const { checkout, model } = useWorkerJobs();

  test("has no verdict on evidence for other bytes", async () => {
    const job = checkout(LINE_FILES);
    const { order, proposals } = prepare(job);
    const scripted = await model({ reviewer: [{ json: reviewAnswer() }] });
    const other = { ...proposals, verify: verified(order, "1".repeat(40)) };
    const run = await job.work("review", order, { proposals: other, inputs: access(scripted) });
    expect(run.proposal?.worker).toBe("failed");
    expect(scripted.requests()).toEqual([]);
  });
});

describe("the door of review refuses", () =>
  refusesOtherProposals({
    name: "review",
    of: "verify",
    withoutIt: "failed",
    files: LINE_FILES,
    inputs: { "anthropic-api-key": "unused" },
    prepare,
  }));

describe("the door of review says why it has no verdict", () =>
  survivesItsModel({ name: "review", role: "reviewer", files: LINE_FILES, prepare }));
