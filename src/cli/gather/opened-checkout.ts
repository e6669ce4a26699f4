import type { Checkout, Past } from "../../ports/checkout.ts";
import type { RecentCommit } from "../../ports/repository.ts";

/** A tree to gather from. */
export interface OpenedCheckout {
  /** The commit; of a folder without git, the word for that. */
  readonly commit: string;
  readonly checkout: Checkout;
  /** Undefined where there is no history: a shallow clone, or a folder without git. */
  readonly past: Past | undefined;
  /** The commits of the last ninety days; undefined where there is no history. */
  readonly recent: () => Promise<readonly RecentCommit[] | undefined>;
  /** Writes the tree into an empty folder. */
  readonly materialize: (directory: string) => Promise<unknown>;
}
