import { describe, expect, test } from "vitest";
import {
  approvalOf,
  attemptsOfSeries,
  highestAttempt,
  highestBranch,
  readLedger,
  refuseRollback,
  refuseUnknownBranch,
  retryPast,
  unrecordedClaims,
} from "../../../../src/control/observed/ledger/ledger.ts";
import { ownComments } from "../../../../src/control/observed/ledger/own-comments.ts";
import { digestOf } from "../../../../src/domain/digest.ts";
import type { CommentState } from "../../../../src/domain/github/snapshot.ts";
import type { LedgerEvent, SealedEntry } from "../../../../src/domain/ledger.ts";
import { CONTRACT_MARKER } from "../../../../src/wording/issue/contract-comment.ts";
import { LEDGER_MARKER } from "../../../../src/wording/issue/ledger-comment.ts";

function entriesOf(...events: readonly LedgerEvent[]): readonly SealedEntry[] {
  return events.map((event, index) => ({
    sequence: index + 1,
    at: "2026-01-02T03:04:05Z",
    run: 1,
    stage: "ready",
    event,
    seal: "none",
  }));
}

const CONTRACT = digestOf("the contract");
const ISSUE = digestOf("the issue");
const OTHER = digestOf("another");
const submitted: LedgerEvent = { kind: "submitted", by: 1, issue: ISSUE };
const claimed: LedgerEvent = {
  kind: "claimed",
  attempt: 1,
  branch: "factory/1-1",
  base: "a".repeat(40),
};
const sentBack: LedgerEvent = { kind: "sent-back", attempt: 1, findings: [] };

function proposed(parts: { readonly contract?: string; readonly issue?: string } = {}) {
  const event = { kind: "proposed", contract: CONTRACT, issue: ISSUE, comment: 2, version: 1 };
  return { ...event, ...parts } as LedgerEvent;
}

function approved(
  parts: { readonly contract?: string; readonly issue?: string; readonly comment?: number } = {},
) {
  const event = { kind: "approved", by: 1, contract: CONTRACT, issue: ISSUE, comment: 3 };
  return { ...event, ...parts } as LedgerEvent;
}

function commanded(command: string): LedgerEvent {
  return { kind: "commanded", by: 1, command, comment: 4 };
}

describe("the approval that is in force", () => {
  test.each<readonly [string, readonly LedgerEvent[], number | undefined]>([
    ["nothing", [], undefined],
    ["a contract that nobody approved", [proposed()], undefined],
    ["an approval of nothing", [approved()], undefined],
    ["an approved contract", [proposed(), approved()], 2],
    ["an approval given before the contract was proposed", [approved(), proposed()], undefined],
    ["the same contract, proposed again", [proposed(), approved(), proposed()], undefined],
    ["approved again", [proposed(), approved(), proposed(), approved()], 4],
    ["approved twice", [proposed(), approved(), approved()], 3],
    ["an approval of another contract", [proposed(), approved({ contract: OTHER })], undefined],
    ["an approval for another issue text", [proposed(), approved({ issue: OTHER })], undefined],
    ["an older contract", [proposed({ contract: OTHER }), proposed(), approved()], 3],
  ])("%s: entry %#", (_, events, sequence) => {
    expect(approvalOf(entriesOf(...events))?.sequence).toBe(sequence);
  });
});

describe("attempts of a series", () => {
  test.each<readonly [string, readonly LedgerEvent[], number]>([
    ["none", [submitted, proposed(), approved()], 0],
    ["one", [submitted, proposed(), approved(), claimed], 1],
    ["each claim counts", [submitted, claimed, sentBack, claimed], 2],
    ["a new submission begins anew", [claimed, submitted, claimed], 1],
    ["a person's approval begins anew", [claimed, approved(), claimed], 1],
    ["the config's approval does not", [claimed, approved({ comment: 0 }), claimed], 2],
    ["an approval as the first comment does", [claimed, approved({ comment: 1 }), claimed], 1],
    ["a retry begins anew", [claimed, claimed, commanded("retry")], 0],
    ["a retry past branches does", [claimed, commanded("retry past attempt 3"), claimed], 1],
    ["a resume does", [claimed, commanded("resume"), claimed], 1],
    ["a rework does", [claimed, commanded("rework: kinder"), claimed], 1],
    ["an approved lockfile does", [claimed, commanded(`approve lockfile ${OTHER}`), claimed], 1],
    ["a stop does not", [claimed, commanded("stop"), claimed], 2],
    ["a status does not", [claimed, commanded("status"), claimed], 2],
    ["a word inside another does not", [claimed, commanded("do not retry"), claimed], 2],
    ["being sent back does not", [claimed, sentBack, claimed], 2],
  ])("%s", (_, events, attempts) => {
    expect(attemptsOfSeries(entriesOf(...events))).toBe(attempts);
  });
});

