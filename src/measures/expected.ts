import type { LedgerEntry } from "../domain/ledger.ts";
import { median } from "./figure.ts";
import { spentOn, workedOn } from "./spent.ts";

/** What an issue took from its first line to its merge, in the middle of those that were merged. */
export interface Expected {
  /** How many merged issues it is the middle of, one or more. */
  readonly issues: number;
  /** USD that the models cost. */
  readonly usd: number;
  /** Wall clock of the workers, in ms; what people and queues waited is not in it. */
  readonly workedMs: number;
}

/** By whole ledgers alone: where the first lines are not there, nobody knows what they cost. Undefined where none was merged. */
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
