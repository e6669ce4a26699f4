import { expect, test } from "vitest";
import type { OnIssue } from "../../../src/control/observed/issue-view.ts";
import { ledgerEffect } from "../../../src/control/outcome/ledger-entry.ts";
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
