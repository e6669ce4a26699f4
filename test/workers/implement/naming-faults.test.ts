import { describe, expect, test } from "vitest";
import type { CoderAnswer } from "../../../src/agent/roles/coder/answer.ts";
import type { CriterionKind } from "../../../src/domain/contract.ts";
import type { BaseFindings } from "../../../src/workers/implement/base-checks.ts";
import { idsOnBase, listIds, namingFaults } from "../../../src/workers/implement/naming-faults.ts";
import { contractOf } from "../orders.ts";

const BASE = [
  {
    name: "test",
    record: { run: { tests: [{ name: "a > old" }, { name: "a > out" }] } },
  },
] as unknown as BaseFindings;
const NOW = ["a > old", "a > new"];

type Proof = NonNullable<CoderAnswer["proofs"]>[number];
function faults(
  kind: CriterionKind,
  proof: Partial<Proof> | undefined,
  tests: readonly string[] | null = NOW,
) {
  const acceptance = [{ id: "AC1", statement: "It is so", kind }];
  const named = { criterion: "AC1", tests: [], symbols: [], checks: [], ...proof };
  const proofs = proof === undefined ? [] : [named];
  const outcome = { name: "test", status: "passed", said: "", lines: "" } as const;
  const outcomes = [tests === null ? outcome : { ...outcome, tests }];
  return namingFaults(contractOf({ acceptance }), proofs, { outcomes, base: BASE });
}

const FRESH = "ids that the report has now and had not on the base: \na > new";

describe("what a coder named", () => {
  test.each<readonly [CriterionKind, Partial<Proof>]>([
    ["changes", { tests: ["a > new"] }],
    ["changes", { tests: ["new", "a > new"] }],
    ["keeps", { tests: ["a > old"] }],
    ["gone", { tests: ["a > out"] }],
    ["gone", { symbols: ["part"] }],
    ["gone", { tests: ["a > out"], symbols: ["part"] }],
    ["command", { tests: ["made up"], checks: ["lint"] }],
    ["command", { checks: ["lint"] }],
    ["judgement", {}],
  ])("for %s is taken: %j", (kind, proof) => {
    expect(faults(kind, proof)).toEqual([]);
  });

  test.each<readonly [CriterionKind, Partial<Proof> | undefined, string]>([
    ["changes", undefined, "AC1 (changes): no test is named for it in `proofs`"],
    ["keeps", { checks: ["lint"] }, "AC1 (keeps): no test is named for it in `proofs`"],
    ["keeps", { symbols: ["part"] }, "AC1 (keeps): no test is named for it in `proofs`"],
    ["gone", {}, "AC1 (gone): nothing that is gone is named for it in `proofs`"],
    ["command", { tests: ["a > new"] }, "AC1 (command): no check is named for it in `proofs`"],
    [
      "changes",
      { tests: ["new"] },
      'AC1 (changes): the test "new" is not in the report of the last run',
    ],
    [
      "keeps",
      { tests: ["a > old", "old"] },
      'AC1 (keeps): the test "old" is not in the report of the last run',
    ],
    ["gone", { tests: ["a > old"] }, 'AC1 (gone): the test "a > old" is still in the report'],
  ])("for %s comes back: %j", (kind, proof, fault) => {
    expect(faults(kind, proof)).toEqual([fault, FRESH]);
  });

  test("is judged criterion by criterion", () => {
    const acceptance = ["AC1", "AC2"].map((id) => ({
      id,
      statement: "It is so",
      kind: "keeps" as const,
    }));
    const proofs = [{ criterion: "AC1", tests: ["a > old"], symbols: [], checks: [] }];
    const outcomes = [{ name: "test", status: "passed", said: "", lines: "", tests: NOW } as const];
    expect(
      namingFaults(contractOf({ acceptance }), proofs, { outcomes, base: BASE }),
    ).toStrictEqual(["AC2 (keeps): no test is named for it in `proofs`", FRESH]);
  });

  test("is taken on trust where no report was read: verify reads one", () => {
    expect(faults("changes", { tests: ["made up"] }, null)).toEqual([]);
    expect(namingFaults(contractOf(), undefined, { outcomes: [], base: BASE })).toEqual([]);
  });
});

test("ids are listed up to a bound", () => {
  expect(idsOnBase(BASE)).toEqual(["a > old", "a > out"]);
  expect(listIds([])).toBe("none");
  const many = Array.from({ length: 50 }, (_, index) => `t${index}`);
  expect(listIds(many)).toBe(["", ...many.slice(0, 40), "… 10 more"].join("\n"));
  expect(listIds(many.slice(0, 40))).toBe(["", ...many.slice(0, 40)].join("\n"));
});
