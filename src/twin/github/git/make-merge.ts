import { mergeCommit, rebasedTip, squashCommit } from "./merge-commits.ts";
import type { Merging } from "./merging.ts";

export type MergeMethod = "merge" | "squash" | "rebase";

/** Makes the commit that the base branch would move to, or undefined when head and base conflict. Moves nothing. */
export function makeMerge(method: MergeMethod, merging: Merging): Promise<string | undefined> {
  switch (method) {
    case "merge":
      return mergeCommit(merging);
    case "squash":
      return squashCommit(merging);
    case "rebase":
      return rebasedTip(merging);
  }
}
