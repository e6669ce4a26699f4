import { describe, expect, test } from "vitest";
import { refusalOfReceipt } from "../../../src/control/observed/receipts.ts";
import type { EffectKind } from "../../../src/domain/github/effect.ts";
import type { Failed, Failure } from "../../../src/domain/github/receipt.ts";
import { sayRefusal } from "../../../src/wording/refusals.ts";

const failed = (kind: EffectKind, failure: Failure) =>
  ({ kind, key: "x", outcome: "refused", ...failure }) as Failed;
const no = (kind: EffectKind, status: number) =>
  failed(kind, { cause: "refused-by-github", status, reason: "Validation Failed" });

test.each([
  ["open-pull-request", 422, "effect-refused"],
  ["set-labels", 500, "effect-refused"],
  ["open-pull-request", 403, "permission-missing"],
  ["dispatch-workflow", 404, "permission-missing"],
  ["claim-branch", 422, "effect-refused"],
  ["publish-commit", 422, "effect-refused"],
  ["merge-pull-request", 409, "merge-refused"],
] as const)("GitHub's no to %s with %d is %s", (kind, status, code) => {
  expect(refusalOfReceipt(no(kind, status))).toMatchObject({
    code,
    subject: kind,
    found: `${status} Validation Failed`,
  });
});

test("a pull request that a token may not open names the setting to tick", () => {
  expect(sayRefusal(refusalOfReceipt(no("open-pull-request", 403)))).toMatch(
    /Allow GitHub Actions to create and approve pull requests/,
  );
});

test.each([
  ["claim-branch", 422, "Reference update failed", "look-at-the-rules"],
  ["publish-commit", 422, "Commits must have verified signatures.", "look-at-the-rules"],
  ["publish-commit", 403, "Resource not accessible", undefined],
  [
    "merge-pull-request",
    405,
    "Merge commits are not allowed on this repository.",
    "allow-merge-commits",
  ],
  ["merge-pull-request", 405, "Pull Request is not mergeable", undefined],
] as const)("%s answered %d %s: what a person looks at is %s", (kind, status, reason, hint) => {
  const cause = "refused-by-github";
  const refusal = refusalOfReceipt(failed(kind, { cause, status, reason }));
  expect(refusal.hint).toBe(hint);
  expect(refusal.found).toBe(`${status} ${reason}`);
});

describe("every other cause says its own reason", () => {
  const withheld = { code: "secret-found", subject: "body" } as const;
  test.each<readonly [string, Failure, object]>([
    [
      "no answer",
      { cause: "no-answer", reason: "socket hang up" },
      { code: "effect-unanswered", subject: "merge-pull-request", found: "socket hang up" },
    ],
    [
      "a merge that came out differently",
      { cause: "refused-by-us", code: "tree-mismatch", did: "something-else", reason: "tree b" },
      { code: "tree-mismatch", subject: "merge-pull-request", found: "tree b" },
    ],
    [
      "a pull request that goes elsewhere",
      { cause: "refused-by-us", code: "merge-refused", did: "nothing", reason: "to release" },
      { code: "merge-refused", subject: "merge-pull-request", found: "to release" },
    ],
    ["an effect that was withheld", { cause: "withheld", refusal: withheld }, withheld],
  ])("%s", (_name, failure, refusal) => {
    expect(refusalOfReceipt(failed("merge-pull-request", failure))).toEqual(refusal);
  });
});
