import type { Refusal } from "../../domain/refusal.ts";
import type { View } from "../observed/issue-view.ts";
import { dayOf } from "../observed/turns/day.ts";
import type { WorkToday } from "../observed/turns/work-today.ts";

/** Rounding tolerance of sums, in USD. */
const A_TRIFLE = 1e-6;

/** Undefined if the day's budget still covers all that an order may spend, in USD. */
export function refuseDay(
  view: View,
  { spent, promised }: Pick<WorkToday, "spent" | "promised">,
  most: number,
): Refusal | undefined {
  const { usdPerDay } = view.config.limits;
  if (spent + promised + most <= usdPerDay + A_TRIFLE) return undefined;
  return daySpent(view, { spent, promised, most });
}

export function daySpent(
  { config, now }: View,
  money: { readonly spent: number; readonly promised: number; readonly most: number },
): Refusal {
  const { spent, promised, most } = money;
  return {
    code: "day-spent",
    subject: `USD on ${dayOf(now)} (UTC)`,
    found: `${spent.toFixed(2)} spent and ${promised.toFixed(2)} promised of ${config.limits.usdPerDay}`,
    accepted: `${most.toFixed(2)} left, the most that its order may spend`,
  };
}
