import { expect, test } from "vitest";
import type { OnIssue } from "../../../src/control/observed/issue-view.ts";
import { openPullRequestOf } from "../../../src/control/observed/pull-requests.ts";
import type { PullRequestState } from "../../../src/domain/github/snapshot.ts";

const OURS = { id: 41_898_282 };
const THEIRS = { id: 7 };
const PUBLISHED = 12;

/** Issue 3, whose ledger knows that it was published as pull request 12, and one pull request beside it. */
function viewOf(pull: Partial<Omit<PullRequestState, "head">> & { readonly branch: string }) {
  const { branch, ...rest } = pull;
  const open = { number: 20, state: "open", head: { branch, sha: "a".repeat(40) }, ...rest };
  return {
    issue: { number: 3 },
    input: { identity: { ...OURS, login: "github-actions[bot]" } },
    ledger: { entries: [{ event: { kind: "published", pullRequest: PUBLISHED } }] },
    snapshot: { pullRequests: [open] },
  } as unknown as OnIssue;
}

test.each<[string, Parameters<typeof viewOf>[0], number | undefined]>([
  ["the factory's own", { branch: "factory/3-1", author: OURS }, 20],
  ["its own taking back", { branch: "factory/3-1-revert", author: OURS }, 20],
  [
    "whoever's, of a number that the ledger knows",
    { branch: "factory/3-1", author: THEIRS, number: PUBLISHED },
    PUBLISHED,
  ],
  ["one whose author nobody knows", { branch: "factory/3-1" }, 20],
  [
    "somebody else's by the name of an attempt",
    { branch: "factory/3-1", author: THEIRS },
    undefined,
  ],
  [
    "somebody else's by the name of a taking back",
    { branch: "factory/3-1-revert", author: THEIRS },
    undefined,
  ],
  ["a closed one", { branch: "factory/3-1", author: OURS, state: "closed" }, undefined],
  ["another issue's", { branch: "factory/4-1", author: OURS }, undefined],
])("%s, open: %j counts as %s", (_, pull, number) => {
  expect(openPullRequestOf(viewOf(pull))?.number).toBe(number);
});
