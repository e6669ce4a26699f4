import type { Refusal } from "../../../domain/refusal.ts";
import type { View } from "../../observed/issue-view.ts";
import { remainingUsd } from "../../outcome/orders.ts";
import { refuseAttempts } from "../attempt/claim.ts";

/** Rounds that nobody asked for are bounded as all attempts are, and by the money that is left. */
export function refuseAnotherRound(view: View): Refusal | undefined {
  const attempts = refuseAttempts(view);
  if (attempts !== undefined || remainingUsd(view) > 0) return attempts;
  return {
    code: "budget-exhausted",
    subject: "USD for this issue",
    accepted: `less than ${view.config.limits.usdPerIssue}`,
  };
}
