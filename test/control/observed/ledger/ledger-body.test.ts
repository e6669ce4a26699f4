import { describe, expect, test } from "vitest";
import { readLedgerBody } from "../../../../src/control/observed/ledger/ledger-body.ts";
import { appendEntry } from "../../../../src/domain/ledger.ts";
import { renderLedgerComment } from "../../../../src/wording/issue/ledger-comment.ts";

const KEY = "a-key".repeat(8);
const PLACE = { repositoryId: 1, issue: 3 };
const CONTEXT = { place: PLACE, key: KEY };
const ENTRY = {
  at: "2026-01-02T03:04:05Z",
  run: 1,
  stage: "ready",
  event: { kind: "asked", questions: 1 },
} as const;
const ENTRIES = appendEntry([], ENTRY, CONTEXT);
const BODY = renderLedgerComment({
  entries: ENTRIES,
  issue: 3,
  stage: "ready",
  links: { repository: "https://github.com/OWNER/app" },
});
const BROKEN = { entries: [], refusal: { code: "ledger-invalid" } };

describe("a ledger that was just read and believed", () => {
  test.each([
    ["the same again", BODY, CONTEXT, { entries: ENTRIES }],
    ["with another key", BODY, { ...CONTEXT, key: "b-key".repeat(8) }, BROKEN],
    ["without a key", BODY, { place: PLACE, key: undefined }, BROKEN],
    ["in another repository", BODY, { ...CONTEXT, place: { ...PLACE, repositoryId: 2 } }, BROKEN],
    ["on another issue", BODY, { ...CONTEXT, place: { ...PLACE, issue: 4 } }, BROKEN],
    ["with another run", BODY.replace('"run":1', '"run":2'), CONTEXT, BROKEN],
    ["with a line that is none", BODY.replace('"run":1', '"run":01'), CONTEXT, { fault: "line 1" }],
  ])("says nothing of one %s", (_name, body, context, expected) => {
    expect(readLedgerBody(BODY, CONTEXT)).toEqual({ entries: ENTRIES });
    const read = readLedgerBody(body, context);
    if ("fault" in expected) expect(read).toEqual({ fault: expect.stringMatching(/^line 1 /) });
    else expect(read).toMatchObject(expected);
    expect(readLedgerBody(BODY, CONTEXT)).toEqual({ entries: ENTRIES });
  });

  test("is read for its place as it was then", () => {
    const place = { ...PLACE };
    expect(readLedgerBody(BODY, { place, key: KEY })).toEqual({ entries: ENTRIES });
    place.issue = 4;
    expect(readLedgerBody(BODY, { place, key: KEY })).toMatchObject(BROKEN);
  });
});
