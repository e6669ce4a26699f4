import { describe, expect, test } from "vitest";
import type { Contract } from "../../../src/domain/contract.ts";
import { digestOfOrder, type IntakeOrder } from "../../../src/domain/order.ts";
import { FailedProposal, IntakeProposal } from "../../../src/domain/proposal.ts";
import { runIntake } from "../../../src/workers/intake-normalize/run.ts";
import { createFakeClock } from "../../fakes/clock.ts";
import { type FakeTask, fakeModel } from "../../fakes/model.ts";
import { createFakeRepository, type FakeFile } from "../../fakes/repository.ts";
import { contractOf, intakeOrder } from "../orders.ts";

const FILES: Readonly<Record<string, FakeFile>> = {
  "AGENTS.md": "# Rules\n",
  "src/zones.ts": "export const ZONES = {};\n",
  "vendor/maps": { mode: "160000", content: "" },
};
const VAGUE = contractOf({
  acceptance: [{ id: "AC1", statement: "Shipping to Norway works well", kind: "changes" }],
});
const INVALID = contractOf({ checks: ["e2e"] });

function answerWith(contract: Contract): unknown {
  return { result: { kind: "contract", contract } };
}

async function intake(tasks: readonly FakeTask[], changes: Partial<IntakeOrder> = {}) {
  const repository = createFakeRepository();
  const order = intakeOrder({ base: repository.commit(FILES), ...changes });
  const model = fakeModel(tasks);
  const proposal = await runIntake(order, { model, repository, clock: createFakeClock() });
  const schema = proposal.worker === "failed" ? FailedProposal : IntakeProposal;
  expect(schema.safeParse(proposal).error).toBeUndefined();
  expect(model.unplayed()).toEqual([]);
  return { order, model, proposal };
}

describe("an intake", () => {
  test("returns a contract for this order, with what it cost", async () => {
    const { proposal, order, model } = await intake([
      {
        role: "intake",
        calls: [{ tool: "read_file", input: { path: "src/zones.ts" } }],
        answer: answerWith(contractOf()),
      },
    ]);
    expect(proposal).toMatchObject({
      worker: "intake-normalize",
      order: digestOfOrder(order),
      result: { kind: "contract", contract: contractOf() },
      usage: { requests: 2, inputTokens: 200 },
    });
    expect(model.results[0]).toContain("ZONES");
    expect(model.tasks[0]?.prompt).toContain("shipping to norway is wrong");
    expect(model.tasks[0]?.prompt).toContain("lint, test");
  });

  test("returns at most three questions, normalised", async () => {
    const questions = ["Which  zone?\n", "\u200B", "Which  zone?"];
    const { proposal } = await intake([
      { role: "intake", answer: { result: { kind: "questions", questions } } },
    ]);
    expect(proposal).toMatchObject({ result: { kind: "questions", questions: ["Which zone?"] } });
  });

  test("names context that is not in the base as not found", async () => {
    const contract = contractOf({
      context: { ...contractOf().context, files: ["src/zones.ts", "src/rates.ts", "vendor/maps"] },
    });
    const { proposal } = await intake([{ role: "intake", answer: answerWith(contract) }]);
    expect(proposal).toMatchObject({
      result: {
        contract: {
          context: { files: ["src/zones.ts"], notFound: ["src/rates.ts", "vendor/maps"] },
        },
      },
    });
  });

  test("gives a refused contract back once, with the reasons and the contract as data", async () => {
    const { proposal, model } = await intake([
      { role: "intake", answer: answerWith(INVALID) },
      { role: "intake", answer: answerWith(contractOf()) },
    ]);
    expect(proposal).toMatchObject({ result: { kind: "contract" }, usage: { requests: 2 } });
    const prompt = model.tasks[1]?.prompt ?? "";
    expect(prompt).toContain(String.raw`checks: the config has no check \"e2e\"`);
    expect(prompt).toMatch(/<DATA-[0-9a-f]+>\nkind: "your earlier contract"/);
    expect(model.tasks[0]?.prompt).not.toContain("refused");
  });

  test("lets the second round ask instead", async () => {
    const { proposal } = await intake([
      { role: "intake", answer: answerWith(INVALID) },
      { role: "intake", answer: { result: { kind: "questions", questions: ["Which zone?"] } } },
    ]);
    expect(proposal).toMatchObject({ result: { kind: "questions" } });
  });
});

