import { expect, test } from "vitest";
import type { LedgerEvent } from "../../../src/domain/ledger.ts";
import type { Stage } from "../../../src/domain/stage.ts";
import {
  deploymentsOfLedgers,
  mergesOfLedgers,
  stopsOfLedgers,
  workOfLedgers,
} from "../../../src/measures/history/from-ledgers.ts";
import type { ReadEntry, ReadLedger } from "../../../src/measures/history/read-ledger.ts";

const id = (letter: string) => letter.repeat(40);
const minute = (count: number) => `2026-08-01T10:${String(count).padStart(2, "0")}:00Z`;

function entry(
  at: number,
  stage: Stage,
  event: LedgerEvent,
  more: Partial<ReadEntry> = {},
): ReadEntry {
  return { at: minute(at), run: at, stage, event, ...more };
}

const landed = { pullRequest: 8, tree: id("f") };
const smoked = (commit: string, status: "passed" | "failed", more = {}): LedgerEvent => ({
  ...{ kind: "smoked", commit: id(commit), status, live: true },
  ...more,
});

/** A merge that breaks production, is taken back, and is sent back to be built again. */
const LEDGER: ReadLedger = {
  issue: 5,
  entries: [
    entry(0, "queued", { kind: "submitted", by: 1, issue: "0".repeat(64) }),
    entry(1, "building", { kind: "claimed", attempt: 1, branch: "factory/5-1", base: id("0") }),
    entry(2, "gating", {
      ...{ kind: "published", attempt: 1, commit: id("a"), risk: "low", ...landed },
    }),
    entry(3, "smoking", { kind: "merged", commit: id("b"), by: "factory", ...landed }),
    entry(4, "smoking", smoked("b", "failed", { incident: 6 })),
    entry(5, "smoking", {
      ...{ kind: "reverted", reverts: id("b"), pullRequest: 9, commit: id("c"), tree: id("e") },
      by: "person",
    }),
    entry(7, "smoking", smoked("c", "passed"), { run: 7 }),
    entry(7, "ready", { kind: "sent-back", attempt: 1, findings: ["its merge broke"] }, { run: 7 }),
  ],
};

test("a merge begins when it was published, and is taken back by the merge that names it", () => {
  expect(mergesOfLedgers([LEDGER], () => undefined)).toEqual([
    {
      ...{ id: "#8", commit: id("b"), issue: 5, mergedAt: minute(3), writer: "agent" },
      ...{ person: false, begunAt: minute(2), takenBackAt: minute(5) },
    },
    {
      ...{ id: "#9", commit: id("c"), issue: 5, mergedAt: minute(5), writer: "agent" },
      ...{ person: true, repairs: true },
    },
  ]);
});

test("a deployment counts once it was seen live, and has recovered when production was seen well", () => {
  expect(deploymentsOfLedgers([LEDGER])).toEqual([
    { commit: id("b"), at: minute(4), outcome: "failed", recoveredAt: minute(7) },
    { commit: id("c"), at: minute(7), outcome: "well", repairs: true },
  ]);
  const unseen = entry(4, "smoking", { kind: "smoked", commit: id("b"), status: "passed" });
  expect(deploymentsOfLedgers([{ issue: 5, entries: [unseen] }])).toEqual([]);
});

test("the line stood still until the incident was closed, or else until production was seen well", () => {
  const stop = { issue: 6, because: "production", raisedAt: minute(4) };
  expect(stopsOfLedgers([LEDGER], () => undefined)).toEqual([{ ...stop, liftedAt: minute(7) }]);
  expect(stopsOfLedgers([LEDGER], () => minute(9))).toEqual([{ ...stop, liftedAt: minute(9) }]);
});

test("stays go from stage to stage, and a person is on record by what they did", () => {
  const work = workOfLedgers([LEDGER]);
  expect(work.stays.map(({ stage, until }) => [stage, until])).toEqual([
    ["queued", minute(1)],
    ["building", minute(2)],
    ["gating", minute(3)],
    ["smoking", minute(7)],
    ["ready", undefined],
  ]);
  expect(work.people).toEqual([{ issue: 5, at: minute(5) }]);
  expect(work.sendBacks).toMatchObject([{ attempt: 1, reasons: ["taken-back"] }]);
});

const sentBack = (...findings: readonly string[]): LedgerEvent => ({
  ...{ kind: "sent-back", attempt: 1, findings: [...findings] },
});
const REASONS: readonly (readonly [string, LedgerEvent, LedgerEvent | undefined, string[]])[] = [
  [
    "a refusal's code",
    sentBack("check-failed: test", "src/a.ts:3 wrong"),
    undefined,
    ["check-failed"],
  ],
  ["a finding alone", sentBack("note: this is wrong"), undefined, ["finding"]],
  ["nothing said", sentBack(), undefined, ["unsaid"]],
  [
    "red checks of the repository",
    sentBack("ci / build"),
    { kind: "checked", commit: id("a"), red: [{ name: "ci", cause: "change" }] } as never,
    ["own-checks"],
  ],
  [
    "a person",
    sentBack("say it"),
    { kind: "commanded", by: 1, command: "rework", comment: 1 },
    ["person"],
  ],
];

test.each(REASONS)("sent back by %s", (_, event, before, reasons) => {
  const entries = [
    ...(before === undefined ? [] : [entry(1, "gating", before, { run: 4 })]),
    entry(1, "ready", event, { run: 4 }),
  ];
  expect(workOfLedgers([{ issue: 5, entries }]).sendBacks[0]?.reasons).toEqual(reasons);
});
