import { describe, expect, test } from "vitest";
import { digestOfOrder } from "../../../src/domain/order.ts";
import { contractOf, intakeOrder } from "../../workers/orders.ts";
import { access, useWorkerJobs } from "../worker-job.ts";

const FILES = { "src/zones.ts": "export const zones = {};\n", "AGENTS.md": "Keep it small.\n" };
const ANSWER = { result: { kind: "contract", contract: contractOf() } };

describe("the bundle of intake-normalize", () => {
  const { checkout, model } = useWorkerJobs();

  test("proposes a contract from git objects alone", async () => {
    const job = checkout(FILES);
    const scripted = await model({
      intake: [
        { calls: [{ tool: "read_file", input: { path: "src/zones.ts" } }] },
        { json: ANSWER },
      ],
    });
    const order = intakeOrder({ base: job.base });
    const run = await job.work("intake-normalize", order, {
      inputs: access(scripted),
      started: true,
    });
    expect(run).toMatchObject({ exitCode: 0, lines: [], outputs: { outcome: "done" } });
    expect(run.proposal).toMatchObject({
      worker: "intake-normalize",
      order: digestOfOrder(order),
      result: { kind: "contract", contract: { goal: contractOf().goal } },
      usage: { requests: 2 },
    });
    expect(run.commands).toEqual([`::add-mask::${scripted.apiKey}`]);
    expect(run.files).toEqual(["handover/order.json", "millwright/intake-normalize.json"]);
    expect(run.summary).toContain("### intake-normalize");
    expect(run.summary).toContain("a contract with 2 criteria");
    expect(scripted.unplayed()).toEqual([]);
  });
});

describe("the door of intake-normalize", () => {
  const { checkout, model } = useWorkerJobs();

  test("asks questions where nobody can say what done means", async () => {
    const job = checkout(FILES);
    const questions = ["Which rate?", "From which day?\n::error::gone"];
    const scripted = await model({
      intake: [{ json: { result: { kind: "questions", questions } } }],
    });
    const order = intakeOrder({ base: job.base });
    const run = await job.work("intake-normalize", order, { inputs: access(scripted) });
    expect(run).toMatchObject({ exitCode: 0, lines: [], outputs: { outcome: "done" } });
    expect(run.proposal).toMatchObject({ result: { kind: "questions" } });
    expect(run.commands).toHaveLength(1);
  });
});
