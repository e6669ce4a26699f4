import { expect, test } from "vitest";
import {
  ChangeProof,
  notMeasured,
  outcomeOf,
  type ProofOutcome,
  type TestList,
} from "../../../src/domain/evidence/change-proof.ts";
import type { Refusal } from "../../../src/domain/refusal.ts";
import { changeProof, testsWith } from "../change-proofs.ts";

const REFUSAL: Refusal = { code: "gave-up", subject: "the tests" };
const one = (list: TestList) => testsWith({ failToPass: ["greets"], [list]: ["greets"] });

test.each<readonly [string, Parameters<typeof outcomeOf>[0], ProofOutcome]>([
  ["a test fails without it", { checks: [], tests: testsWith({ failToPass: ["a"] }) }, "proven"],
  ["no test fails without it", { checks: [], tests: testsWith({ passToPass: ["a"] }) }, "unproven"],
  [
    "exit codes name no test",
    { checks: [], tests: testsWith({ failToPass: ["a"] }, "exit-code") },
    "unproven",
  ],
  ["no tests were compared", { checks: [], tests: null }, "not-measured"],
  [
    "something was refused",
    { checks: [], tests: one("failToPass"), refusal: REFUSAL },
    "not-measured",
  ],
  ["a test fails that passed", { checks: [], tests: one("passToFail") }, "broken"],
  ["a new test fails", { checks: [], tests: one("newFailing") }, "broken"],
  ["a test is gone", { checks: [], tests: one("gone") }, "broken"],
  [
    "a test was removed, altered, flaky or unstable",
    {
      checks: [],
      tests: testsWith({
        failToPass: ["a"],
        removed: ["b"],
        altered: ["c"],
        flaky: ["d"],
        unstable: ["e"],
        failToFail: ["f"],
      }),
    },
    "proven",
  ],
  [
    "a check fails",
    { checks: [{ counts: true }, { counts: false }], tests: one("failToPass") },
    "broken",
  ],
  [
    "checks count, or nobody says so",
    { checks: [{ counts: true }, {}], tests: one("failToPass") },
    "proven",
  ],
])("where %s", (_, proof, outcome) => {
  expect(outcomeOf(proof)).toBe(outcome);
});

test("a change that could not be measured has a proof that says so, and that can be read back", () => {
  const change = { base: "a".repeat(40), head: "b".repeat(40) };
  const proof = notMeasured(change, REFUSAL);
  expect(proof).toEqual({
    ...{ version: 1, ...change, outcome: "not-measured", refusal: REFUSAL, durationMs: 0 },
    ...{ changed: { files: 0, lines: 0 }, checks: [], tests: null, noticed: null },
    ratchet: { findings: [], more: 0 },
  });
  for (const each of [proof, changeProof()]) expect(ChangeProof.parse(each)).toEqual(each);
});
