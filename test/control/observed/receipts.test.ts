import { expect, test } from "vitest";
import { refusalOfReceipt } from "../../../src/control/observed/receipts.ts";
import type { EffectKind } from "../../../src/domain/effect.ts";

const no = (kind: EffectKind, status: number) =>
  ({ kind, key: "x", outcome: "refused", status, reason: "Validation Failed" }) as const;

test.each([
  ["open-pull-request", 422, "effect-refused"],
  ["set-labels", 500, "effect-refused"],
  ["open-pull-request", 403, "permission-missing"],
  ["dispatch-workflow", 404, "permission-missing"],
  ["claim-branch", 422, "claim-taken"],
  ["publish-commit", 422, "tree-mismatch"],
  ["merge-pull-request", 409, "merge-refused"],
] as const)("GitHub's no to %s with %d is %s", (kind, status, code) => {
  expect(refusalOfReceipt(no(kind, status))).toMatchObject({
    code,
    subject: kind,
    found: `${status} Validation Failed`,
  });
});

test("a pull request that a token may not open names the setting to tick", () => {
  expect(refusalOfReceipt(no("open-pull-request", 403)).next).toMatch(
    /Allow GitHub Actions to create and approve pull requests/,
  );
});
