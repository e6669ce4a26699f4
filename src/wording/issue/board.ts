import type { Automation } from "../../domain/github/automation.ts";
import { MOST_PINNED } from "../../domain/github/pinning.ts";
import type { Part } from "../../domain/github/snapshot.ts";
import type { Refusal } from "../../domain/refusal.ts";
import type { Stage } from "../../domain/stage.ts";
import { cutAtWord } from "../../domain/text/cut.ts";
import { counted, sayDuration, sayMinute, sayUsd } from "../figures.ts";
import { sayRefusal } from "../refusals.ts";
import { boundBody, ownLink, safeCell, safeText } from "../safe-text.ts";
import { sayAutomations } from "./automations.ts";
import type { FiledIssue } from "./quality-gap.ts";

/** By this last line the board is found again, and by its author; never by its title, which a person may change. */
export const BOARD_MARKER = "Fingerprint: `millwright:board`";

/** An issue, and how long it has stood where it stands. */
export interface BoardRow {
  readonly number: number;
  readonly title: string;
  readonly stage: Stage;
  /** Absent where nobody could tell. */
  readonly waitedMs?: number;
}

/** One that waits for people. Empty: it is not known who could be asked; absent: nobody looked. */
export interface AskedRow extends BoardRow {
  readonly people?: readonly string[];
}

/** How the line stands at one beat. */
export interface Board {
  /** ISO 8601. */
  readonly at: string;
  /** Its address: all links are below it. */
  readonly repository: string;
  /** What stops the line; absent while it runs. */
  readonly stopped?: Refusal;
  readonly money: Part<{ readonly spent: number; readonly promised: number }>;
  readonly usdPerDay: number;
  /** Longest first, as those in work; those of which nobody knows how long at the end. */
  readonly asked: readonly AskedRow[];
  readonly working: readonly BoardRow[];
  /** Numbers of those that wait for their turn, that an andon stopped, and whose labels name no one stage. */
  readonly turn: readonly number[];
  readonly blocked: readonly number[];
  readonly unclear: readonly number[];
  /** Workflows that schedules start. */
  readonly automations: Part<readonly Automation[]>;
  /** Why the factory does not pin this issue; absent where it does, or did. */
  readonly unpinned?: Unpinned;
}

/** Three are pinned already, or GitHub does not let the factory do it. */
export type Unpinned = "no-room" | "refused";

const UNPINNED: Readonly<Record<Unpinned, string>> = {
  "no-room": `Not pinned: ${MOST_PINNED} issues are pinned already, and GitHub takes no more. The factory pins this one once there is room.`,
  refused: "Not pinned: GitHub does not let the factory do it. Open **Pin issue** in the sidebar.",
};

/** Whether a board says that GitHub refused to pin it: it is not asked for that board again. */
export function wasPinRefused(body: string): boolean {
  return body.split(/\r?\n/).includes(UNPINNED.refused);
}

const MOST_ROWS = 20;
const TITLE = 100;

/** The board's issue: for people first what waits for them, at the end what only matters when something is wrong. */
export function renderBoard(board: Board): FiledIssue {
  const lines = [
    "### Millwright · board",
    "",
    ...sayLine(board),
    "",
    ...sayAsked(board),
    ...sayWorking(board),
    ...sayNumbers("Wait for their turn", board.turn, board),
    ...sayNumbers("Stopped until the andon is lowered", board.blocked, board),
    ...sayNumbers("Labels that do not name one stage", board.unclear, board),
    ...sayAutomations(board.automations),
    sayMoney(board),
    "",
    ...(board.unpinned === undefined ? [] : [UNPINNED[board.unpinned], ""]),
    `${LAST_BEAT}${sayMinute(board.at)}. The heartbeat rewrites this text about once an hour, so other edits are lost.`,
    "",
    BOARD_MARKER,
  ];
  return {
    marker: BOARD_MARKER,
    title: "Millwright: the board",
    body: boundBody(lines.join("\n")),
  };
}

const LAST_BEAT = "Last heartbeat: ";
const BEAT = /^Last heartbeat: (\d{4}-\d\d-\d\d) (\d\d:\d\d) UTC\./m;

/** When this text was written, to the minute in ISO 8601; undefined where somebody changed that. */
export function beatOfBoard(body: string): string | undefined {
  const found = BEAT.exec(body);
  return found === null ? undefined : `${found[1]}T${found[2]}:00Z`;
}

