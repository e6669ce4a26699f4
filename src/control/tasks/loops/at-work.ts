import type { LoopState } from "../../../domain/loop/state.ts";
import type { NotTaken } from "../../../domain/loop/take-judgement.ts";
import type { LoopOrder } from "../../../domain/order.ts";
import type { LoopProposal } from "../../../domain/proposal.ts";
import type { LoopOnGitHub } from "../../observed/loops/loop-issues.ts";

/** What one run of a loop works with. */
export interface LoopAtWork {
  readonly order: LoopOrder;
  readonly found: LoopProposal;
  readonly github: LoopOnGitHub;
  /** Of the last run; undefined before the first. */
  readonly state: LoopState | undefined;
  /** What its judge cost, in USD. */
  readonly spentUsd: number;
  /** What its judge said and nothing ties to what is there. */
  readonly notTaken: readonly NotTaken[];
}
