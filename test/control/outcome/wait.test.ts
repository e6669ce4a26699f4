import { expect, test } from "vitest";
import type { OnIssue } from "../../../src/control/observed/issue-view.ts";
import { waitForTurn } from "../../../src/control/outcome/wait.ts";
import type { SealedEntry } from "../../../src/domain/ledger.ts";
import type { Refusal } from "../../../src/domain/refusal.ts";
import { issue, viewOf } from "./building.ts";

const LATER: Refusal = { code: "turn-later", subject: "the day", found: "3", accepted: "2" };
const view = viewOf(["factory:building"]);

/** The same issue, whose ledger ends with this refusal. */
function afterRefusal(refusal: Refusal): OnIssue {
  const [first, ...more] = view.ledger.entries;
  if (first === undefined) throw new Error("its ledger has lines");
  const sequence = (view.ledger.entries.at(-1)?.sequence ?? 0) + 1;
  const last = { ...first, sequence, stage: "building", event: { kind: "refused", refusal } };
  const entries = [first, ...more, last as SealedEntry];
  return { ...view, ledger: { ...view.ledger, entries } };
}

function effectsOf({ effects }: ReturnType<typeof waitForTurn>) {
  return effects.map((effect) =>
    effect.kind === "set-labels" ? [effect.add, effect.remove] : effect.kind,
  );
}

test("an issue that waits says so in its ledger and by its label, stays where it is, and nothing failed", () => {
  const waits = waitForTurn(view, { refusal: LATER, before: [] });
  expect(effectsOf(waits)).toEqual(["write-comment", [["factory:waiting"], []]]);
  expect(waits).toMatchObject({ issue, next: "none", stage: "building", refusals: [LATER] });
  expect(waits.summary).toContain("it waits for its turn and spends nothing");
  expect(JSON.stringify(waits.effects[0])).toContain("turn-later");
});

test.each<readonly [string, Refusal, boolean]>([
  ["the same", LATER, true],
  ["the same in other figures", { ...LATER, found: "4" }, true],
  ["of something else", { ...LATER, subject: "the issues" }, false],
  ["another refusal", { ...LATER, code: "gave-up" }, false],
])("what its last line says is not said again: %s", (_, said, isSaid) => {
  const waits = waitForTurn(afterRefusal(said), { refusal: LATER, before: [] });
  const labels = [["factory:waiting"], []];
  expect(effectsOf(waits)).toEqual(isSaid ? [labels] : ["write-comment", labels]);
});

test("what comes before the wait is written with it, and says where the issue stands", () => {
  const refused = { kind: "refused", refusal: { ...LATER, code: "gave-up" } } as const;
  const waits = waitForTurn(afterRefusal(LATER), {
    refusal: LATER,
    before: [{ stage: "needs-human", event: refused }],
  });
  expect(waits.stage).toBe("needs-human");
  expect(effectsOf(waits)).toEqual([
    "write-comment",
    [["factory:needs-human", "factory:waiting"], ["factory:building"]],
  ]);
});

test("an issue without a stage is left alone", () => {
  const waits = waitForTurn({ ...view, stage: "new" }, { refusal: LATER, before: [] });
  expect(waits).toMatchObject({ effects: [], next: "none", refusals: [LATER] });
});
