import { spentOn } from "../../measures/spent.ts";
import type { View } from "./issue-view.ts";
import { attemptsOfSeries } from "./ledger/ledger.ts";

/**
 * The charge in USD for work that vanished with its machine at an unknown cost: what is left for the issue, divided
 * equally by the remaining attempts, including the vanished one (decision 0011). @param spentBeforeUsd known cost of
 * this run that is in no ledger yet
 */
export function shareOf({ config, ledger }: View, spentBeforeUsd = 0): number {
  const { attempts, usdPerIssue } = config.limits;
  const made = Math.max(1, attemptsOfSeries(ledger.entries));
  const remaining = usdPerIssue - spentOn(ledger.entries).usd - spentBeforeUsd;
  return Math.max(0, remaining) / Math.max(1, attempts - made + 1);
}
