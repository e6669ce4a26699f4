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
 * The dependency changes that persons approved on this issue since its contract was proposed, each held against the comment
 * that approved it: as it stands now, by an author who may still command. One that was edited or deleted approves nothing.
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

/** Of those that the order carries, the ones that are approved now. */
export function stillApproved(view: View, order: LineOrder): readonly Digest[] {
  const now = approvedDependencies(view);
  return order.approvedDependencies.filter((digest) => now.includes(digest));
}

/** Undefined where this very digest is what the last attempt was refused for: nothing is approved before it was shown. */
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

/** A person's approval, and what the next attempt has to know of it: the bytes are bound, so it makes the same ones again. */
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
