import type { BranchState } from "../../../domain/github/snapshot.ts";
import { leaseOfBranch } from "../../../domain/lease.ts";
import { isPageOf } from "../../../domain/ledger/pages.ts";
import type { Refusal } from "../../../domain/refusal.ts";
import type { Stage } from "../../../domain/stage.ts";
import { CONTRACT_MARKER } from "../../../wording/issue/contract-comment.ts";
import { LEDGER_MARKER } from "../../../wording/issue/ledger-comment.ts";
import { ownComments, type Said } from "./own-comments.ts";

/** What an issue shows besides its comments. */
export interface Shown {
  /** Whether the label says that nothing was written yet. */
  readonly queued: boolean;
  /** Stages that its labels claim; absent if none. */
  readonly stages?: readonly Stage[];
  /** Branches of its attempts; absent if none. */
  readonly branches?: readonly BranchState[];
}

/** Stages that need a claimed attempt, except the last one, at which somebody was asked about it. */
const AFTER_A_CLAIM: readonly Stage[] = ["building", "gating", "smoking", "needs-human"];

/**
 * Why an issue without a ledger is not new; undefined if it is. A job that writes a contract also writes a ledger; a
 * page and an attempt need a ledger, too. Any of them alone, on an issue that has moved on, shows a lost history.
 * Anybody can make a branch, so it counts only if a label says that an attempt was made.
 */
export function refuseWithoutLedger(
  comments: readonly Said[],
  context: Shown & { readonly identity: number },
): Refusal | undefined {
  if (context.queued) return undefined;
  const left = commentLeft(comments, context.identity) ?? branchLeft(context);
  if (left === undefined) return undefined;
  return {
    code: "ledger-invalid",
    subject: "the ledger",
    found: `it is gone, and ${left}`,
    hint: "start-anew",
  };
}

function commentLeft(comments: readonly Said[], identity: number): string | undefined {
  const [contract] = ownComments(comments, identity, CONTRACT_MARKER);
  if (contract !== undefined) return `comment ${contract.id} still holds a contract`;
  const page = comments.find(({ author, body }) => {
    return author.id === identity && isPageOf(LEDGER_MARKER, body);
  });
  return page === undefined ? undefined : `comment ${page.id} still holds a page of it`;
}

function branchLeft({ stages = [], branches = [] }: Shown): string | undefined {
  const claim = branches.find(({ name }) => leaseOfBranch(name) !== undefined);
  const isAttempted = stages.some((stage) => AFTER_A_CLAIM.includes(stage));
  return claim === undefined || !isAttempted
    ? undefined
    : `branch ${claim.name} of an attempt is still there`;
}
