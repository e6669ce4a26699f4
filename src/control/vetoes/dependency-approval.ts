import type { Digest } from "../../domain/digest.ts";
import type { LineOrder } from "../../domain/order.ts";
import type { Refusal } from "../../domain/refusal.ts";
import { sayApprovedDependencies } from "../../wording/issue/findings.ts";
import type { View } from "../observed/issue-view.ts";
import { lastOf } from "../observed/ledger/ledger.ts";
import { commandedSinceProposal, shownSinceClaim, stillSaid } from "../observed/recorded-word.ts";
import type { NewEntry } from "../outcome/ledger-entry.ts";

const RECORDED = /^approve lockfile ([0-9a-f]{64})$/;

/**
 * Dependency changes that people approved on this issue since its contract was proposed. Each is checked against its
 * comment as it is now, by an author who may still command. An edited or deleted comment approves nothing.
 */
export function approvedDependencies(view: View): readonly Digest[] {
  const digests = commandedSinceProposal(view).flatMap((entry) => {
    const digest = RECORDED.exec(entry.event.command)?.[1];
    const holds = stillSaid(
      view,
      entry,
      (said) => said?.name === "approve-lockfile" && said.digest === digest,
    );
    return digest !== undefined && holds ? [digest] : [];
  });
  return [...new Set(digests)].slice(-20);
}

/** Approvals in the order that still hold. */
export function stillApproved(view: View, order: LineOrder): readonly Digest[] {
  const now = approvedDependencies(view);
  return order.approvedDependencies.filter((digest) => now.includes(digest));
}

/** Undefined if the last attempt was refused for this very digest: nothing is approved before it was shown. */
export function refuseDependencyApproval(view: View, digest: Digest): Refusal | undefined {
  const asked = shownSinceClaim(view, "dependencies-unapproved");
  if (asked === undefined) {
    return {
      code: "approval-stale",
      subject: "the lockfile",
      found: digest,
      accepted: "nothing: no change of dependencies waits for an approval",
      hint: "see-the-status",
    };
  }
  const { hint } = asked;
  const shown = typeof hint === "object" && hint.code === "approve-lockfile" ? hint : undefined;
  if (shown?.digest === digest) return undefined;
  return {
    code: "approval-stale",
    subject: "the lockfile",
    found: digest,
    ...(shown === undefined ? {} : { hint: shown }),
  };
}

/** A person's approval, for the next attempt. The bytes are bound, so the attempt makes the same ones again. */
export function dependencyApproval(view: View, digest: Digest): readonly NewEntry[] {
  const attempt = lastOf(view.ledger.entries, "claimed")?.event.attempt;
  if (view.actor === undefined || view.comment === undefined || attempt === undefined) return [];
  const { comment, actor } = view;
  return [
    {
      stage: "ready",
      by: "person",
      event: {
        kind: "commanded",
        by: actor.id,
        command: `approve lockfile ${digest}`,
        comment: comment.id,
      },
    },
    {
      stage: "ready",
      by: "person",
      event: {
        kind: "sent-back",
        attempt,
        findings: [sayApprovedDependencies(digest)],
        mistakes: [],
      },
    },
  ];
}
