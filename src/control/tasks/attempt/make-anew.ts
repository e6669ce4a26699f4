import { receiptOf, wasRefused } from "../../../domain/github/receipt.ts";
import type { Refusal } from "../../../domain/refusal.ts";
import type { OnIssue } from "../../observed/issue-view.ts";
import { refusalOfReceipt } from "../../observed/receipts.ts";
import type { Decision } from "../../observed/situation.ts";
import { anotherRound } from "../../outcome/another-round.ts";
import { conclude, halt } from "../../outcome/conclude.ts";
import { labelEffects } from "../../outcome/labels.ts";
import { ledgerEffect, type NewEntry } from "../../outcome/ledger-entry.ts";
import { saidOfChange } from "../own/said-of-change.ts";
import type { Published } from "./publication.ts";
import { publishedHere } from "./said-ahead.ts";

/**
 * The next step for a published change that the factory should merge, whose base has moved. Evidence is valid for its base only, so the same
 * change is made again on the new base and verified there. Undefined if it cannot be proven again; then a person merges.
 */
export function makeAnewNext(
  view: OnIssue,
  published: Published,
  moved: Refusal,
): Decision | undefined {
  const { gate, attempt, commit, authority } = published;
  if (saidOfChange(gate.implement).said === undefined) return undefined;
  const next: NewEntry = {
    stage: "ready",
    event: {
      kind: "base-moved",
      attempt: attempt.order.attempt,
      head: commit,
      onto: view.snapshot.repository.head,
      because: "factory-merges",
    },
  };
  const entries = [publishedHere(view, published), next];
  const { rings, next: follows } = anotherRound(view);
  const receipt = rings.map((rung) => receiptOf(view.receipts, rung)).find(wasRefused);
  if (receipt !== undefined) {
    return halt(view, { before: entries, refusals: [refusalOfReceipt(receipt)], left: ["ready"] });
  }
  return conclude(view, {
    headline: "made-anew-next",
    effects: [
      ledgerEffect(view, { entries }),
      ...labelEffects(view, { stage: "ready", risk: authority.risk.risk }),
      ...rings,
    ],
    next: follows,
    stage: "ready",
    refusals: [moved],
  });
}
