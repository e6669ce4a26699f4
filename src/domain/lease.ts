import { z } from "zod";

/**
 * The claim on an issue: the branch `factory/<issue>-<attempt>`, created at the base commit before any model call.
 * Creating a ref is atomic on GitHub (422 if it exists), so exactly one run can hold it.
 */
export const Lease = z.strictObject({
  issue: z.int().positive(),
  attempt: z.int().positive(),
  runId: z.int().nonnegative(),
});
export type Lease = z.infer<typeof Lease>;

/** The branch that reverts the merge of an attempt. */
export function revertBranchOf(lease: {
  readonly issue: number;
  readonly attempt: number;
}): string {
  return `${branchOf(lease)}-revert`;
}

/** Whether a branch belongs to a revert. */
export function isRevertBranch(branch: string): boolean {
  return leaseOfBranch(branch) !== undefined && branch.endsWith("-revert");
}

const BRANCH = /^factory\/([1-9][0-9]{0,9})-([1-9][0-9]{0,3})(?:-revert)?$/;

export function branchOf(lease: { readonly issue: number; readonly attempt: number }): string {
  return `factory/${lease.issue}-${lease.attempt}`;
}

/** The issue and attempt of a branch name; undefined for any other name. */
export function leaseOfBranch(
  branch: string,
): { readonly issue: number; readonly attempt: number } | undefined {
  const match = BRANCH.exec(branch);
  return match === null ? undefined : { issue: Number(match[1]), attempt: Number(match[2]) };
}

/** A claim whose run has ended without settling is expired. A run that cannot be found proves nothing: unknown stays held. */
export function isExpired(lease: {
  readonly settled: boolean;
  readonly run: "active" | "ended" | "unknown";
}): boolean {
  return !lease.settled && lease.run === "ended";
}
