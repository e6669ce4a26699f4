import type { LineOrder } from "../../../domain/order.ts";
import type { Refusal } from "../../../domain/refusal.ts";
import type { OnIssue, View } from "../../observed/issue-view.ts";
import { lastOf } from "../../observed/ledger/ledger.ts";
import { listedPull } from "../../observed/listed-pull.ts";
import type { Decision } from "../../observed/situation.ts";
import { recordMerge } from "../route/merge.ts";
import type { Attempt } from "./publication.ts";

/** A person merged it as it stood before this attempt: theirs is the last word, and what was built since is not published. */
export function mergedMeanwhile(view: OnIssue, attempt: Attempt): Decision | undefined {
  const { order, spent } = attempt;
  const pull = listedPull(view.snapshot, order.continues?.pullRequest);
  const before = lastOf(view.ledger.entries, "published")?.event;
  if (!pull?.merged || pull.mergeSha === null || before === undefined) return undefined;
  // At any other head it is this run's own merge, or one that the ledger does not know.
  if (pull.head.sha !== order.continues?.head) return undefined;
  const refusal: Refusal = {
    code: "claim-lost",
    subject: `attempt ${order.attempt}`,
    found: `pull request ${pull.number} was merged before it ended`,
    hint: "nothing-was-published",
  };
  return recordMerge(view, {
    headline: "person-merged",
    entries: [{ stage: "needs-human", event: { kind: "refused", refusal }, ...spent }],
    merge: {
      mergeSha: pull.mergeSha,
      pullRequest: pull.number,
      tree: before.tree,
      by: pull.mergedBy?.id === view.input.identity.id ? "factory" : "person",
    },
  });
}

/** Refuses to push to a pull request that a person has closed. */
export function refuseClosedPull(view: View, order: LineOrder): Refusal | undefined {
  const pull = listedPull(view.snapshot, order.continues?.pullRequest);
  if (order.continues === undefined || pull?.state === "open" || pull?.merged === true) {
    return undefined;
  }
  return {
    code: "claim-lost",
    subject: `pull request ${order.continues.pullRequest}`,
    found: "it was closed while this attempt was built",
    accepted: "an open pull request",
    hint: "nothing-was-published",
  };
}
