import type { Effect } from "../../domain/github/effect.ts";
import type { Part } from "../../domain/github/snapshot.ts";
import { type SealedPullWork, sealPullWork } from "../../domain/ledger/pull-work.ts";
import type { ReviewOrder } from "../../domain/order.ts";
import type { Refusal } from "../../domain/refusal.ts";
import type { Usage } from "../../domain/usage.ts";
import { REVIEW_MARKER, renderUnreviewed } from "../../wording/pull-request/review-comment.ts";
import { repositoryUrl, type View } from "../observed/issue-view.ts";
import { readProposal, spentBy } from "../observed/proposals.ts";
import { readFoundWork } from "../observed/turns/pull-work.ts";

/** More reviews than a day may see. Older ones count for no day any more. */
const MOST_LINES = 60;
const FULL = "more comments stand there than are shown";

/** Costs of earlier reviews of this pull request, from their one comment, plus this one. Lines that somebody changed are left out and reported. */
export function worksWith(
  view: View,
  { pullRequest: { number, head }, runId: run, at, budget }: ReviewOrder,
  usage: Usage,
): { readonly works: readonly SealedPullWork[]; readonly remarks: readonly Refusal[] } {
  const place = { repositoryId: view.snapshot.repository.id, issue: number };
  const work = { work: "review", run, head, at, most: budget.usd, usage } as const;
  const own = sealPullWork(work, { place, key: view.input.sealKey });
  const before = worksBefore(view, number);
  if ("unknown" in before) {
    const subject = `what pull request ${number} cost before`;
    return { works: [own], remarks: [{ code: "state-unknown", subject, found: before.unknown }] };
  }
  const others = before.known.filter((one) => one.run !== run || one.at !== at);
  return { works: [...others, own].slice(-MOST_LINES), remarks: [] };
}

/**
 * Adds the cost of a review without a result, because new commits came or its worker failed. The comment keeps the text
 * of the last review, and gets one more line. Empty if no model was asked.
 */
export function costAlone(
  view: View,
  order: ReviewOrder,
): { readonly effects: readonly Effect[]; readonly remarks: readonly Refusal[] } {
  const { number, head } = order.pullRequest;
  const { usage } = spentBy(
    view,
    { review: readProposal(view, { worker: "review", order }) },
    order,
  );
  if (usage.usd === 0) return { effects: [], remarks: [] };
  const { works, remarks } = worksWith(view, order, usage);
  const runUrl = `${repositoryUrl(view)}/actions/runs/${view.input.run.id}`;
  const effect: Effect = {
    kind: "write-comment",
    key: `review-cost/${number}/${head}/${view.input.run.id}`,
    issue: number,
    marker: REVIEW_MARKER,
    body: renderUnreviewed({ before: commentBefore(view)?.body, usage, runUrl, works }),
    comment: null,
  };
  return { effects: [effect], remarks };
}

function commentBefore({ snapshot: { pullSaid } }: View) {
  const said = pullSaid !== undefined && "known" in pullSaid ? pullSaid.known : [];
  return said.find(({ body }) => body.startsWith(`${REVIEW_MARKER}\n`));
}

function worksBefore(view: View, pullRequest: number): Part<readonly SealedPullWork[]> {
  const { pullSaid } = view.snapshot;
  if (pullSaid === undefined) return { unknown: "not asked for" };
  if ("unknown" in pullSaid) return pullSaid;
  const before = commentBefore(view);
  // The comment may be beyond those that were read.
  if (before === undefined && view.snapshot.isPullSaidCut === true) return { unknown: FULL };
  return before === undefined
    ? { known: [] }
    : readFoundWork({ pullRequest, body: before.body }, view);
}
