import { describe, expect, test } from "vitest";
import type { OnIssue } from "../../../../src/control/observed/issue-view.ts";
import { refuseLease } from "../../../../src/control/tasks/attempt/lease.ts";
import type { LineOrder } from "../../../../src/domain/order.ts";

const BASE = "a".repeat(40);
const OURS = "b".repeat(40);
const THEIRS = "c".repeat(40);
const RUN = 7;
const BRANCH = "factory/3-1";
const ORDER = { attempt: 1, base: BASE } as LineOrder;

interface Seen {
  readonly stage?: string;
  readonly run?: number;
  /** Where the branch of the attempt stands; null where it is gone. */
  readonly head?: string | null;
  /** The head of its pull request as GitHub's list shows it. */
  readonly listed?: string;
  readonly isMerged?: true;
  /** What this run published, by its receipt. */
  readonly published?: string;
  /** The last command of a person, and whether it was said before the claim. */
  readonly command?: { readonly word: string; readonly isEarlier: boolean };
}

/** Attempt 1 at issue 3, claimed in the fifth line of its ledger. */
function viewOf({ stage = "building", run = RUN, head = BASE, ...seen }: Seen): OnIssue {
  const { listed, isMerged = false, published, command } = seen;
  const claimed = { kind: "claimed", attempt: 1, branch: BRANCH, base: BASE };
  const said = command && {
    sequence: command.isEarlier ? 4 : 6,
    event: { kind: "commanded", command: command.word },
  };
  return {
    stage,
    input: { run: { id: RUN } },
    ledger: { entries: [{ sequence: 5, run, event: claimed }, ...(said ? [said] : [])] },
    branches: head === null ? [] : [{ name: BRANCH, sha: head }],
    snapshot: {
      pullRequests:
        listed === undefined ? [] : [{ head: { branch: BRANCH, sha: listed }, merged: isMerged }],
    },
    receipts:
      published === undefined
        ? []
        : [{ kind: "publish-commit", key: "k", outcome: "done", sha: published, tree: THEIRS }],
  } as unknown as OnIssue;
}

describe("a claim is this run's", () => {
  test.each<[string, Seen]>([
    ["untouched since", {}],
    ["behind its own commit, whose pull request is listed", { head: OURS, listed: OURS }],
    ["behind its own commit, which only its receipt knows", { head: OURS, published: OURS }],
    ["behind its merge, whose branch is gone", { head: null, listed: OURS, isMerged: true }],
  ])("%s", (_, seen) => {
    expect(refuseLease(viewOf(seen), ORDER)).toBeUndefined();
  });
});

describe("a claim is lost", () => {
  const moved = `its branch was moved to ${THEIRS}`;

  test.each<[string, Seen, string, string]>([
    ["its branch is gone", { head: null }, "claim-lost", "its branch is gone"],
    ["somebody pushed", { head: THEIRS }, "claim-lost", moved],
    [
      "somebody pushed on top of what is listed",
      { head: THEIRS, listed: OURS },
      "claim-lost",
      moved,
    ],
    [
      "somebody pushed on top of what this run published",
      { head: THEIRS, published: OURS },
      "claim-lost",
      moved,
    ],
    ["another run holds it", { run: 8 }, "claim-taken", "run 8 holds it"],
    [
      "a person stopped it",
      { stage: "needs-human", command: { word: "stop", isEarlier: false } },
      "stopped-by-person",
      "the issue stands at needs-human",
    ],
    [
      "a stop before the claim is over",
      { head: THEIRS, command: { word: "stop", isEarlier: true } },
      "claim-lost",
      moved,
    ],
    [
      "another word since is no stop",
      { stage: "queued", command: { word: "rework", isEarlier: false } },
      "claim-lost",
      "the issue stands at queued",
    ],
  ])("%s", (_, seen, code, found) => {
    expect(refuseLease(viewOf(seen), ORDER)).toMatchObject({ code, found });
  });

  test("an issue whose ledger knows no claim has none to lose", () => {
    const view = { ...viewOf({}), ledger: { entries: [] } } as unknown as OnIssue;
    const refusal = refuseLease(view, ORDER);
    expect(refusal).toMatchObject({ code: "claim-lost", found: "no attempt is claimed" });
  });
});
