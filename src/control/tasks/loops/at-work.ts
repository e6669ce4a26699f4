import type { LoopState } from "../../../domain/loop/state.ts";
import type { NotTaken } from "../../../domain/loop/take-judgement.ts";
import type { LoopOrder } from "../../../domain/order.ts";
import type { LoopProposal } from "../../../domain/proposal.ts";
import type { LoopOnGitHub } from "../../observed/loops/loop-issues.ts";

/** Inputs of one run of a loop. */
export interface LoopAtWork {
  readonly order: LoopOrder;
  readonly found: LoopProposal;
  readonly github: LoopOnGitHub;
  /** State after the last run; undefined before the first. */
  readonly state: LoopState | undefined;
  /** Cost of its judge in USD. */
  readonly spentUsd: number;
  /** Statements of the judge that are tied to nothing that exists. */
  readonly notTaken: readonly NotTaken[];
}
