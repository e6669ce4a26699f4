import { expect, test } from "vitest";
import {
  mistakesOfGate,
  mistakesOfRefusals,
} from "../../../../src/control/tasks/attempt/mistakes.ts";
import type { Refusal } from "../../../../src/domain/refusal.ts";
import { greenGate } from "../../gate/green-gate.ts";

const refused = (code: Refusal["code"], subject = "anything"): Refusal => ({ code, subject });

test("a check that ran is named, whatever it is called", async () => {
  const gate = await greenGate();
  const check = gate.verify.evidence.find(({ kind }) => kind === "check");
  if (check?.kind !== "check") throw new Error("expected a check");
  expect(mistakesOfGate(gate, [refused("check-failed", check.name)])).toEqual([
    { cause: "check-red", place: { kind: "check", name: check.name } },
  ]);
});

test("tests that turned are named each, and none where nothing turned", async () => {
  const gate = await greenGate();
  const evidence = gate.verify.evidence.map((piece) =>
    piece.kind === "test-comparison" ? { ...piece, passToFail: ["a"], gone: ["b"] } : piece,
  );
  const turned = { ...gate, verify: { ...gate.verify, evidence } };
  const refusal = refused("check-failed", "2 tests that passed before");
  expect(mistakesOfGate(turned, [refusal])).toEqual([
    { cause: "test-red", place: { kind: "test", name: "a" } },
    { cause: "test-red", place: { kind: "test", name: "b" } },
  ]);
  expect(mistakesOfGate(gate, [refusal])).toEqual([{ cause: "check-red" }]);
});

test("of a review the paths of what is more than minor, and none that looks like a secret", async () => {
  const gate = await greenGate();
  const finding = { line: 1, claim: "Wrong.", howItFails: "Always." };
  const findings = [
    { ...finding, severity: "major", path: "src/greet.ts" },
    { ...finding, severity: "minor", path: "src/other.ts" },
    { ...finding, severity: "blocker", path: `src/ghp_${"a1B2c3D4".repeat(5).slice(0, 36)}.ts` },
  ] as const;
  const verdict = { ...gate.review.verdict, findings: [...findings] };
  const reviewed = { ...gate, review: { ...gate.review, verdict } };
  expect(mistakesOfGate(reviewed, [refused("review-rework")])).toEqual([
    { cause: "review-finding", place: { kind: "path", name: "src/greet.ts" } },
    { cause: "review-finding" },
  ]);
});

test("without proposals the codes tell, and what is nobody's mistake tells nothing", () => {
  expect(mistakesOfRefusals([refused("nothing-produced"), refused("andon-raised")])).toEqual([
    { cause: "nothing-produced" },
  ]);
});
