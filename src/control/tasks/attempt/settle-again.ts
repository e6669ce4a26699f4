import { canonicalJson } from "../../../domain/digest.ts";
import type { LineOrder } from "../../../domain/order.ts";
import type { Refusal } from "../../../domain/refusal.ts";
import type { OnIssue } from "../../observed/issue-view.ts";
import { entriesOf } from "../../observed/ledger/ledger.ts";
import type { Decision } from "../../observed/situation.ts";
import { anotherRound } from "../../outcome/another-round.ts";
import { conclude, halt } from "../../outcome/conclude.ts";
import { labelEffects } from "../../outcome/labels.ts";
import { isHeldHere } from "./lease.ts";
import type { Attempt } from "./publication.ts";

/**
 * Continues a repeated settlement of an attempt that it already sent back, if nothing was written afterwards. Nothing is
 * said or charged twice. Undefined if the ledger does not end with that, or if workers also ran again, because then the
 * bill differs.
 */
export function goOnAgain(view: OnIssue, attempt: Attempt): Decision | undefined {
  const last = view.ledger.entries.at(-1);
  const event = last?.event;
  const isSentBack = event?.kind === "sent-back" || event?.kind === "base-moved";
  if (!isSentBack || event.attempt !== attempt.order.attempt || !isBilled(view, attempt)) {
    return undefined;
  }
  const { rings, next } = anotherRound(view);
  return conclude(view, {
    headline: event.kind === "sent-back" ? "sent-back" : "made-anew-next",
    effects: [...labelEffects(view, { stage: "ready" }), ...rings],
    next,
    stage: "ready",
  });
}

/** The attempt no longer belongs to this run, or the ledger is not trusted. Nothing is published, and the cost is recorded once. */
export function endLost(view: OnIssue, attempt: Attempt, lost: Refusal): Decision {
  const stage = isHeldHere(view, attempt.order) ? {} : { stage: "same" as const };
  return halt(view, {
    refusals: [lost],
    ...stage,
    ...(isBilled(view, attempt) ? {} : attempt.spent),
  });
}

/** Whether this run has already recorded this bill of the attempt. The same workers are paid once. */
function isBilled(view: OnIssue, { order, spent }: Attempt): boolean {
  const bill = canonicalJson(spent);
  return entriesOfAttempt(view, order).some(
    ({ run, usage, durationMs }) =>
      run === view.input.run.id &&
      usage !== undefined &&
      canonicalJson({ usage, durationMs: durationMs ?? 0 }) === bill,
  );
}

/** Entries from its claim to the next claim. */
function entriesOfAttempt({ ledger: { entries } }: OnIssue, { attempt }: LineOrder) {
  const claims = entriesOf(entries, "claimed");
  const own = claims.find(({ event }) => event.attempt === attempt);
  if (own === undefined) return [];
  const next = claims.find(({ sequence }) => sequence > own.sequence);
  const end = next?.sequence ?? Number.POSITIVE_INFINITY;
  return entries.filter(({ sequence }) => sequence > own.sequence && sequence < end);
}