/** Whether it moves, and who is next. */
function sayLine(board: Board): readonly string[] {
  const next = `${sayWaiting(board)} ${sayCount(board.working.length)}`;
  return board.stopped === undefined
    ? [`**The line runs.** ${next}`]
    : [`**The line is stopped.** ${next}`, "", sayRefusal(board.stopped)];
}

function sayWaiting({ asked }: Board): string {
  if (asked.length === 0) return "Nobody is waited for.";
  const waited = asked.reduce((sum, { waitedMs = 0 }) => sum + Math.max(0, waitedMs), 0);
  const unknown = asked.filter(({ waitedMs }) => waitedMs === undefined).length;
  const more = unknown === 0 ? "" : `, and ${unknown} for a time nobody looked up`;
  const waits = counted(asked.length, "decision waits", "decisions wait");
  return `${waits} for people: ${sayMinutes(waited)} in all${more}.`;
}

function sayCount(working: number): string {
  return working === 0
    ? "Nothing is in work."
    : `${counted(working, "issue is", "issues are")} in work.`;
}

function sayMoney({ money, usdPerDay }: Board): string {
  if ("unknown" in money) {
    return `Today's spend is unknown: ${safeText(cutAtWord(money.unknown, 400))}`;
  }
  const { spent, promised } = money.known;
  const reserved = promised === 0 ? "" : `; work under way may still spend ${sayUsd(promised)}`;
  const over = spent + promised >= usdPerDay ? " The day is used up: no new work starts." : "";
  return `Models today (UTC): **${sayUsd(spent)}** of ${sayUsd(usdPerDay)}${reserved}.${over}`;
}

/** What a person does next, where one is. */
const ASKED_FOR: Partial<Readonly<Record<Stage, string>>> = {
  "needs-info": "answers to its questions",
  proposed: "approval of its contract",
  gating: "review and merge of its pull request",
  "needs-human": "a decision, which its last comment names",
};

/** Three columns, because a phone shows no more of them. */
function sayAsked(board: Board): readonly string[] {
  const { asked } = board;
  if (asked.length === 0) return [];
  return [
    "| Waits for people | Asked for | Waited |",
    "|---|---|---|",
    ...asked.slice(0, MOST_ROWS).map((row) => {
      const what = ASKED_FOR[row.stage] ?? row.stage;
      return `| ${link(row.number, board)} ${title(row)} | ${what}; of whom: ${sayPeople(row)} | ${sayWaited(row)} |`;
    }),
    ...sayMore(asked),
    "",
  ];
}

function sayPeople({ people }: AskedRow): string {
  if (people === undefined) return "not looked up";
  return people.length === 0 ? "unknown" : people.map((name) => safeCell(name)).join(", ");
}

function sayWorking(board: Board): readonly string[] {
  const { working } = board;
  if (working.length === 0) return [];
  return [
    "| In work | Stage | For |",
    "|---|---|---|",
    ...working
      .slice(0, MOST_ROWS)
      .map(
        (row) => `| ${link(row.number, board)} ${title(row)} | ${row.stage} | ${sayWaited(row)} |`,
      ),
    ...sayMore(working),
    "",
  ];
}

function sayMore(rows: readonly BoardRow[]): readonly string[] {
  return rows.length > MOST_ROWS ? ["", `And ${rows.length - MOST_ROWS} more.`] : [];
}

function sayNumbers(head: string, numbers: readonly number[], board: Board): readonly string[] {
  if (numbers.length === 0) return [];
  const shown = numbers.slice(0, MOST_ROWS).map((number) => link(number, board));
  const more = numbers.length > MOST_ROWS ? `, and ${numbers.length - MOST_ROWS} more` : "";
  return [`${head}: ${shown.join(", ")}${more}.`, ""];
}

function link(number: number, { repository }: Board): string {
  return ownLink(`${number}`, `${repository}/issues/${number}`);
}

function title(row: BoardRow): string {
  return safeCell(cutAtWord(row.title, TITLE));
}

function sayWaited({ waitedMs }: BoardRow): string {
  return waitedMs === undefined ? "not looked up" : sayMinutes(waitedMs);
}

/** In whole minutes: a look once an hour knows no seconds. */
function sayMinutes(milliseconds: number): string {
  const minutes = Math.floor(Math.max(0, milliseconds) / 60_000);
  return minutes === 0 ? "0 min" : sayDuration(minutes * 60_000);
}
