import { expect, test } from "vitest";
import { beatOver } from "../../../src/cli/bench/decide-speed.ts";
import { decide } from "../../../src/control/loop/decide.ts";

test("the heartbeat of the bench rings for the most urgent that wait, and for as many as there are places", () => {
  const decision = decide(beatOver(60));
  if ("wants" in decision) throw new Error("it reads no files");
  const rung = decision.effects.map(
    (effect) => effect.kind === "dispatch-workflow" && effect.inputs.issue,
  );
  // Of those with the highest priority that are no gating ones: every sixth.
  expect(rung).toEqual(["6", "12", "18"]);
  expect(decision).toMatchObject({ ok: true, refusals: [] });
});

test("an issue whose ledger it could read is not preferred to an older one for that", () => {
  const many = decide(beatOver(300));
  expect("wants" in many ? [] : many.effects).toHaveLength(3);
});
