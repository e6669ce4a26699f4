import { describe, expect, test } from "vitest";
import { digestOfContract } from "../../../../src/domain/contract.ts";
import type { RedCheck } from "../../../../src/domain/github/unblock.ts";
import { lineOrderOf, planOf } from "../../../../src/workers/implement/unblock/brief.ts";
import { unblockOrder } from "../../orders.ts";

const NAMES = { base: "base 1", parted: "parted 2", head: "head 3" };
const MERGED = {
  mergeBase: "a".repeat(40),
  changeSet: { base: "a".repeat(40), files: [] },
  names: NAMES,
};

describe("the order of the coder for a pull request", () => {
  test("is one line order whose contract asks for both sides and nothing more", () => {
    const asked = unblockOrder();
    const { unblock: _, ...common } = asked;
    const order = lineOrderOf(asked);
    const { contract, contractDigest, ...rest } = order;
    expect(rest).toEqual({
      ...common,
      kind: "line",
      attempt: 1,
      prior: [],
      approvedDependencies: [],
    });
    expect(contractDigest).toBe(digestOfContract(contract));
    expect(contract.goal).toBe(
      "Pull request 12 merges into main without a conflict, and the checks pass",
    );
    expect(contract.acceptance.map(({ id, kind }) => [id, kind])).toEqual([
      ["AC1", "judgement"],
      ["AC2", "judgement"],
    ]);
    for (const { statement } of contract.acceptance) expect(statement).not.toBe("");
  });

  test.each<[RedCheck["cause"], boolean]>([
    ["change", true],
    ["test", true],
    ["unknown", true],
    ["base", false],
    ["flaky", false],
    ["infrastructure", false],
  ])("a red check whose cause is %s is told: %s", (cause, isTold) => {
    const red = [{ name: "ci", cause, lines: ["line 1", "line 2"] }];
    const { prior } = lineOrderOf(unblockOrder({}, { red }));
    expect(prior).toEqual(
      isTold
        ? [
            {
              attempt: 1,
              outcome: "checks of the repository are red on the pull request",
              findings: [`ci (${cause})\nline 1\nline 2`],
            },
          ]
        : [],
    );
  });

  test("a long finding is cut", () => {
    const lines = Array.from({ length: 20 }, () => "x".repeat(300));
    const red: RedCheck[] = [{ name: "ci", cause: "test", lines }];
    const [prior] = lineOrderOf(unblockOrder({}, { red })).prior;
    expect(prior?.findings[0]).toHaveLength(1_000);
  });
});

describe("the plan of a merge", () => {
  test("without a conflict says that the checks are what is left", () => {
    expect(planOf({ ...MERGED, conflicts: [] })).toEqual({
      steps: ["Both sides are merged already, without a conflict: mend what the checks say"],
      files: [],
      risks: [],
    });
  });

  test("names each conflict by its kind", () => {
    const plan = planOf({
      ...MERGED,
      conflicts: [
        { path: "a.ts", kind: "text" },
        { path: "b.ts", kind: "gone-on-head" },
        { path: "c.ts", kind: "gone-on-base" },
      ],
    });
    expect(plan.files).toEqual(["a.ts", "b.ts", "c.ts"]);
    expect(plan.steps).toEqual([
      expect.stringMatching(/a\.ts.*"base 1" and "head 3"/),
      expect.stringMatching(/pull request takes b\.ts out.*stands as on the base$/),
      expect.stringMatching(/base takes c\.ts out.*stands as on the pull request$/),
    ]);
  });

  test.each([
    [19, 19, undefined],
    [20, 20, "Resolve 1 more files in which the same marks stand"],
    [60, 20, "Resolve 41 more files in which the same marks stand"],
  ])("%i conflicts are %i steps", (count, steps, last) => {
    const conflicts = Array.from({ length: count }, (_none, index) => ({
      path: `${index}.ts`,
      kind: "text" as const,
    }));
    const plan = planOf({ ...MERGED, conflicts });
    expect(plan.steps).toHaveLength(steps);
    expect(plan.steps[19]).toBe(last);
    expect(plan.files).toEqual(conflicts.slice(0, 50).map(({ path }) => path));
  });

  test("cuts a path that is longer than the bounds of a plan", () => {
    const path = "d/".repeat(400);
    const plan = planOf({ ...MERGED, conflicts: [{ path, kind: "text" }] });
    expect([plan.steps[0]?.length, plan.files[0]?.length]).toEqual([500, 300]);
  });
});
