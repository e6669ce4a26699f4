import { expect, test } from "vitest";
import type { Receipt } from "../../../src/domain/github/receipt.ts";
import { renderControlSummary } from "../../../src/wording/summaries/control-summary.ts";
import { harmOf } from "../markdown-tree.ts";

const REPOSITORY = "https://github.com/OWNER/millwright";
const SHA = "0123456789abcdef0123456789abcdef01234567";
const RECEIPTS: readonly Receipt[] = [
  { kind: "publish-commit", key: "a", outcome: "done", sha: SHA, tree: SHA },
  { kind: "open-pull-request", key: "b", outcome: "already", number: 4 },
  { kind: "set-labels", key: "c", outcome: "done" },
  { kind: "set-labels", key: "d", outcome: "done" },
  {
    kind: "merge-pull-request",
    key: "e",
    outcome: "refused",
    cause: "refused-by-github",
    status: 405,
    reason: "@user",
  },
];

test("says where the issue stands, what follows and what was written, with links", () => {
  const summary = renderControlSummary({
    headline: "publishing",
    issue: { number: 3, stage: "gating", label: "factory:gating" },
    next: "none",
    refusals: [{ code: "merge-refused", subject: "merge-pull-request", found: "405 @user" }],
    receipts: RECEIPTS,
    repository: REPOSITORY,
  });
  expect(summary.split("\n").slice(0, 3)).toEqual([
    "### control: the change is being published",
    "",
    `[Issue 3](${REPOSITORY}/issues/3) stands at \`factory:gating\`. A person is next: a pull request waits to be merged.`,
  ]);
  expect(summary).toContain(
    `**Written** [commit](${REPOSITORY}/commit/${SHA}) · [pull request 4](${REPOSITORY}/pull/4) · labels ×2`,
  );
  expect(summary).not.toContain("merge ·");
  expect(harmOf(summary).live).toEqual([]);
  expect(harmOf(summary).html).toEqual([]);
});

test("without an issue and with nothing written, two lines are enough", () => {
  expect(
    renderControlSummary({
      headline: "audit-next",
      next: "nightly",
      refusals: [],
      receipts: [],
      repository: REPOSITORY,
    }),
  ).toBe("### control: the audit is next\n\nNext in this run: the audit.\n");
});

test("names the andon labels that stop nothing, five of them at most, and leaves the rest to a count", () => {
  const idleAndons = Array.from({ length: 7 }, (_, index) => ({
    issue: index + 1,
    login: "@ada",
    permission: "triage",
    floor: "write",
  }));
  const summary = renderControlSummary({
    headline: "claim-open",
    next: "line",
    refusals: [],
    receipts: [],
    idleAndons,
    repository: REPOSITORY,
  });
  expect(summary.match(/does not stop the line/g)).toHaveLength(5);
  expect(summary).toContain("The same is true of 2 more labels.");
  expect(harmOf(summary).live).toEqual([]);
});
