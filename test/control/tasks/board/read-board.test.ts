import { describe, expect, test } from "vitest";
import type { View } from "../../../../src/control/observed/issue-view.ts";
import { automationsOf, readBoard } from "../../../../src/control/tasks/board/read-board.ts";
import type { OpenIssue } from "../../../../src/domain/github/snapshot.ts";
import { appendEntry, type SealedEntry } from "../../../../src/domain/ledger.ts";
import type { Stage } from "../../../../src/domain/stage.ts";
import { writePaged } from "../../../wording/paged.ts";
import { viewOf } from "../../outcome/building.ts";

const BUILDING = viewOf();
const HOUR = 3_600_000;

/** A look at nothing yet: the line runs, and no ledger was asked for. */
const VIEW: View = { ...BUILDING, issues: [], now: "2026-11-20T09:00:00Z" };

function openIssue(number: number, ...stages: readonly Stage[]): OpenIssue {
  return {
    ...{ number, title: `title ${number}`, body: "" },
    labels: stages.map((stage) => `factory:${stage}`),
    author: { id: 4, login: "ada", type: "User" },
    updatedAt: "2026-11-20T08:00:00Z",
  };
}

/** A ledger of one entry, written so many hours ago. */
function entriesOf(issue: number, stage: Stage, hours: number): readonly SealedEntry[] {
  const place = { repositoryId: VIEW.snapshot.repository.id, issue };
  const at = new Date(Date.parse(VIEW.now) - hours * HOUR).toISOString();
  const event = { kind: "commanded", by: 4, command: "retry", comment: 1 } as const;
  return appendEntry([], { at, run: 1, stage, event }, { place, key: VIEW.input.sealKey });
}

/** An issue that this look has read. */
function seen(number: number, ledger: object): View["issues"][number] {
  const [issue] = BUILDING.issues;
  if (issue === undefined) throw new Error("one issue is being built");
  return {
    ...issue,
    issue: { ...issue.issue, number },
    ledger: { entries: [], comment: 1, ...ledger },
  };
}

/** The ledger of the day of an issue that this look has not read. */
function ofTheDay(number: number, stage: Stage, hours: number) {
  const { body } = writePaged(entriesOf(number, stage, hours), []).ledger;
  return { issue: number, comment: 7, body };
}

const withDay = (...known: readonly object[]): View =>
  ({
    ...VIEW,
    issue: undefined,
    snapshot: {
      ...VIEW.snapshot,
      ledgers: { known },
      pullWork: { known: [] },
      loopsLately: { known: [] },
    },
  }) as unknown as View;

