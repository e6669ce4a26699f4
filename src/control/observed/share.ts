import { spentOn } from "../../measures/spent.ts";
import type { View } from "./issue-view.ts";
import { attemptsOfSeries } from "./ledger/ledger.ts";

/**
 * What is charged, in USD, where work vanished with its machine and nobody knows what it cost: of what is left for the
 * issue an equal part for each attempt that is left, the one that vanished among them (decision 0011).
 * @param spentBeforeUsd what this run is known to have cost and no ledger has yet
 */
export function shareOf({ config, ledger }: View, spentBeforeUsd = 0): number {
  const { attempts, usdPerIssue } = config.limits;
  const made = Math.max(1, attemptsOfSeries(ledger.entries));
  const remaining = usdPerIssue - spentOn(ledger.entries).usd - spentBeforeUsd;
  return Math.max(0, remaining) / Math.max(1, attempts - made + 1);
}
