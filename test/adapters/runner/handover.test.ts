import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { fulfilOrder } from "../../../src/adapters/runner/handover.ts";
import { canonicalJson, digestOf } from "../../../src/domain/digest.ts";
import { PROPOSAL_BYTES, Proposal } from "../../../src/domain/proposal.ts";
import { green, type Verify } from "../../control/line.ts";
import { fakeId } from "../../fakes/github.ts";
import { createFakeRunner } from "../../fakes/runner.ts";
import { lineOrder } from "../../workers/orders.ts";

beforeEach(() => vi.stubEnv("RUNNER_TEMP", "/temporary"));
afterEach(() => vi.unstubAllEnvs());

/** What the job of verify leaves behind when its work comes to this. */
async function handedOver(change: (verify: Verify) => void) {
  const order = lineOrder({ base: fakeId("base") });
  const text = canonicalJson(order);
  const inputs = { order: "order.json", "order-digest": digestOf(text) };
  const runner = createFakeRunner({ inputs, files: { "order.json": text } });
  const { verify } = green({ treeWith: () => fakeId("tree") }, order);
  change(verify);
  await fulfilOrder(runner, { worker: "verify", describe: () => "" }, async () => verify);
  const written = runner.files.get("/temporary/millwright/verify.json") ?? "";
  expect(runner.failures).toEqual([]);
  expect(runner.outputs.get("digest")).toBe(digestOf(written));
  expect(Buffer.byteLength(written)).toBeLessThanOrEqual(PROPOSAL_BYTES);
  return { proposal: Proposal.parse(JSON.parse(written)), runner };
}

describe("a proposal that control could not read", () => {
  test("arrives with its evidence summed up", async () => {
    const names = Array.from({ length: 60_000 }, (_, index) => `${"試験".repeat(50)} ${index}`);
    const { proposal, runner } = await handedOver(({ evidence }) => {
      for (const piece of evidence) {
        if (piece.kind === "test-comparison") piece.passToPass = [...names];
        if (piece.kind === "check" && piece.name === "test")
          piece.tests = names.map((name) => ({ name, status: "passed" }));
      }
    });
    expect(proposal.worker).toBe("verify");
    expect(runner.outputs.get("outcome")).toBe("done");
    expect(JSON.stringify(proposal)).toContain("summed up: 60000 tests, 60000 passed, 0 failed");
  });

  test("is refused with its size where nothing more can be summed up", async () => {
    const { proposal, runner } = await handedOver(({ evidence }) => {
      for (const piece of evidence)
        if (piece.kind === "criterion") piece.criterion = "x".repeat(PROPOSAL_BYTES);
    });
    expect(proposal).toMatchObject({
      worker: "failed",
      of: "verify",
      refusal: { code: "limit-exceeded", subject: "the proposal of verify" },
    });
    expect(runner.outputs.get("outcome")).toBe("failed");
  });
});
