import type { Refusal } from "../../../domain/refusal.ts";
import type { View } from "../../observed/issue-view.ts";
import { remainingUsd } from "../../outcome/orders.ts";
import { refuseAttempts } from "../attempt/claim.ts";

/** Rounds that nobody requested have the limit of all attempts, and the limit of the remaining budget. */
export function refuseAnotherRound(view: View): Refusal | undefined {
  return refuseAttempts(view) ?? refuseNoMoney(view);
}

/** The limit for the same change on a base that moved: it is no new attempt, and its review costs money. */
export function refuseNoMoney(view: View): Refusal | undefined {
  if (remainingUsd(view) > 0) return undefined;
  return {
    code: "budget-exhausted",
    subject: "USD for this issue",
    accepted: `less than ${view.config.limits.usdPerIssue}`,
  };
}
