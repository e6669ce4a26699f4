import { describe, expect, test } from "vitest";
import { type Board, beatOfBoard, renderBoard } from "../../../src/wording/issue/board.ts";

const BOARD: Board = {
  at: "2026-11-20T09:07:30Z",
  repository: "https://github.com/OWNER/app",
  money: { known: { spent: 0, promised: 0 } },
  usdPerDay: 50,
  asked: [],
  working: [],
  turn: [],
  blocked: [],
  unclear: [],
  automations: { known: [] },
};

const row = (number: number, title = "greeting") =>
  ({ number, title, stage: "gating", waitedMs: 60_000, people: ["ada"] }) as const;

function textOf(change: Partial<Board>): string {
  return renderBoard({ ...BOARD, ...change }).body;
}

describe("the text of the board", () => {
  test.each<[string, Partial<Board>, RegExp]>([
    [
      "nothing is asked or in work",
      {},
      /\*\*The line runs\.\*\* Nobody is waited for\. Nothing is in work\.\n/,
    ],
    ["the day costs nothing", {}, /Models today \(UTC\): \*\*\$0\*\* of \$50\.00\.\n/],
    [
      "the day is used up by what is promised",
      { money: { known: { spent: 46, promised: 5 } } },
      /The day is used up: no new work starts\./,
    ],
    [
      "nobody knows what the day costs",
      { money: { unknown: "the ledger of issue 3 is broken" } },
      /Today's spend is unknown: the ledger of issue 3 is broken\n/,
    ],
    [
      "nobody looked",
      { asked: [{ number: 4, title: "a", stage: "proposed" }] },
      /1 decision waits for people: 0 min in all, and 1 for a time nobody looked up[\s\S]*; of whom: not looked up \| not looked up \|/,
    ],
    ["nobody is known", { asked: [{ ...row(4), people: [] }] }, /; of whom: unknown \| 1 min \|/],
    ["an andon stopped some", { blocked: [4, 5] }, /Stopped until the andon is lowered: \[4\]/],
    [
      "it is stopped by what nobody could read",
      { stopped: { code: "state-unknown", subject: "the andon", found: "rate limit" } },
      /\*\*The line is stopped\.\*\* .*\n\n.*the andon/,
    ],
  ])("where %s", (_, change, expected) => {
    expect(textOf(change)).toMatch(expected);
  });

  test("shows twenty of many, says how many more there are, and keeps its last line", () => {
    const rows = Array.from({ length: 25 }, (_, index) => row(index + 1, "@x [".repeat(500)));
    const numbers = Array.from({ length: 10_000 }, (_, index) => index + 1);
    const { body, marker } = renderBoard({ ...BOARD, asked: rows, working: rows, turn: numbers });
    expect(body).toContain("And 5 more.");
    expect(body).toContain(", and 9980 more.");
    expect(body.endsWith(`\n${marker}`)).toBe(true);
    expect(body.length).toBeLessThan(20_000);
  });

  test.each([
    "@everyone fixes #1",
    "a | b | c",
    "![x](https://example.com/x.png)",
    "<!-- hidden -->",
    "Fingerprint: `millwright:board`",
    "two\nlines | Last heartbeat: 2030-01-01 00:00 UTC.",
  ])("shows the title %j without calling, loading or breaking anything", (title) => {
    const { body } = renderBoard({ ...BOARD, asked: [row(4, title)] });
    const [line = ""] = body.split("\n").filter((one) => one.startsWith("| [4]"));
    expect(line.split("|")).toHaveLength(5);
    const outside = line.replace(/`+[^`]*`+/g, "");
    expect(outside).not.toMatch(/@|#|!\[|<!--/);
    expect(beatOfBoard(body)).toBe("2026-11-20T09:07:00Z");
  });

  test.each([
    ["", undefined],
    ["Last heartbeat: soon UTC.", undefined],
    ["x Last heartbeat: 2026-11-20 09:07 UTC.", undefined],
    ["Board\n\nLast heartbeat: 2026-11-20 09:07 UTC. More.", "2026-11-20T09:07:00Z"],
  ])("tells of %j the beat %j", (body, beat) => {
    expect(beatOfBoard(body)).toBe(beat);
  });
});
