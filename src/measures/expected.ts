import type { LedgerEntry } from "../domain/ledger.ts";
import { median } from "./figure.ts";
import { spentOn, workedOn } from "./spent.ts";

/** Median cost and time of merged issues, from the first ledger entry to the merge. */
export interface Expected {
  /** Number of merged issues behind it, one or more. */
  readonly issues: number;
  /** USD for the models. */
  readonly usd: number;
  /** Wall clock of the workers, in ms, without waiting for people and queues. */
  readonly workedMs: number;
}

/** Uses only whole ledgers, because missing first entries have unknown costs. Undefined without a merge. */
export function expectedBy(ledgers: readonly (readonly LedgerEntry[])[]): Expected | undefined {
  const merged = ledgers.filter(
    ([first, ...rest]) =>
      first?.sequence === 1 && rest.some(({ event }) => event.kind === "merged"),
  );
  const middle = (unit: "usd" | "ms", of: (entries: readonly LedgerEntry[]) => number) =>
    median(
      unit,
      merged.map((entries, index) => ({ id: `${index}`, value: of(entries) })),
      "nothing-merged",
    );
  const usd = middle("usd", (entries) => spentOn(entries).usd);
  const worked = middle("ms", workedOn);
  if ("unknown" in usd || "unknown" in worked) return undefined;
  return { issues: merged.length, usd: usd.value, workedMs: worked.value };
}
