import { describe, expect, test } from "vitest";
import type { Figure } from "../../../src/measures/figure.ts";
import { areasBy } from "../../../src/measures/history/areas.ts";
import type { History, Merge, Window, Work } from "../../../src/measures/history/history.ts";
import { reviewOf } from "../../../src/measures/review/review.ts";

/** Ten days, counted by hand below. */
const WINDOW: Window = { from: "2026-08-20T00:00:00Z", until: "2026-08-30T00:00:00Z" };
const id = (letter: string) => letter.repeat(40);
const at = (day: number, hour = 0) =>
  `2026-08-${String(day).padStart(2, "0")}T${String(hour).padStart(2, "0")}:00:00Z`;

const MERGES: readonly Merge[] = [
  // Became 14 days old in the window, and stands; the next was taken back a day later.
  { id: "#1", commit: id("1"), issue: 11, mergedAt: at(8), writer: "agent", person: false },
  { id: "#2", commit: id("2"), issue: 12, mergedAt: at(10), takenBackAt: at(11), writer: "agent" },
  // Too old for the cohort, taken back too late to count against it.
  { id: "#0", commit: id("0"), issue: 10, mergedAt: at(1), takenBackAt: at(21) },
  {
    ...{ id: "#3", commit: id("3"), issue: 13, begunAt: at(21, 0), mergedAt: at(21, 2) },
    ...{ writer: "agent", person: false, lines: [{ path: "src/quote.ts", added: 40 }] },
  },
  {
    ...{ id: "#4", commit: id("4"), issue: 14, begunAt: at(22, 0), mergedAt: at(22, 6) },
    ...{ takenBackAt: at(22, 8), writer: "both", person: true },
    lines: [
      { path: "src/quote.ts", added: 5 },
      { path: "README.md", added: 1 },
    ],
  },
  {
    ...{ id: "#5", commit: id("5"), issue: 14, mergedAt: at(22, 8), writer: "agent" },
    ...{ person: false, repairs: true, lines: [] },
  },
  {
    ...{ id: "#6", commit: id("6"), begunAt: at(23, 0), mergedAt: at(23, 4), writer: "person" },
    ...{ person: true, lines: [{ path: "docs/a.md", added: 9 }] },
  },
];

const WORK: Work = {
  stays: [
    { issue: 13, stage: "queued", from: at(20, 1), until: at(20, 2) },
    { issue: 13, stage: "building", from: at(20, 2), until: at(21, 2) },
    { issue: 13, stage: "done", from: at(21, 2) },
    { issue: 14, stage: "queued", from: at(21, 0), until: at(21, 1) },
    { issue: 14, stage: "needs-human", from: at(28, 0) },
    // Came to the line before the window.
    { issue: 10, stage: "queued", from: at(1), until: at(2) },
    { issue: 10, stage: "gating", from: at(19, 20), until: at(20, 4) },
  ],
  attempts: [
    { issue: 13, attempt: 1, at: at(20, 2) },
    { issue: 13, attempt: 2, at: at(20, 8) },
    { issue: 14, attempt: 1, at: at(21, 1) },
    { issue: 10, attempt: 1, at: at(2) },
  ],
  sendBacks: [{ issue: 13, attempt: 1, at: at(20, 7), reasons: ["check-failed"] }],
  refusals: [{ issue: 14, at: at(28), code: "attempts-exhausted" }],
  spendings: [
    { issue: 11, at: at(7), usd: 2 },
    { issue: 12, at: at(9), usd: 1 },
    { issue: 13, at: at(20, 3), usd: 4 },
    { issue: 15, at: at(29), usd: 2 },
  ],
  escapes: [{ issue: 14, at: at(29), commit: id("4") }],
  mistakes: [
    {
      issue: 10,
      attempt: 1,
      at: at(2),
      cause: "check-red",
      place: { kind: "check", name: "lint" },
    },
    {
      issue: 13,
      attempt: 1,
      at: at(20, 7),
      cause: "check-red",
      place: { kind: "check", name: "lint" },
    },
    {
      issue: 13,
      attempt: 2,
      at: at(20, 9),
      cause: "check-red",
      place: { kind: "check", name: "test" },
    },
    { issue: 14, attempt: 1, at: at(21, 3), cause: "unknown" },
  ],
  people: [{ issue: 14, at: at(28) }],
};

