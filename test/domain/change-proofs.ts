import {
  type ChangeProof,
  outcomeOf,
  type PullRequestProof,
  TEST_LISTS,
  type TestList,
} from "../../src/domain/evidence/change-proof.ts";

/** A comparison in which these lists hold these names, and all others none. */
export function testsWith(
  lists: Partial<Record<TestList, readonly string[]>>,
  source: "per-test" | "exit-code" = "per-test",
): NonNullable<ChangeProof["tests"]> {
  const entries = TEST_LISTS.map((list) => {
    const names = lists[list] ?? [];
    return [list, { total: names.length, names: [...names] }];
  });
  return { source, lists: Object.fromEntries(entries) };
}

/** A change that one test proves, or another one; its outcome is what the rule says of it. */
export function changeProof(change: Partial<ChangeProof> = {}): ChangeProof {
  const proof: Omit<ChangeProof, "outcome"> = {
    version: 1,
    base: "a".repeat(40),
    head: "b".repeat(40),
    changed: { files: 2, lines: 12 },
    checks: [{ name: "test", on: "change", status: "passed", counts: true, durationMs: 900 }],
    tests: testsWith({ failToPass: ["greets"], passToPass: ["parts"] }),
    noticed: null,
    ratchet: { findings: [], more: 0 },
    durationMs: 3_000,
    ...change,
  };
  return { outcome: outcomeOf(proof), ...proof };
}

export function pullRequestProof(
  change: Partial<ChangeProof> = {},
  of: Partial<PullRequestProof> = {},
): PullRequestProof {
  return {
    version: 1,
    repository: "OWNER/greeter",
    pullRequest: 1,
    proof: changeProof(change),
    ...of,
  };
}