describe("the board of a line", () => {
  test("of which nothing is open, and nothing was asked for", () => {
    expect(readBoard(VIEW, [])).toEqual({
      at: "2026-11-20T09:00:00Z",
      repository: "https://github.com/OWNER/app",
      money: { unknown: "not asked for" },
      usdPerDay: 50,
      ...{ asked: [], working: [], turn: [], blocked: [], unclear: [] },
      automations: { unknown: "not asked for" },
    });
  });

  test("puts each issue where its label says it stands", () => {
    const all = [
      openIssue(1, "queued"),
      openIssue(2, "needs-info"),
      openIssue(3, "proposed"),
      openIssue(4, "ready"),
      openIssue(5, "building"),
      openIssue(6, "gating"),
      openIssue(7, "smoking"),
      openIssue(8, "done"),
      openIssue(9, "needs-human"),
      openIssue(10, "blocked"),
    ];
    const row = (number: number, stage: Stage) => ({ number, title: `title ${number}`, stage });
    expect(readBoard(VIEW, all)).toMatchObject({
      asked: [row(2, "needs-info"), row(3, "proposed"), row(6, "gating"), row(9, "needs-human")],
      working: [row(5, "building"), row(7, "smoking")],
      turn: [1, 4],
      blocked: [10],
      unclear: [],
    });
  });

  test("names those whose labels say two stages, and not those that are none of the line's", () => {
    const two = openIssue(3, "ready", "gating");
    const board = readBoard(VIEW, [openIssue(1), two, openIssue(2, "ready")]);
    expect(board).toMatchObject({ unclear: [3], turn: [2], asked: [], working: [], blocked: [] });
  });

  test("says what stops it", () => {
    const andon = { known: [{ issue: 12, by: { unknown: "its event is gone" } }] };
    const stopped = { ...VIEW, snapshot: { ...VIEW.snapshot, andon } } as View;
    expect(readBoard(stopped, []).stopped).toMatchObject({
      code: "andon-raised",
      subject: "issue 12",
    });
    expect(readBoard(VIEW, [])).not.toHaveProperty("stopped");
  });

  test("believes a ledger that it read more than labels, and says since when somebody waits", () => {
    const issues = [seen(3, { entries: entriesOf(3, "proposed", 2) })];
    const board = readBoard({ ...VIEW, issues }, [openIssue(3, "building")]);
    expect(board.asked).toEqual([
      {
        ...{ number: 3, title: "title 3", stage: "proposed", waitedMs: 2 * HOUR },
        people: ["ada"],
      },
    ]);
    expect(board.working).toEqual([]);
  });

  test.each([
    ["that nobody trusts", { refusal: { code: "ledger-invalid", subject: "comment 1" } }],
    ["without an entry", { entries: [] }],
  ])("goes by the label beside a ledger %s", (_, ledger) => {
    const entries = entriesOf(3, "proposed", 2);
    const issues = [seen(3, { entries, ...ledger })];
    const { asked, working } = readBoard({ ...VIEW, issues }, [openIssue(3, "building")]);
    expect({ asked, working }).toEqual({
      asked: [],
      working: [{ number: 3, title: "title 3", stage: "building" }],
    });
  });

  test("reads the ledgers of the day for issues that it did not read closely", () => {
    const view = withDay(ofTheDay(3, "gating", 3));
    expect(readBoard(view, [openIssue(3, "building"), openIssue(4, "proposed")]).asked).toEqual([
      { number: 3, title: "title 3", stage: "gating", waitedMs: 3 * HOUR },
      { number: 4, title: "title 4", stage: "proposed" },
    ]);
  });

  test("puts a ledger that it read before the one of the day", () => {
    const view = withDay(ofTheDay(3, "gating", 3));
    const issues = [seen(3, { entries: entriesOf(3, "needs-human", 1) })];
    const { asked } = readBoard({ ...view, issues }, [openIssue(3, "building")]);
    expect(asked).toMatchObject([{ stage: "needs-human", waitedMs: HOUR }]);
  });

  test("takes the one of the day where the one that it read is empty", () => {
    const view = { ...withDay(ofTheDay(3, "gating", 3)), issues: [seen(3, { entries: [] })] };
    const { asked } = readBoard(view, [openIssue(3, "building")]);
    expect(asked).toMatchObject([{ stage: "gating", waitedMs: 3 * HOUR }]);
  });

  test("has the longest first, then by number, and last those of whom nobody knows how long", () => {
    const view = withDay(
      ofTheDay(1, "proposed", 1),
      ofTheDay(3, "proposed", 4),
      ofTheDay(7, "proposed", 2),
      ofTheDay(5, "proposed", 2),
      ofTheDay(6, "proposed", 0),
    );
    const numbers = (order: readonly number[]) =>
      readBoard(
        view,
        order.map((number) => openIssue(number, "proposed")),
      ).asked.map(({ number }) => number);
    const sorted = [3, 5, 7, 1, 6, 2, 4];
    expect(numbers([1, 2, 3, 4, 5, 6, 7])).toEqual(sorted);
    expect(numbers([7, 6, 5, 4, 3, 2, 1])).toEqual(sorted);
  });

  test("names the people who are asked where it looked at the issue, and else none", () => {
    const issues = [seen(8, {}), seen(3, {})];
    const view = { ...VIEW, issues, config: { ...VIEW.config, ask: ["wil"] } } as View;
    const { input } = view;
    const { order: _, ...rest } = input;
    const open = [openIssue(3, "proposed"), openIssue(4, "proposed")];
    expect(readBoard({ ...view, input: rest }, open).asked).toEqual([
      { number: 3, title: "title 3", stage: "proposed", people: ["wil"] },
      { number: 4, title: "title 4", stage: "proposed" },
    ]);
  });
});

describe("scheduled workflows on the board", () => {
  const of = (scheduled: View["snapshot"]["scheduled"]) => {
    const { scheduled: _, ...rest } = VIEW.snapshot;
    const snapshot = scheduled === undefined ? rest : { ...rest, scheduled };
    return automationsOf({ ...VIEW, snapshot });
  };

  test("are unknown where nobody asked, or GitHub did not say", () => {
    expect(of(undefined)).toEqual({ unknown: "not asked for" });
    expect(of({ unknown: "HTTP 502" })).toEqual({ unknown: "HTTP 502" });
  });

  test("are told by their last runs", () => {
    const at = "2026-11-20T03:00:00Z";
    const known = [{ path: ".github/workflows/night.yml", at, conclusion: "success" }];
    expect(of({ known })).toEqual({
      known: [{ name: "night.yml", lastSuccess: at, lastRun: at, isDead: false }],
    });
  });
});
