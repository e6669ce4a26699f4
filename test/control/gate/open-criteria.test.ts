import { describe, expect, test } from "vitest";
import { weigh } from "../../../src/control/gate/gate.ts";
import { authorityOver } from "../../../src/control/gate/merge-authority.ts";
import type { Gate } from "../../../src/control/gate/rule.ts";
import type { Reason } from "../../../src/domain/evidence/proof.ts";
import { sayDoubt } from "../../../src/wording/checks/gate-sentences.ts";
import type { Spoilable } from "../spoilt.ts";
import { greenGate } from "./green-gate.ts";

const FULL_TRUST = "checks: { test: npm test }\ntrust: { default: full-factory }\n";

/** A gate at which only the first criterion is open, of which the coder named tests. */
async function openGate(...reasons: readonly Reason[]): Promise<Spoilable<Gate>> {
  const gate = await greenGate(FULL_TRUST);
  gate.implement.namings = [{ criterion: "AC1", tests: ["greets"], symbols: [], checks: [] }];
  for (const piece of gate.verify.evidence)
    if (piece.kind === "criterion" && piece.criterion === "AC1")
      Object.assign(piece, { status: "unproven", reasons });
  return gate;
}

const PASSES: Reason = { code: "passes-on-base", about: "greets" };
const sentBack = (finding: string) => [{ attempt: 1, outcome: "sent back", findings: [finding] }];

function saidOf(gate: Spoilable<Gate>) {
  const { refusals } = weigh(gate);
  const { by, doubts } = authorityOver(gate);
  return {
    refused: refusals.map(({ code }) => code),
    by,
    asked: doubts.map((one) => sayDoubt(one).sentence),
  };
}

const ASKED = ["Not proven: AC1: greets passes on the base too."];

describe("a criterion that nothing proves", () => {
  test("goes back once, with what is missing", async () => {
    const gate = await openGate(PASSES, { code: "skipped", about: "greets nobody" });
    expect(weigh(gate).refusals).toEqual([
      {
        code: "criterion-unproven",
        subject: "AC1",
        found: "AC1: greets passes on the base too, greets nobody is skipped",
      },
    ]);
  });

  test("goes back also after an attempt that was sent back for something else", async () => {
    const gate = await openGate(PASSES);
    gate.order.prior = sentBack("check-failed: lint (it failed)");
    expect(saidOf(gate).refused).toEqual(["criterion-unproven"]);
  });

  test.each<readonly [string, (gate: Spoilable<Gate>) => void]>([
    [
      "when it went back before",
      (gate) => {
        gate.order.prior = sentBack("criterion-unproven: AC1 (AC1: no test names it)");
      },
    ],
    [
      "at the last attempt",
      (gate) => {
        gate.order.attempt = gate.order.config.limits.attempts;
      },
    ],
    [
      "when the coder names nothing at all",
      (gate) => {
        delete gate.implement.namings;
      },
    ],
  ])("is asked of a person %s", async (_when, spoil) => {
    const gate = await openGate(PASSES);
    spoil(gate);
    expect(saidOf(gate)).toEqual({ refused: [], by: "person", asked: ASKED });
  });

  test.each<Reason["code"]>(["never-seen-failing", "kind-not-said", "no-report", "not-repeated"])(
    "is asked of a person where no attempt could mend it: %s",
    async (code) => {
      const { refused, by } = saidOf(
        await openGate(code === "never-seen-failing" ? { code, about: "greets" } : { code }),
      );
      expect({ refused, by }).toEqual({ refused: [], by: "person" });
    },
  );

  test("is never passed over where verify left it out", async () => {
    const gate = await openGate(PASSES);
    delete gate.implement.namings;
    gate.verify.evidence = gate.verify.evidence.filter(({ kind }) => kind !== "criterion");
    expect(weigh(gate).refusals).toMatchObject([
      { code: "criterion-unproven", subject: "AC1, AC2" },
    ]);
  });
});

test("a yes without a line that shows it is asked of a person", async () => {
  const gate = await greenGate(FULL_TRUST);
  expect(authorityOver(gate).by).toBe("factory");
  for (const judged of gate.review.verdict.criteria) judged.quotes = [];
  expect(saidOf(gate)).toEqual({
    refused: [],
    by: "person",
    asked: ["Proven by tests, but the reviewer shows no line that asserts it: AC1."],
  });
});
