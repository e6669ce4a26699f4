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
 * A settlement that is run again, of an attempt that it has sent back already, after which nothing was written: it goes on
 * from there, with nothing said or charged anew. Undefined where that is not what the ledger ends with, or where workers were
 * run again as well, whose bill is another.
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

/** The attempt is not this run's any more, or the ledger cannot be believed: nothing is published, and what it cost is said once. */
export function endLost(view: OnIssue, attempt: Attempt, lost: Refusal): Decision {
  const stage = isHeldHere(view, attempt.order) ? {} : { stage: "same" as const };
  return halt(view, {
    refusals: [lost],
    ...stage,
    ...(isBilled(view, attempt) ? {} : attempt.spent),
  });
}

/** Whether this run has written down the very bill of this attempt: the same workers are paid once. */
function isBilled(view: OnIssue, { order, spent }: Attempt): boolean {
  const bill = canonicalJson(spent);
  return entriesOfAttempt(view, order).some(
    ({ run, usage, durationMs }) =>
      run === view.input.run.id &&
      usage !== undefined &&
      canonicalJson({ usage, durationMs: durationMs ?? 0 }) === bill,
  );
}

/** From its claim to the next one. */
function entriesOfAttempt({ ledger: { entries } }: OnIssue, { attempt }: LineOrder) {
  const claims = entriesOf(entries, "claimed");
  const own = claims.find(({ event }) => event.attempt === attempt);
  if (own === undefined) return [];
  const next = claims.find(({ sequence }) => sequence > own.sequence);
  const end = next?.sequence ?? Number.POSITIVE_INFINITY;
  return entries.filter(({ sequence }) => sequence > own.sequence && sequence < end);
}
