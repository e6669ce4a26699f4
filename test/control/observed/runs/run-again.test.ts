import { expect, test } from "vitest";
import { stageBeforeLoss } from "../../../../src/control/observed/runs/run-again.ts";
import type { LedgerEvent, SealedEntry } from "../../../../src/domain/ledger.ts";

const RUN = {
  id: 7,
  attempt: 2,
  repository: "OWNER/app",
  workflowFile: "factory.yml",
  serverUrl: "https://github.com",
  actor: { id: 1, login: "ada" },
};
const CLAIMED = { kind: "claimed" } as LedgerEvent;
const LOST: LedgerEvent = {
  kind: "refused",
  refusal: { code: "worker-failed", subject: "verify" },
};
const OTHER: LedgerEvent = {
  kind: "refused",
  refusal: { code: "andon-raised", subject: "issue 3" },
};

function entry(event: LedgerEvent, stage: SealedEntry["stage"], run = RUN.id): SealedEntry {
  return { sequence: 1, at: "2026-11-29T12:00:00Z", run, stage, event, seal: "none" };
}
const HELD = entry(CLAIMED, "building");
const LOSS = entry(LOST, "needs-human");

test.each<readonly [string, readonly SealedEntry[], number, string | undefined]>([
  ["the loss is the last word of this run", [HELD, LOSS], 2, "building"],
  ["it was lost twice", [HELD, LOSS, LOSS], 3, "building"],
  ["it is the first attempt of the run", [HELD, LOSS], 1, undefined],
  ["nothing was lost", [HELD], 2, undefined],
  ["nothing was written at all", [], 2, undefined],
  ["something else was refused", [HELD, entry(OTHER, "needs-human")], 2, undefined],
  ["another run wrote of the loss", [HELD, entry(LOST, "needs-human", 8)], 2, undefined],
  ["another run held the issue", [entry(CLAIMED, "building", 6), LOSS], 2, undefined],
  [
    "a person said something since",
    [HELD, LOSS, entry({ kind: "commanded" } as LedgerEvent, "needs-human", 9)],
    2,
    undefined,
  ],
  ["the loss is all there is", [LOSS], 2, undefined],
])("where %s", (_what, entries, attempt, stage) => {
  expect(stageBeforeLoss(entries, { ...RUN, attempt })).toBe(stage);
});
