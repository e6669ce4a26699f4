import type { View } from "../issue-view.ts";
import { lastOf } from "../ledger/ledger.ts";

/** The run that holds the attempt that is being built, where somebody rings for it from outside of that run. */
export function holderToAsk({ input, stage, ledger }: View): number | undefined {
  if (input.task !== "route" || stage !== "building") return undefined;
  const holder = lastOf(ledger.entries, "claimed")?.run;
  return holder === input.run.id || holder === 0 ? undefined : holder;
}

/** Whether the attempt is held by a run that has ended: nobody will write down what came of it. */
export function isAbandoned({ stage, snapshot }: View): boolean {
  const { holder } = snapshot;
  return (
    stage === "building" && holder !== undefined && "known" in holder && holder.known === "ended"
  );
}
