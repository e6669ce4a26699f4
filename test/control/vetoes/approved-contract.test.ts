import { describe, expect, test } from "vitest";
import type { OnIssue } from "../../../src/control/observed/issue-view.ts";
import { contractComment, readContract } from "../../../src/control/vetoes/approved-contract.ts";
import { versionWord } from "../../../src/domain/command.ts";
import type { CommentState } from "../../../src/domain/github/snapshot.ts";
import type { LedgerEvent, SealedEntry } from "../../../src/domain/ledger.ts";
import { digestOfIssue } from "../../../src/domain/order.ts";
import { renderContractComment } from "../../../src/wording/issue/contract-comment.ts";
import { CONTRACT, CONTRACT_DIGEST } from "../line.ts";

const AT = "2026-11-20T09:00:00Z";
const LATER = "2026-11-20T09:00:01Z";
const ADA = { id: 4, login: "ada", type: "User", permission: "write" } as const;
const BOT = { id: 99, login: "bot", type: "Bot", permission: "none" } as const;
const ISSUE = { number: 3, title: "Greet people", body: "by their name" };
const TEXT = digestOfIssue(ISSUE);
const BODY = renderContractComment({
  ...{ contract: CONTRACT, digest: CONTRACT_DIGEST, version: 1, approvalNeeded: true },
});
const PROPOSED: LedgerEvent = {
  ...{ kind: "proposed", contract: CONTRACT_DIGEST, issue: TEXT, comment: 8, version: 1 },
};

function comment(parts: Partial<CommentState> = {}): CommentState {
  return { id: 8, author: BOT, body: BODY, createdAt: AT, updatedAt: AT, url: "", ...parts };
}
const SAID = comment({ id: 9, author: ADA, body: "/factory approve" });

/** An issue whose contract stands proposed, where a person's comment rings. */
function viewOf(parts: object = {}, event: object = {}): OnIssue {
  const entries = [{ sequence: 1, event: { ...PROPOSED, ...event } } as SealedEntry];
  return {
    ...{ issue: ISSUE, comments: [comment()], ledger: { entries }, stage: "proposed" },
    ...{ actor: ADA, comment: SAID, input: { identity: { id: 99 } }, ...parts },
  } as unknown as OnIssue;
}

const READ = { contract: CONTRACT, contractDigest: CONTRACT_DIGEST };
const ENTRY = {
  ...{ stage: "ready", by: "person" },
  event: { kind: "approved", by: 4, contract: CONTRACT_DIGEST, issue: TEXT, comment: 9 },
};
const stale = (hint: unknown) => ({
  refusal: {
    ...{ code: "approval-stale", subject: "comment 8", hint },
    found: `digest ${CONTRACT_DIGEST}, last written ${AT}`,
  },
});
const THIS_VERSION = { code: "approve-this-version", contract: CONTRACT_DIGEST };

describe("a contract that a comment approves", () => {
  test("is read with the entry of its approval", () => {
    expect(readContract(viewOf(), {})).toStrictEqual({ ...READ, approval: [ENTRY] });
    const version = versionWord(CONTRACT_DIGEST);
    expect(readContract(viewOf({}, { version: 2 }), { version })).toStrictEqual({
      ...{ ...READ, approval: [ENTRY] },
    });
  });

  test.each([
    ["nobody", { actor: undefined }],
    ["no comment", { comment: undefined }],
  ])("brings no entry where %s is there to approve", (_what, parts) => {
    expect(readContract(viewOf(parts), {})).toStrictEqual({ ...READ, approval: [] });
  });

  test("is not approved by words about another version", () => {
    expect(readContract(viewOf({}, { version: 2 }), {})).toStrictEqual(stale(THIS_VERSION));
    expect(readContract(viewOf(), { version: "0".repeat(12) })).toStrictEqual(stale(THIS_VERSION));
  });

  test("is not approved by words that are older than it", () => {
    const written = [comment({ updatedAt: LATER })];
    const { refusal } = stale(THIS_VERSION);
    expect(readContract(viewOf({ comments: written }), {})).toStrictEqual({
      refusal: { ...refusal, found: `digest ${CONTRACT_DIGEST}, last written ${LATER}` },
    });
    const said = { ...SAID, createdAt: LATER };
    expect(readContract(viewOf({ comments: written, comment: said }), {})).toStrictEqual({
      ...{ ...READ, approval: [ENTRY] },
    });
  });

  test("is not approved where the issue says something else by now", () => {
    const issue = { ...ISSUE, body: "by their surname" };
    expect(readContract(viewOf({ issue }), {})).toStrictEqual({
      refusal: { code: "issue-changed", subject: "issue 3" },
    });
  });

  test("is another one where its words were edited", () => {
    expect(readContract(viewOf({}, { contract: "f".repeat(64) }), {})).toStrictEqual(
      stale("make-a-new-contract"),
    );
  });
});

test("a contract at another stage is held against the approval in the ledger", () => {
  const none = { code: "approval-stale", subject: "this contract", found: "no approval" };
  const refusal = { ...none, hint: "make-an-approvable-contract" };
  expect(readContract(viewOf({ stage: "ready" }), {})).toStrictEqual({ refusal });
  expect(readContract(viewOf())).toStrictEqual({ refusal });
  const entries = [PROPOSED, ENTRY.event].map((event, at) => ({ sequence: at + 1, event }));
  const view = viewOf({ ledger: { entries }, comments: [comment(), SAID], stage: "ready" });
  expect(readContract(view)).toStrictEqual({ ...READ, approval: [] });
});

describe("the comment of a contract", () => {
  const other = comment({ id: 7, body: BODY.replace("Greet people", "Greet nobody") });
  const find = (comments: readonly CommentState[], event: object = {}) =>
    contractComment(viewOf({ comments }, event))?.id;

  test("is the one that the ledger names, of the factory", () => {
    expect(find([other, comment()])).toBe(8);
    expect(find([other])).toBeUndefined();
    expect(find([comment({ author: ADA })])).toBeUndefined();
  });

  test("is the one with its digest, or the last, where the ledger names none", () => {
    const later = { ...other, id: 10 };
    expect(find([other, comment(), later], { comment: 0 })).toBe(8);
    expect(find([other, later], { comment: 0 })).toBe(10);
    expect(find([other], { comment: 0 })).toBe(7);
    const broken = comment({ id: 11, body: "### Millwright · contract\nnothing of ours" });
    expect(find([broken, comment()], { comment: 0 })).toBe(8);
  });

  test("is none where nobody proposed one", () => {
    expect(contractComment(viewOf({ ledger: { entries: [] } }))).toBeUndefined();
  });
});
