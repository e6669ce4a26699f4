import { expect, test } from "vitest";
import type { Gate } from "../../../../src/control/gate/rule.ts";
import { aboutTests } from "../../../../src/control/tasks/attempt/about-tests.ts";
import { greenGate } from "../../gate/green-gate.ts";
import type { Spoilable } from "../../spoilt.ts";

type Spoil = (gate: Spoilable<Gate>) => void;

const FINDING = {
  severity: "major",
  path: "src/quote.ts",
  line: 3,
  claim: "drops a comma",
  howItFails: "2,5 is 2",
} as const;

function answer(gate: Spoilable<Gate>, word: "partly" | "no"): void {
  const [first] = gate.review.verdict.criteria;
  if (first !== undefined) Object.assign(first, { answer: word, evidence: "no line asserts 400" });
}

function written(gate: Spoilable<Gate>): NonNullable<Spoilable<Gate>["implement"]["tests"]> {
  const tests = {
    criteria: [],
    files: ["test/quote.test.ts"],
    corrections: [],
    takenBack: [],
    shares: [],
  };
  gate.implement.tests = tests;
  return tests;
}

test.each<readonly [string, Spoil, readonly string[]]>([
  ["nothing where all is well", () => undefined, []],
  [
    "why a criterion is unproven",
    (gate) => {
      for (const piece of gate.verify.evidence) {
        if (piece.kind === "criterion" && piece.criterion === "AC1") {
          Object.assign(piece, { status: "unproven", reasons: [{ code: "no-test-named" }] });
        }
      }
    },
    ["unproven: AC1: no test names it"],
  ],
  [
    "what the reviewer says of the tests of a criterion",
    (gate) => answer(gate, "partly"),
    ["AC1: does a test assert it? partly: no line asserts 400"],
  ],
  [
    "what the reviewer found in a file that the tester wrote, and nowhere else",
    (gate) => {
      written(gate);
      gate.review.verdict.findings = [
        FINDING,
        { ...FINDING, path: "test/quote.test.ts", claim: "asserts a status", howItFails: "any" },
      ];
    },
    ["test/quote.test.ts:3 asserts a status any"],
  ],
  [
    "what came of an asked correction, without the coder's reason",
    (gate) => {
      written(gate).corrections = [
        {
          test: "asks for Norway",
          reason: "my quote() takes a Parcel",
          decision: "kept",
          because: "the contract names a country",
        },
      ];
    },
    ["asks for Norway: kept when asked: the contract names a country"],
  ],
  [
    "nothing of a criterion that no test shows",
    (gate) => {
      for (const criterion of gate.order.contract.acceptance) criterion.kind = "judgement";
      answer(gate, "no");
    },
    [],
  ],
])("a tester is told %s", async (_title, spoil, expected) => {
  const gate = await greenGate();
  spoil(gate);
  expect(aboutTests(gate)).toEqual(expected);
});