describe("attempts that branches and the ledger name", () => {
  const claim = (attempt: number): LedgerEvent => ({ ...claimed, attempt }) as LedgerEvent;
  const branches = (...names: readonly string[]) =>
    names.map((name) => ({ name, sha: "a".repeat(40) }));

  test("the highest counts, and only of this issue", () => {
    expect(highestBranch(branches("factory/1-2", "factory/1-10", "factory/2-40", "main"), 1)).toBe(
      10,
    );
    expect(highestBranch(branches("main"), 1)).toBe(0);
    expect(highestAttempt(entriesOf(claim(2), claim(1)))).toBe(2);
    expect(highestAttempt(entriesOf(claim(2), commanded("retry past attempt 13")))).toBe(13);
    expect(highestAttempt(entriesOf(commanded("do not retry past attempt 3")))).toBe(0);
    expect(highestAttempt(entriesOf(commanded("retry past attempt 3 or so")))).toBe(0);
    expect(highestAttempt([])).toBe(0);
  });

  test("a retry says which branches a person has seen", () => {
    expect([0, 1, 12].map(retryPast)).toEqual([
      "retry",
      "retry past attempt 1",
      "retry past attempt 12",
    ]);
  });

  test.each<readonly [readonly LedgerEvent[], string | undefined]>([
    [[], "the ledger knows no attempt"],
    [[claim(1)], "the ledger knows attempts up to 1"],
    [[claim(2)], undefined],
    [[claim(3)], undefined],
    [[commanded("retry past attempt 2")], undefined],
  ])("a second branch beside %#", (events, found) => {
    const ledger = { entries: entriesOf(...events), comment: 1 };
    const seen = { ledger, comments: [], branches: branches("factory/1-2"), issue: { number: 1 } };
    expect(refuseUnknownBranch(seen)).toEqual(refuseRollback(seen));
    expect(refuseRollback(seen)).toEqual(
      found && {
        code: "ledger-invalid",
        subject: "branch factory/1-2",
        found,
        hint: "look-at-the-branch",
      },
    );
  });
});

describe("a branch that the ledger does not know", () => {
  const at = "2026-01-02T03:04:05Z";
  const someone = { id: 99, login: "bot", type: "Bot", permission: "none" } as const;
  const writer = { id: 5, login: "wil", type: "User", permission: "write" } as const;
  const comment = (id: number, parts: Partial<CommentState>): CommentState => ({
    id,
    author: someone,
    body: LEDGER_MARKER,
    createdAt: at,
    updatedAt: at,
    url: "",
    ...parts,
  });
  const asked = (parts: Partial<CommentState>) => ({
    author: writer,
    body: "/factory status",
    ...parts,
  });

  test.each<readonly [string, boolean, readonly CommentState[], boolean]>([
    ["untouched, and the ledger is as its last line left it", true, [comment(1, {})], true],
    ["holding something", false, [comment(1, {})], false],
    [
      "untouched, the ledger written some minutes after",
      true,
      [comment(1, { updatedAt: "2026-01-02T03:07:05Z" })],
      true,
    ],
    [
      "untouched, the ledger edited later",
      true,
      [comment(1, { updatedAt: "2026-01-02T03:07:06Z" })],
      false,
    ],
    [
      "untouched, the ledger edited later because a person asked",
      true,
      [
        comment(1, { updatedAt: "2026-01-02T05:07:06Z" }),
        comment(2, asked({ createdAt: "2026-01-02T05:06:06Z" })),
      ],
      true,
    ],
    [
      "untouched, the ledger edited later, and only a stranger asked",
      true,
      [
        comment(1, { updatedAt: "2026-01-02T05:07:06Z" }),
        comment(2, asked({ author: someone, createdAt: "2026-01-02T05:06:06Z" })),
      ],
      false,
    ],
  ])("%s", (_name, untouched, comments, isClaim) => {
    const sha = "a".repeat(40);
    const branch = { name: "factory/1-1", sha, ...(untouched ? { untouched: true as const } : {}) };
    const ledger = { entries: entriesOf(approved()), comment: 1 };
    const seen = { ledger, comments, branches: [branch], issue: { number: 1 } };
    expect(unrecordedClaims(seen)).toEqual(isClaim ? [branch] : undefined);
    expect(refuseRollback(seen)?.code).toBe(isClaim ? undefined : "ledger-invalid");
    expect(refuseUnknownBranch(seen)?.code).toBe("ledger-invalid");
  });

  test.each<readonly [string, readonly number[], boolean]>([
    ["the next two", [1, 2], true],
    ["in any order", [3, 1, 2], true],
    ["one is missing in between", [1, 3], false],
    ["far beyond", [9_999], false],
  ])("claims count without gaps: %s", (_name, attempts, areClaims) => {
    const branches = attempts.map((attempt) => ({
      name: `factory/1-${attempt}`,
      sha: "a".repeat(40),
      untouched: true as const,
    }));
    const ledger = { entries: entriesOf(approved()), comment: 1 };
    const seen = { ledger, branches, comments: [comment(1, {})], issue: { number: 1 } };
    expect(unrecordedClaims(seen)).toEqual(areClaims ? branches : undefined);
  });
});