const HISTORY: History = {
  ...{ repository: "OWNER/notes", source: "ledgers", merges: MERGES },
  deployments: {
    known: [
      { commit: id("3"), at: at(21, 3), outcome: "well" },
      { commit: id("4"), at: at(22, 7), outcome: "failed", recoveredAt: at(22, 9) },
      { commit: id("5"), at: at(22, 9), outcome: "well", repairs: true },
      { commit: id("6"), at: at(23, 5), outcome: "unknown" },
      { commit: id("1"), at: at(8, 1), outcome: "well" },
    ],
  },
  work: { known: WORK },
  issues: {
    known: [
      {
        ...{ number: 13, title: "Quote", openedAt: at(20), updatedAt: at(21), closedAt: at(21, 4) },
        ...{ labels: ["Initiative: Customs"], milestone: "Autumn" },
      },
      {
        ...{ number: 16, title: "Old", openedAt: at(1), updatedAt: at(16), labels: [] },
        milestone: "Autumn",
      },
      {
        number: 17,
        title: "New",
        openedAt: at(31),
        updatedAt: at(31),
        labels: [],
        milestone: "Autumn",
      },
    ],
  },
  stops: {
    known: [
      { issue: 20, because: "production", raisedAt: at(22, 7), liftedAt: at(22, 9) },
      { issue: 9, because: "label", raisedAt: at(1), liftedAt: at(2) },
    ],
  },
  owners: { known: [{ area: "quotes", files: 4, unowned: ["src/a.ts"] }] },
  trust: {
    known: [
      { commit: id("7"), at: at(25), scope: "default", from: "open-pr", to: "full-factory" },
      { commit: id("8"), at: at(2), scope: "default", to: "open-pr" },
    ],
  },
  automations: { known: [{ name: "factory.yml", isDead: false }] },
  areaOf: areasBy([{ name: "quotes", paths: ["src/**"] }]),
};

const REVIEW = reviewOf(HISTORY, WINDOW);
const HOUR = 3_600_000;

/** Value, and from how many it was counted; of a share also among how many. */
function brief(figure: Figure): unknown {
  if ("unknown" in figure) return figure.unknown;
  const { value, from, among } = figure;
  return among === undefined ? [value, from.length] : [value, from.length, among.length];
}

const BY_HAND: readonly (readonly [string, Figure, unknown])[] = [
  // Four in ten days.
  ["deployment frequency", REVIEW.delivery.deploymentFrequency, [0.4, 4]],
  // 3 h, 7 h and 5 h from the first commit; #5 has no first commit that anybody knows.
  ["change lead time", REVIEW.delivery.changeLeadTime, [5 * HOUR, 3]],
  // One of the three that somebody could look at.
  ["change fail rate", REVIEW.delivery.changeFailRate, [0.3333, 1, 3]],
  ["recovery time", REVIEW.delivery.failedDeploymentRecoveryTime, [2 * HOUR, 1]],
  ["rework rate", REVIEW.delivery.deploymentReworkRate, [0.25, 1, 4]],
  ["merged", REVIEW.delivery.merged, [4, 4]],
  // 2 h, 6 h, 4 h.
  ["time to merge", REVIEW.delivery.timeToMerge, [4 * HOUR, 3]],
  ["taken back", REVIEW.delivery.takenBack, [0.25, 1, 4]],
  ["repairs", REVIEW.delivery.repairs, [0.25, 1, 4]],
  ["mistakes", REVIEW.learning.mistakes, [3, 3]],
  ["of unknown cause", REVIEW.learning.unknownCause, [0.3333, 1, 3]],
  // The check lint had failed on #10 eighteen days before.
  ["repeated", REVIEW.learning.repeated, [0.5, 1, 2]],
  // $4 and $2 in the window.
  ["spent", REVIEW.efficiency.spent, [6, 2]],
  // By #3, #4 and #6: what repairs is no work of its own.
  ["cost per merged", REVIEW.efficiency.costPerMerged, [2, 5]],
  ["alive", REVIEW.efficiency.alive, [0.5, 1, 2]],
  // $3 for #1 and #2, of which one stands.
  ["cost per surviving", REVIEW.efficiency.costPerSurviving, [3, 2]],
  // Of #3 and #4, the one without a person.
  ["without people", REVIEW.efficiency.withoutPeople, [0.5, 1, 2]],
  ["by agents", REVIEW.efficiency.byAgents, [0.75, 3, 4]],
  // Two days of #14, four hours of #10: the rest lies before the window.
  ["waited", REVIEW.efficiency.waitedForPeople, [52 * HOUR, 2]],
  ["attempts", REVIEW.funnel.attempts, [3, 3]],
  ["sent back", REVIEW.funnel.sentBack, [0.3333, 1, 3]],
  // #3 alone: of #4 and #6 a person is on record.
  ["debt", REVIEW.vigilance.comprehensionDebt, [40, 1]],
  ["stopped", REVIEW.vigilance.stopped, [2 * HOUR, 1]],
  ["escaped", REVIEW.vigilance.escaped, [1, 1]],
];

