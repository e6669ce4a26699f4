import { describe, expect, test } from "vitest";
import { type OnIssue, placeOf } from "../../../src/control/observed/issue-view.ts";
import { ledgerEffect, type NewEntry } from "../../../src/control/outcome/ledger-entry.ts";
import { fits } from "../../../src/control/outcome/ledger-room.ts";
import { appendEntry } from "../../../src/domain/ledger.ts";
import { parseLedgerComment } from "../../../src/wording/issue/ledger-comment.ts";
import { issue, viewOf } from "./building.ts";

const STOPPED = { kind: "refused", refusal: { code: "gave-up", subject: "implement" } } as const;

test("a ledger that is not trusted is not extended, but begun anew on a person's word", () => {
  const view = viewOf();
  const refusal = { code: "ledger-invalid", subject: "the ledger" } as const;
  const distrusted: OnIssue = { ...view, ledger: { ...view.ledger, refusal } };
  const entries = [
    { stage: "queued", by: "person", event: { kind: "asked", questions: 1 } },
  ] as const;
  expect(() => ledgerEffect(distrusted, { entries })).toThrow(
    `The ledger of issue ${issue} is not trusted`,
  );
  const effect = ledgerEffect(distrusted, { entries, anew: true });
  if (effect.kind !== "write-comment") throw new Error("it is a comment");
  const parsed = parseLedgerComment(effect.body);
  expect("entries" in parsed && parsed.entries.map(({ stage }) => stage)).toEqual(["queued"]);
  expect(effect).toMatchObject({ issue, comment: view.ledger.comment });
});

test("a ledger is extended by one entry, under a key of its bytes", () => {
  const view = viewOf();
  const writing = { entries: [{ stage: "needs-human", event: STOPPED }] } as const;
  const [once, again] = [ledgerEffect(view, writing), ledgerEffect(view, writing)];
  expect(once).toEqual(again);
  expect(once.key).toMatch(new RegExp(`^ledger/${issue}/[^/]{16}$`));
  expect(ledgerEffect(view, { ...writing, ask: "Which?" }).key).not.toBe(once.key);
});

test("no ledger is written that would be empty, and no step that the table does not know", () => {
  const view = viewOf();
  const empty: OnIssue = { ...view, ledger: { ...view.ledger, entries: [] } };
  expect(() => ledgerEffect(empty, { entries: [] })).toThrow(
    `The ledger of issue ${issue} would be empty.`,
  );
  expect(() => ledgerEffect(view, { entries: [{ stage: "done", event: STOPPED }] })).toThrow(
    /^Illegal step .*done.* by control; legal: /,
  );
});

describe("where the comment has no more room", () => {
  const question = { stage: "building", event: { kind: "asked", questions: 1 } } as const;
  const answered = { stage: "building", event: STOPPED } as const;
  const moved = { stage: "needs-human", event: STOPPED } as const;

  function appended(view: OnIssue, entry: NewEntry): OnIssue {
    const stamped = { ...entry, at: view.now, run: view.input.run.id };
    const context = { place: placeOf(view), key: view.input.sealKey };
    const entries = appendEntry(view.ledger.entries, stamped, context);
    return { ...view, ledger: { ...view.ledger, entries } };
  }

  /** From its first line to the first question for which there is no room, found once. */
  const grown: OnIssue[] = [];

  /** An issue whose ledger has room for so many questions more. */
  function roomFor(questions: number): OnIssue {
    for (let last = viewOf(); !isFull(); last = appended(last, question)) grown.push(last);
    const found = grown.at(-2 - questions);
    if (found === undefined) throw new Error("it has room from the first line on");
    return found;
  }

  function isFull(): boolean {
    const last = grown.at(-1);
    return last !== undefined && !fits(last.ledger.entries);
  }

  const added = (view: OnIssue, entries: readonly NewEntry[]) => {
    const effect = ledgerEffect(view, { entries, ask: "Which?" });
    expect(effect.body).toContain("Which?");
    const parsed = parseLedgerComment(effect.body);
    if ("fault" in parsed) throw new Error(parsed.fault);
    const { length } = view.ledger.entries;
    expect(parsed.entries.slice(0, length)).toEqual(view.ledger.entries);
    return parsed.entries.slice(length).map(({ stage, event }) => [stage, event.kind]);
  };

  test.each<readonly [string, number, readonly NewEntry[], readonly unknown[]]>([
    ["an answer is left to the ask", 0, [answered], []],
    ["an answer is written while there is room", 5, [answered], [["building", "refused"]]],
    ["it is given up for what is told beside it", 1, [question, answered], [["building", "asked"]]],
    ["not where that has no room either", 0, [question, answered], []],
    ["nor where it is what moves the issue", 1, [question, moved], []],
  ])("%s", (_, questions, entries, expected) => {
    expect(added(roomFor(questions), entries)).toEqual(expected);
  });
});
