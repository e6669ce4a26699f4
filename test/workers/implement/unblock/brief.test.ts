import { describe, expect, test } from "vitest";
import { digestOfContract, emptyContract } from "../../../../src/domain/contract.ts";
import type { RedCheck } from "../../../../src/domain/github/unblock.ts";
import type { UnblockOrder } from "../../../../src/domain/order.ts";
import { lineOrderOf, planOf } from "../../../../src/workers/implement/unblock/brief.ts";
import type { Conflict, Merged } from "../../../../src/workers/proof/two-sides/merge.ts";
import { lineOrder } from "../../orders.ts";

const HEAD = "d".repeat(40);

function orderWith(red: readonly RedCheck[]): UnblockOrder {
  const { attempt, contract, contractDigest, prior, approvedDependencies, ...common } = lineOrder();
  const unblock = { pullRequest: 9, head: HEAD, branch: "fix", onto: "suggestion", red: [...red] };
  return { ...common, kind: "unblock", unblock } as UnblockOrder;
}

const red = (name: string, cause: RedCheck["cause"], lines: readonly string[] = []): RedCheck => ({
  ...{ name, cause, lines: [...lines] },
});

describe("the order of whoever mends a pull request", () => {
  const order = orderWith([]);
  const { unblock: _, ...common } = order;
  const contract = {
    ...emptyContract(),
    goal: "Pull request 9 merges into main without a conflict, and the checks pass",
    acceptance: [
      {
        id: "AC1",
        statement: expect.stringContaining("no test of either side is changed"),
        kind: "judgement",
      },
      {
        id: "AC2",
        statement: expect.stringContaining("Nothing is changed beyond"),
        kind: "judgement",
      },
    ],
  };

  test("follows from what keeps it from its merge, and from nobody's words", () => {
    const made = lineOrderOf(order);
    expect(made).toEqual({
      ...common,
      ...{ kind: "line", attempt: 1, contract, prior: [], approvedDependencies: [] },
      contractDigest: digestOfContract(made.contract),
    });
  });

  test("tells what is red because of it, and nothing that is red anyway", () => {
    const checks = [
      red("lint", "change", ["a.ts:1 wrong", "a.ts:2 wrong"]),
      red("old", "base"),
      red("test", "test"),
      red("odd", "flaky"),
      red("ci", "unknown"),
    ];
    expect(lineOrderOf(orderWith(checks)).prior).toEqual([
      {
        attempt: 1,
        outcome: "checks of the repository are red on the pull request",
        findings: ["lint (change)\na.ts:1 wrong\na.ts:2 wrong", "test (test)", "ci (unknown)"],
      },
    ]);
  });

  test("tells of twenty checks at most, a thousand characters of each", () => {
    const long = red(
      "x".repeat(200),
      "change",
      Array.from({ length: 20 }, () => "y".repeat(300)),
    );
    const [prior] = lineOrderOf(orderWith(Array.from({ length: 25 }, () => long))).prior;
    expect(prior?.findings).toHaveLength(20);
    for (const finding of prior?.findings ?? []) expect(finding.length).toBeLessThanOrEqual(1_000);
  });
});

describe("the plan of a merge", () => {
  const names = { base: "main", head: "fix" };
  const merged = (...conflicts: readonly Pick<Conflict, "path" | "kind">[]) =>
    planOf({ names, conflicts, changeSet: { base: HEAD, files: [] } } as unknown as Merged);
  const text = (path: string) => ({ path, kind: "text" }) as const;

  test("without a conflict is what the checks say", () => {
    expect(merged()).toEqual({
      steps: ["Both sides are merged already, without a conflict: mend what the checks say"],
      files: [],
      risks: [],
    });
  });

  test("is a step for each file, by what its conflict is", () => {
    const plan = merged(
      text("src/a.ts"),
      { path: "src/b.ts", kind: "gone-on-head" },
      { path: "src/c.ts", kind: "gone-on-base" },
    );
    expect(plan).toEqual({
      steps: [
        expect.stringMatching(/^Resolve the conflict in src\/a\.ts: .*"main" and "fix"/),
        expect.stringMatching(/^The pull request takes src\/b\.ts out/),
        expect.stringMatching(/^The base takes src\/c\.ts out/),
      ],
      files: ["src/a.ts", "src/b.ts", "src/c.ts"],
      risks: [],
    });
  });

  test.each([
    [19, 19, undefined],
    [20, 20, "Resolve 1 more files in which the same marks stand"],
    [60, 20, "Resolve 41 more files in which the same marks stand"],
  ])("of %i conflicts has %i steps", (conflicts, steps, last) => {
    const plan = merged(...Array.from({ length: conflicts }, (_, at) => text(`src/${at}.ts`)));
    expect(plan.steps).toHaveLength(steps);
    if (last !== undefined) expect(plan.steps.at(-1)).toBe(last);
    expect(plan.files).toHaveLength(Math.min(conflicts, 50));
  });

  test("cuts what is long", () => {
    const { steps, files } = merged(text(`src/${"x".repeat(900)}.ts`));
    expect([steps[0]?.length, files[0]?.length].every((length) => (length ?? 999) <= 500)).toBe(
      true,
    );
    expect(files[0]?.length).toBeLessThanOrEqual(300);
  });
});
