import { tokensOf } from "../../domain/budget.ts";
import type { SealedPullWork } from "../../domain/ledger/pull-work.ts";
import { sayTokens, sayUsd } from "../figures.ts";
import { ownLink } from "../safe-text.ts";
import { REVIEW_MARKER } from "./review-comment.ts";
import { renderWorkFold } from "./work-lines.ts";

const MARKER = "### Millwright · unblock, run ";

/** What the first lines of comments begin with that may hold what was spent on a pull request. */
export const WORK_MARKERS: readonly string[] = [MARKER, REVIEW_MARKER];

/** First line of the comment in which one run says that it mends a pull request: each order has its own. */
export function unblockWorkMarker({ run, at }: Pick<SealedPullWork, "run" | "at">): string {
  return `${MARKER}${run}, ${at.replace(/\.[0-9]+Z$/, "Z")}`;
}

/** Said when the work begins, so that whoever asked sees that they were heard, and edited once it has ended. */
export function renderUnblockWork(said: {
  readonly work: SealedPullWork;
  readonly runUrl: string;
}): string {
  const { work, runUrl } = said;
  const { usage, head, most } = work;
  const run = ownLink("the run", runUrl);
  const lines =
    usage === undefined
      ? [
          `🔧 **Mending this pull request has begun**, at head \`${head.slice(0, 12)}\`: ${run}.`,
          "",
          `Next: what comes of it is said in a comment of its own. It costs ${sayUsd(most)} at most.`,
        ]
      : [
          `☑️ **This run has ended**, at head \`${head.slice(0, 12)}\`: ${run}. What came of it is said in a comment of its own.`,
          "",
          `It cost ${sayTokens(tokensOf(usage))} tokens, ${sayUsd(usage.usd)}, which counts for the money of the day.`,
        ];
  return [unblockWorkMarker(work), "", ...lines, "", ...renderWorkFold([work])].join("\n");
}
