import { describe, expect, test } from "vitest";
import { NO_FILES } from "../../../../src/control/observed/files.ts";
import {
  isOnIssue,
  type OnIssue,
  readSituation,
} from "../../../../src/control/observed/issue-view.ts";
import { followClosing, routeClosing } from "../../../../src/control/tasks/route/closed-by-hand.ts";
import type { IssueState, PullRequestState } from "../../../../src/domain/github/snapshot.ts";
import { controlInput, doorbell, newLine } from "../../line.ts";
import { gating, PERSON_MERGES } from "../own/gating.ts";

const line = newLine({ config: PERSON_MERGES });
const issue = await gating(line);
const live = await line.github.observe({ prefix: "factory:", issues: [issue] });
const place = { github: line.github, run: line.nextRun(), sealKey: line.sealKey };
const input = controlInput("route", { event: doorbell(line.github, issue), issue }, place);

/** An issue whose pull request waits for a person; with what a person did since. */
function viewOf(pull: Partial<PullRequestState> = {}, seen: Partial<IssueState> = {}): OnIssue {
  const snapshot = {
    ...live,
    issues: live.issues.map((one) => ({ ...one, issue: { ...one.issue, ...seen } })),
    pullRequests: live.pullRequests.map((one) => ({ ...one, ...pull })),
  };
  const now = "2026-11-20T12:00:00Z";
  const view = readSituation({ input, snapshot, now, receipts: [], files: NO_FILES });
  if (!isOnIssue(view)) throw new Error("it is on an issue");
  return view;
}

const CLOSED = {
  code: "pull-request-closed",
  subject: "pull request 2",
  found: "it is closed",
  accepted: "an open pull request",
};
const OPEN = {
  code: "pull-request-open",
  subject: "pull request 2",
  found: "it is still open",
  accepted: "one pull request of an issue at a time",
  hint: "merge-or-close-then-comment",
};
const ISSUE_CLOSED = {
  code: "issue-changed",
  subject: `issue ${issue}`,
  found: "it is closed",
  accepted: "an open issue that is not locked",
  hint: "open-or-unlock",
};
const DUPLICATE = {
  code: "issue-duplicate",
  subject: `issue ${issue}`,
  found: "it is marked as a duplicate of issue 40",
  hint: {
    code: "go-on-with-the-other",
    issue: 40,
    url: "https://github.com/OWNER/app/issues/40",
  },
};
const MERGED = { state: "closed", merged: true } as const;

describe("what a person closed by hand", () => {
  test.each<
    readonly [string, Partial<PullRequestState>, Partial<IssueState>, readonly object[] | undefined]
  >([
    ["neither", {}, {}, undefined],
    ["the pull request", { state: "closed" }, {}, [CLOSED]],
    ["the issue, and its pull request is left", {}, { state: "closed" }, [ISSUE_CLOSED, OPEN]],
    ["both: nothing is asked", { state: "closed" }, { state: "closed" }, undefined],
    ["the pull request by its merge", MERGED, {}, undefined],
    ["both by the merge", MERGED, { state: "closed" }, undefined],
    ["nothing, but locked the issue", {}, { locked: true }, undefined],
    [
      "nothing, but marked the issue as a duplicate",
      {},
      { duplicateOf: { number: 40 } },
      [DUPLICATE, OPEN],
    ],
    [
      "the pull request of a duplicate",
      { state: "closed" },
      { duplicateOf: { number: 40 } },
      [DUPLICATE, CLOSED],
    ],
  ])("%s", (_, pull, seen, refusals) => {
    const decision = followClosing(viewOf(pull, seen));
    expect(decision?.refusals).toEqual(refusals);
    if (decision !== undefined) {
      expect(decision).toMatchObject({ next: "none", stage: "needs-human", issue });
      expect(decision.effects.map(({ kind }) => kind)).toContain("write-comment");
    }
  });
});

describe("the event of a closing", () => {
  const closed = () => viewOf({ state: "closed" });
  const close = { pullRequest: 2 };

  test("is followed where the pull request is the one that waits", () => {
    expect(routeClosing(closed(), close)).toEqual(followClosing(closed()));
    expect(routeClosing(closed(), close)?.refusals).toEqual([CLOSED]);
  });

  test.each<readonly [string, () => Parameters<typeof routeClosing>[0]]>([
    ["on no issue", () => ({ ...closed(), issue: undefined })],
    ["where it does not wait", () => ({ ...closed(), stage: "needs-human" })],
    [
      "beside a ledger that nobody trusts",
      () => ({
        ...closed(),
        ledger: { ...closed().ledger, refusal: { code: "ledger-invalid", subject: "comment 1" } },
      }),
    ],
    ["after a merge", () => viewOf(MERGED)],
    ["where it is open again", () => viewOf()],
  ])("is nobody's %s", (_, view) => {
    expect(routeClosing(view(), close)).toBeUndefined();
  });

  test("is nobody's of another pull request, nor where nobody knows one", () => {
    expect(routeClosing(closed(), { pullRequest: 3 })).toBeUndefined();
    const view = closed();
    const unlisted = { ...view, snapshot: { ...view.snapshot, pullRequests: [] } };
    expect(routeClosing(unlisted, close)).toBeUndefined();
  });
});
