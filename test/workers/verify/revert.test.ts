import { expect, test } from "vitest";
import type { RevertOrder } from "../../../src/domain/order.ts";
import { runVerify } from "../../../src/workers/verify/run.ts";
import { exited } from "../../fakes/sandbox.ts";
import { brief, play, type World } from "./world.ts";

async function verifyRevert(world: World = {}, base?: string) {
  const { order: line, changeSet, ports, repository } = play(world);
  const { issue, attempt, contract, contractDigest, prior, approvedDependencies, ...common } = line;
  const order: RevertOrder = {
    ...common,
    kind: "revert",
    revert: {
      issue: issue.number,
      attempt,
      pullRequest: 2,
      mergeSha: "9".repeat(40),
      risk: "medium",
      changeSet: { ...changeSet, base: base ?? changeSet.base },
      seen: [],
    },
  };
  return { proposal: await runVerify(order, {}, ports), order, repository };
}

test("checks the tree that is left, once, and nothing else where all is well", async () => {
  const { proposal, order, repository } = await verifyRevert();
  const tree = await repository.treeWith(order.revert.changeSet);
  expect(proposal).toMatchObject({ worker: "verify", subject: { base: order.base, tree } });
  expect("evidence" in proposal && brief(proposal.evidence)).toEqual([
    "setup on change: passed",
    "lint on change: passed",
    "test on change: passed",
  ]);
});

test("asks the base about what fails, so that an old failure is told from a new one", async () => {
  const { proposal } = await verifyRevert({
    run: ({ command }) => (command === "npm run lint" ? exited(1, "bad style") : undefined),
  });
  expect("evidence" in proposal && brief(proposal.evidence)).toEqual([
    "setup on change: passed",
    "lint on change: failed",
    "test on change: passed",
    "setup on base: passed",
    "lint on base: failed",
  ]);
});

test("takes no change that was made on another base", async () => {
  const { proposal } = await verifyRevert({}, "8".repeat(40));
  expect(proposal).toMatchObject({ worker: "failed", refusal: { code: "change-set-invalid" } });
});
