import { expect, test } from "vitest";
import {
  branchOf,
  isExpired,
  isRevertBranch,
  leaseOfBranch,
  revertBranchOf,
} from "../../src/domain/lease.ts";

const LEASE = { issue: 12, attempt: 3 };

test("the branch of an attempt, and that of the change which takes it back, name it", () => {
  expect([branchOf(LEASE), revertBranchOf(LEASE)]).toEqual(["factory/12-3", "factory/12-3-revert"]);
  for (const branch of [branchOf(LEASE), revertBranchOf(LEASE)])
    expect(leaseOfBranch(branch)).toEqual(LEASE);
});

test.each([
  ["factory/12-3-revert", true],
  ["factory/12-3", false],
  ["factory/x-revert", false],
  ["-revert", false],
  ["", false],
])("%s takes something back: %j", (branch, is) => {
  expect(isRevertBranch(branch)).toBe(is);
});

test.each([
  "factory/0-1",
  "factory/1-0",
  "factory/12",
  "factory/12-3-reverted",
  "x/factory/12-3",
  "factory/12-3/x",
  "factory/12345678901-1",
  "factory/1-12345",
])("%s is no branch of an attempt", (branch) => {
  expect(leaseOfBranch(branch)).toBeUndefined();
});

test.each([
  [false, "ended", true],
  [true, "ended", false],
  [false, "active", false],
  [false, "unknown", false],
] as const)("settled %j, its run %s: expired %j", (settled, run, expired) => {
  expect(isExpired({ settled, run })).toBe(expired);
});