test.each(BY_HAND)("%s, counted by hand", (_, figure, expected) => {
  expect(brief(figure)).toEqual(expected);
});

test("the funnel counts who came in the window, and an issue that came further was at each stage before", () => {
  expect(
    REVIEW.funnel.rows.map(({ stage, reached }) => [stage, "value" in reached && reached.value]),
  ).toEqual([
    ["queued", 2],
    ["proposed", 1],
    ["ready", 1],
    ["building", 1],
    ["gating", 1],
    ["smoking", 1],
    ["done", 1],
  ]);
});

test("initiatives are milestones and labels; what is opened after the window is none of its plans", () => {
  const told = "known" in REVIEW.initiatives ? REVIEW.initiatives.known : [];
  expect(
    told.map(({ name, planned, done, stalled }) => [name, ...[planned, done, stalled].map(brief)]),
  ).toEqual([
    ["Autumn", [2, 2], [1, 1], [1, 1]],
    ["Customs", [1, 1], [1, 1], [0, 0]],
  ]);
});

test("debt by area, trust and stops of the window, and three things to look at in their fixed order", () => {
  const { debt, trust, stops } = REVIEW.vigilance;
  expect(debt.map(({ area, unopened, merged }) => [area, brief(unopened), brief(merged)])).toEqual([
    ["quotes", [40, 1], [45, 2]],
    ["./", [0, 0], [1, 1]],
    ["docs/", [0, 0], [9, 1]],
  ]);
  expect(trust).toMatchObject({ known: [{ to: "full-factory" }] });
  expect(stops).toMatchObject({ known: [{ issue: 20 }] });
  expect(REVIEW.attention.map(({ kind, from }) => [kind, ...from])).toEqual([
    ["taken-back", "#4"],
    ["escaped", "#14"],
    ["waits-for-people", "#14"],
  ]);
});

describe("what a source does not tell is unknown, with the reason, and never nothing", () => {
  const mute = reviewOf(
    {
      ...HISTORY,
      ...{ deployments: { untold: "no-deployments" }, work: { untold: "no-ledgers" } },
      ...{ issues: { untold: "no-issues" }, stops: { untold: "no-events" } },
    },
    WINDOW,
  );
  test.each([
    ["deployments", mute.delivery.deploymentFrequency, "no-deployments"],
    ["cost", mute.efficiency.costPerMerged, "no-ledgers"],
    ["stops", mute.vigilance.stopped, "no-events"],
    ["escapes", mute.vigilance.escaped, "no-ledgers"],
  ] as const)("%s", (_, figure, because) => expect(brief(figure)).toBe(because));

  const without = (fields: Partial<Merge>) =>
    reviewOf(
      { ...HISTORY, merges: [{ id: "#9", commit: id("9"), mergedAt: at(22), ...fields }] },
      WINDOW,
    );
  test.each([
    ["lines", without({ person: false }).vigilance.comprehensionDebt, "no-changed-files"],
    ["readers", without({ lines: [] }).vigilance.comprehensionDebt, "no-reviews"],
    ["writers", without({}).efficiency.byAgents, "no-authors"],
    ["beginnings", without({}).delivery.timeToMerge, "no-authors"],
    ["a cohort", without({}).efficiency.alive, "too-young"],
  ] as const)("%s of a merge", (_, figure, because) => expect(brief(figure)).toBe(because));

  test("a failed deployment that has not recovered has no time to recover", () => {
    const failed = { commit: id("4"), at: at(22, 7), outcome: "failed" } as const;
    const { delivery } = reviewOf({ ...HISTORY, deployments: { known: [failed] } }, WINDOW);
    expect(brief(delivery.failedDeploymentRecoveryTime)).toBe("not-recovered");
  });
});
