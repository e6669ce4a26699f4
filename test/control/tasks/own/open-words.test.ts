import { describe, expect, test } from "vitest";
import type { OnIssue } from "../../../../src/control/observed/issue-view.ts";
import { filesToCompare, threadsToAnswer } from "../../../../src/control/tasks/own/answers.ts";
import {
  changeRequests,
  findingsOf,
  heardEntries,
  lastWords,
  openThreads,
  remarksOn,
} from "../../../../src/control/tasks/own/open-words.ts";
import type {
  ReviewState,
  ReviewThread,
  Said,
} from "../../../../src/domain/github/owned-pull-request.ts";
import type { LineOrder } from "../../../../src/domain/order.ts";
import type { ImplementProposal } from "../../../../src/domain/proposal.ts";
import { viewOf } from "../../outcome/building.ts";

const VIEW = viewOf();
const OWN = {
  id: VIEW.input.identity.id,
  login: "factory",
  type: "Bot",
  permission: "write",
} as const;
const WIL = { id: 5, login: "wil", type: "User", permission: "write" } as const;
const REA = { id: 6, login: "rea", type: "User", permission: "read" } as const;
const AT = "2026-11-20T09:00:00Z";

const said = (id: number, author: Said["author"], body: string): Said => ({
  ...{ id, author, body, createdAt: AT, updatedAt: AT },
});
const thread = (id: number, comments: readonly Said[], change: Partial<ReviewThread> = {}) => ({
  ...{ id, path: `src/${id}.ts`, line: id, node: null, settled: false, comments },
  ...change,
});
const review = (id: number, author: Said["author"], state: ReviewState["state"]) => ({
  ...said(id, author, `words of ${id}`),
  state,
});

function viewWith(threads: readonly ReviewThread[], reviews: readonly ReviewState[] = []): OnIssue {
  const owned = { pullRequest: 9, comments: [], threads, reviews, behind: false };
  return { ...VIEW, owned };
}

describe("a thread", () => {
  test.each<readonly [string, ReviewThread, boolean]>([
    ["whose last word is a person's with write", thread(1, [said(1, WIL, "Name it.")]), true],
    ["that a person resolved", thread(1, [said(1, WIL, "Name it.")], { settled: true }), false],
    ["whose last word is a stranger's", thread(1, [said(1, REA, "Name it.")]), false],
    ["in which nobody said anything", thread(1, []), false],
    ["whose last word is blank", thread(1, [said(1, WIL, " \n")]), false],
    ["whose last word is a command", thread(1, [said(1, WIL, "/factory retry")]), false],
    ["that a stranger goes on", thread(1, [said(1, WIL, "Name it."), said(2, REA, "No.")]), false],
    [
      "that somebody opened again",
      thread(1, [said(1, OWN, "Done."), said(2, WIL, "Not yet.")]),
      true,
    ],
  ])("%s is open, or is not", (_, one, isOpen) => {
    expect(openThreads(viewWith([one]))).toEqual(isOpen ? [one] : []);
  });

  test("is nowhere where no pull request was seen", () => {
    const { owned: _, ...blind } = viewWith([]);
    expect([openThreads(blind), lastWords(blind), changeRequests(blind)]).toEqual([[], [], []]);
  });
});

describe("of open threads and reviews", () => {
  const named = thread(1, [said(10, WIL, "Old."), said(11, OWN, "Done."), said(12, WIL, "More.")]);
  const whole = thread(2, [said(20, WIL, "Drop it."), said(21, WIL, "All.")], { line: null });
  const asks = review(30, WIL, "changes-requested");
  const view = viewWith([named, whole], [asks]);

  test("the last words are told by their ids", () => {
    expect(lastWords(view)).toEqual([12, 21]);
  });

  test("the ledger has in brief what was said since the last answer", () => {
    expect(findingsOf(view)).toEqual([
      "wil: words of 30",
      "src/1.ts:1 wil: More.",
      "src/2.ts wil: Drop it. wil: All.",
    ]);
    const many = viewWith(
      Array.from({ length: 12 }, (_, at) => thread(at + 1, [said(at, WIL, "x".repeat(500))])),
    );
    expect(findingsOf(many)).toHaveLength(9);
    for (const finding of findingsOf(many)) expect(finding.length).toBeLessThanOrEqual(300);
  });

  test("whoever builds next has all of it, in place", () => {
    expect(remarksOn(view)).toEqual([
      { author: WIL, body: "words of 30" },
      { author: WIL, body: "On src/1.ts:1 of the last attempt: More." },
      { author: WIL, body: "On src/2.ts of the last attempt: Drop it." },
      { author: WIL, body: "On src/2.ts of the last attempt: All." },
    ]);
  });

  test.each<readonly [string, readonly ReviewState[], readonly number[]]>([
    ["the one that asks", [asks], [30]],
    ["none that a later word takes back", [asks, review(31, WIL, "approved")], []],
    ["one that a remark leaves standing", [asks, review(31, WIL, "commented")], [30]],
    ["none of a stranger", [review(30, REA, "changes-requested")], []],
    ["the last of each", [asks, review(31, WIL, "changes-requested")], [31]],
  ])("change requests are %s", (_, reviews, ids) => {
    const asked = viewWith([], reviews);
    expect(changeRequests(asked).map(({ id }) => id)).toEqual(ids);
    expect(heardEntries(asked)).toEqual(
      ids.map((comment) => ({
        ...{ stage: "ready", by: "person" },
        event: { kind: "commanded", by: WIL.id, command: "rework in a review", comment },
      })),
    );
  });
});

describe("the threads that an attempt answers", () => {
  const [HEAD, BASE] = ["d".repeat(40), "a".repeat(40)];
  const continues = { pullRequest: 9, branch: "factory/1-1", head: HEAD };
  const order = (parts: object) => ({ base: BASE, attempt: 2, ...parts }) as unknown as LineOrder;
  const view = viewWith([
    thread(1, [said(10, WIL, "Name it.")]),
    thread(2, [said(20, WIL, "Drop it.")], { line: null }),
    thread(3, [said(30, WIL, "Later.")]),
  ]);
  const idsFor = (parts: object) => threadsToAnswer(view, order(parts)).map(({ id }) => id);

  test.each<readonly [string, object, readonly number[]]>([
    ["those of whose last word it was told", { continues, told: [10, 20] }, [1, 2]],
    ["none where it was told of none", { continues }, []],
    ["none where it goes on with nothing", { told: [10, 20] }, []],
  ])("are %s", (_, parts, ids) => {
    expect(idsFor(parts)).toEqual(ids);
  });

  test("have the files of their lines compared, before and after, and no other", () => {
    const made = (...paths: readonly string[]) =>
      ({ changeSet: { files: paths.map((path) => ({ path })) } }) as unknown as ImplementProposal;
    const told = order({ continues, told: [10, 20, 30] });
    expect(filesToCompare(view, told, made("src/1.ts"))).toEqual([
      { commit: HEAD, path: "src/1.ts" },
      { commit: HEAD, path: "src/3.ts" },
      { commit: BASE, path: "src/3.ts" },
    ]);
    expect(filesToCompare(view, order({ told: [10] }), made())).toEqual([]);
  });
});
