import { describe, expect, test } from "vitest";
import { foundBy, loopOrder } from "../../workers/orders.ts";
import { survivesItsModel } from "../model-refusals.ts";
import { refusesOtherProposals } from "../other-proposals.ts";
import { access, useWorkerJobs, type WorkerJob } from "../worker-job.ts";

const FILES = { "src/a.ts": "let x;\n" };
const SAID = {
  verdicts: [{ verdict: "file", key: "a", reason: "It matters.", evidence: [] }],
  proposals: [],
};

function prepare({ base }: WorkerJob) {
  const order = loopOrder(
    { base },
    { roles: { judge: {} }, budget: { usd: 1, minutes: 5 }, gather: { use: "plan" } },
  );
  const items = [{ key: "a", title: "A", body: "", evidence: [] }];
  return { order, proposals: { "run-loop": foundBy(order, items) } };
}

describe("the bundle of judge", () => {
  const { checkout, model } = useWorkerJobs();

  test("hands on what a model says of what was gathered", async () => {
    const job = checkout(FILES);
    const { order, proposals } = prepare(job);
    const scripted = await model({ judge: [{ json: SAID }] });
    const inputs = access(scripted);
    const run = await job.work("judge", order, { proposals, inputs, started: true });
    expect(run).toMatchObject({ exitCode: 0, outputs: { outcome: "done" } });
    expect(run.proposal).toMatchObject({ worker: "judge", judgement: SAID });
    expect(run.summary).toContain("It matters");
    expect(run.commands).toEqual([`::add-mask::${scripted.apiKey}`]);
  });
});

describe("judge without a model", () => {
  survivesItsModel({ name: "judge", role: "judge", files: FILES, prepare });
});

describe("the door of judge refuses", () =>
  refusesOtherProposals({
    name: "judge",
    of: "run-loop",
    withoutIt: "failed",
    files: FILES,
    prepare,
  }));
