import { Order } from "../../domain/order.ts";
import type { Handover, Twin } from "../../twin/shape.ts";

interface Others {
  readonly twin: Twin;
  readonly repository: string;
  /** Issues that were asked at the same time, and are another story. */
  readonly beside: readonly number[];
}

/** The runs that worked for other issues, by the orders that were handed over in them. */
export async function runsOfOthers(
  { twin, repository, beside }: Others,
  handed: readonly Handover[],
): Promise<ReadonlySet<number>> {
  if (beside.length === 0) return new Set();
  const pulls = (await twin.request(
    "GET",
    `/repos/${repository}/pulls?state=all&per_page=100`,
  )) as readonly { readonly number: number; readonly head: { readonly ref: string } }[];
  const theirs = pulls
    .filter(({ head }) => beside.some((issue) => head.ref.startsWith(`factory/${issue}-`)))
    .map(({ number }) => number);
  const isTheirs = (order: Order) => {
    if (order.kind === "release") return theirs.includes(order.release.pullRequest ?? 0);
    return "issue" in order && beside.includes(order.issue.number);
  };
  return new Set(
    handed
      .filter(({ name, value }) => name === "order.json" && isTheirs(Order.parse(value)))
      .map(({ runId }) => runId),
  );
}
