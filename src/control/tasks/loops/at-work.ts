import type { LoopState } from "../../../domain/loop/state.ts";
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
}
