import type { View } from "../issue-view.ts";
import { lastOf } from "../ledger/ledger.ts";
import { runThatMends } from "../unblock/standing.ts";

/** The run that holds the attempt under way, or mends the pull request, when a ring comes from outside that run. */
export function holderToAsk(view: View): number | undefined {
  const { input, stage, ledger } = view;
  if (input.task !== "route") return undefined;
  const holder = stage === "building" ? lastOf(ledger.entries, "claimed")?.run : runThatMends(view);
  return holder === input.run.id || holder === 0 ? undefined : holder;
}

/** Whether the run that holds the attempt has ended, so that nobody will record its result. */
export function isAbandoned({ stage, snapshot }: View): boolean {
  const { holder } = snapshot;
  return (
    stage === "building" && holder !== undefined && "known" in holder && holder.known === "ended"
  );
}
