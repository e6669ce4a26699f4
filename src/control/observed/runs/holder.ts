import type { View } from "../issue-view.ts";
import { lastOf } from "../ledger/ledger.ts";
import { runThatMends } from "../unblock/standing.ts";

/** The run that holds the attempt that is being built, or mends the pull request, where somebody rings for it from outside of that run. */
export function holderToAsk(view: View): number | undefined {
  const { input, stage, ledger } = view;
  if (input.task !== "route") return undefined;
  const holder = stage === "building" ? lastOf(ledger.entries, "claimed")?.run : runThatMends(view);
  return holder === input.run.id || holder === 0 ? undefined : holder;
}

/** Whether the attempt is held by a run that has ended: nobody will write down what came of it. */
export function isAbandoned({ stage, snapshot }: View): boolean {
  const { holder } = snapshot;
  return (
    stage === "building" && holder !== undefined && "known" in holder && holder.known === "ended"
  );
}