describe("the comment that holds the ledger", () => {
  const author = { id: 99, login: "bot", type: "Bot", permission: "none" } as const;
  const at = "2026-01-02T03:04:05Z";
  const comment = (id: number, body: string): CommentState => ({
    id,
    author,
    body,
    createdAt: at,
    updatedAt: at,
    url: "",
  });
  const read = (
    comments: readonly CommentState[],
    queued = false,
    shown: Partial<Parameters<typeof readLedger>[1]> = {},
  ) =>
    readLedger(comments, { identity: 99, place: { repositoryId: 1, issue: 1 }, queued, ...shown });
  const broken = comment(5, `${LEDGER_MARKER}\nnothing of ours`);
  const contract = comment(4, `${CONTRACT_MARKER}\n`);

  test("is none where there is no comment of ours", () => {
    const theirs = { ...broken, author: { ...author, id: 98 } };
    expect(read([theirs, comment(6, "hello")])).toEqual({ entries: [], comment: null });
  });

  test("is missed where a contract stands on an issue that has moved on", () => {
    expect(read([contract], true)).toEqual({ entries: [], comment: null });
    expect(read([contract])).toEqual({
      entries: [],
      comment: null,
      refusal: {
        code: "ledger-invalid",
        subject: "the ledger",
        found: "it is gone, and comment 4 still holds a contract",
        hint: "start-anew",
      },
    });
  });

  const attempt = { name: "factory/1-2", sha: "a".repeat(40) };

  test.each(["building", "gating", "smoking", "needs-human"] as const)(
    "is missed at %s where a branch of an attempt is all that is left",
    (stage) => {
      const { refusal } = read([], false, { stages: [stage], branches: [attempt] });
      expect(refusal).toMatchObject({
        code: "ledger-invalid",
        found: "it is gone, and branch factory/1-2 of an attempt is still there",
        hint: "start-anew",
      });
    },
  );

  test.each<readonly [string, Partial<Parameters<typeof readLedger>[1]>]>([
    ["no label says that an attempt was made", { branches: [attempt] }],
    ["the label is of a stage before any attempt", { stages: ["ready"], branches: [attempt] }],
    ["there is no branch", { stages: ["gating"] }],
    [
      "the branch is no attempt's",
      { stages: ["gating"], branches: [{ ...attempt, name: "factory/1-two" }] },
    ],
  ])("is not missed where %s", (_name, shown) => {
    expect(read([], false, shown)).toEqual({ entries: [], comment: null });
  });

  test("is not believed where it cannot be read", () => {
    expect(read([broken])).toEqual({
      entries: [],
      comment: 5,
      refusal: {
        code: "ledger-invalid",
        subject: "comment 5",
        found: expect.stringMatching(/\w/),
      },
    });
  });

  test("is a person's to choose where there are two", () => {
    expect(read([{ ...broken, id: 12 }, broken])).toEqual({
      entries: [],
      comment: 5,
      refusal: {
        code: "ledger-invalid",
        subject: "comment 5",
        found: "comment 12 claims to be the ledger, too",
        hint: "delete-the-other-ledger",
      },
      ambiguous: true,
    });
  });

  test("is known by its first line, whatever ends it, and the oldest comes first", () => {
    const comments = [
      comment(12, "mark\r\nmore"),
      comment(7, "mark"),
      comment(9, "mark\n"),
      comment(3, "marked"),
      comment(2, "one\nmark"),
    ];
    expect(ownComments(comments, 99, "mark").map(({ id }) => id)).toEqual([7, 9, 12]);
    expect(ownComments(comments, 98, "mark")).toEqual([]);
  });
});