describe("a contract that is only doubted", () => {
  const taken = { result: { kind: "contract", contract: VAGUE } };

  test("goes back once, and the new one stands", async () => {
    const { proposal, model } = await intake([
      { role: "intake", answer: answerWith(VAGUE) },
      { role: "intake", answer: answerWith(contractOf()) },
    ]);
    expect(proposal).toMatchObject({ result: { contract: contractOf() }, usage: { requests: 2 } });
    expect(model.tasks[1]?.prompt).toContain(String.raw`AC1: \"works well\" has no measure`);
  });

  test.each<readonly [string, readonly FakeTask[], Partial<IntakeOrder>]>([
    ["its author keeps the words", [{ role: "intake", answer: answerWith(VAGUE) }], {}],
    ["the new one cannot stand", [{ role: "intake", answer: answerWith(INVALID) }], {}],
    [
      "the model fails",
      [
        {
          role: "intake",
          refusal: { code: "model-failed", subject: "model endpoint overloaded" },
        },
      ],
      {},
    ],
  ])("stands where %s", async (_, second, changes) => {
    const first = { role: "intake", answer: answerWith(VAGUE) } as const;
    expect((await intake([first, ...second], changes)).proposal).toMatchObject(taken);
  });
});

describe("an intake fails with a reason", () => {
  const refusal = { code: "model-failed", subject: "model endpoint overloaded" } as const;

  test.each<readonly [string, readonly FakeTask[], Partial<IntakeOrder>, string, number]>([
    ["when the model fails", [{ role: "intake", refusal }], {}, "model-failed", 1],
    [
      "when the model fails in the second round",
      [
        { role: "intake", answer: answerWith(INVALID) },
        { role: "intake", refusal },
      ],
      {},
      "model-failed",
      2,
    ],
    [
      "when the contract is refused twice",
      [
        { role: "intake", answer: answerWith(INVALID) },
        { role: "intake", answer: answerWith(INVALID) },
      ],
      {},
      "contract-invalid",
      2,
    ],
    [
      "when nothing visible is asked",
      [{ role: "intake", answer: { result: { kind: "questions", questions: ["\u200B"] } } }],
      {},
      "nothing-produced",
      1,
    ],
    [
      "when the budget ends before the second round",
      [
        { role: "intake", answer: answerWith(INVALID) },
        { role: "intake", answer: answerWith(contractOf()) },
      ],
      { budget: { tokens: 1_000_000, usd: 5, turns: 1, wallClockMs: 1_000 } },
      "budget-exhausted",
      1,
    ],
    ["when the base is not there", [], { base: "f".repeat(40) }, "worker-failed", 0],
  ])("%s", async (_name, tasks, changes, code, requests) => {
    const { proposal } = await intake(tasks, changes);
    expect(proposal).toMatchObject({
      worker: "failed",
      of: "intake-normalize",
      refusal: { code },
      usage: { requests },
    });
  });

  test("says what a person writes next when done cannot be stated", async () => {
    const { proposal } = await intake([
      { role: "intake", answer: answerWith(INVALID) },
      { role: "intake", answer: answerWith(INVALID) },
    ]);
    expect(proposal).toMatchObject({
      refusal: {
        subject: "checks",
        found: 'checks: the config has no check "e2e"',
        accepted: '"lint", "test"',
        hint: "say-what-done-means",
      },
    });
  });

  test("names everything that is wrong with a contract that normalising makes too long", async () => {
    // In NFC, each of these is two.
    const nonGoals = ["\u0958".repeat(300)];
    const answer = answerWith(contractOf({ nonGoals, checks: ["e2e"] }));
    const { proposal } = await intake([
      { role: "intake", answer },
      { role: "intake", answer },
    ]);
    expect(proposal).toMatchObject({
      refusal: {
        subject: "nonGoals.0",
        found: expect.stringMatching(/^nonGoals\.0: .*; checks: the config has no check "e2e"$/),
        accepted: "what the schema of a contract says",
      },
    });
  });

  test("says what it asked for when nothing visible is asked", async () => {
    const { proposal } = await intake([
      { role: "intake", answer: { result: { kind: "questions", questions: ["\u200B"] } } },
    ]);
    expect(proposal).toMatchObject({
      refusal: { code: "nothing-produced", subject: "intake", accepted: expect.any(String) },
    });
  });
});
