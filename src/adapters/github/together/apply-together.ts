import type { Effect } from "../../../domain/github/effect.ts";
import { endsList, type Receipt, wasRefused } from "../../../domain/github/receipt.ts";

/** Result of a document: a receipt for each effect, undefined for one that GitHub refused; or unknown. */
export type Written = readonly (Receipt | undefined)[] | "unknown";

export interface Means {
  /** All of them in one document. */
  write(effects: readonly Effect[]): Promise<Written>;
  /** One alone, after asking GitHub whether it is done already. `wasTried`: its earlier result is unknown. */
  applyOne(effect: Effect, wasTried?: boolean): Promise<Receipt>;
  /** The effect that undoes an effect, given the state before the document. */
  inverse(effect: Effect): Effect | undefined;
}

/**
 * Executes effects in one document, with the same final state and receipts as one by one. A refused effect is tried once
 * more alone, for the usual words; if it is refused again, later effects of the document are undone. After a lost
 * answer, each effect is checked by its result.
 */
export async function applyTogether(
  effects: readonly Effect[],
  means: Means,
): Promise<readonly Receipt[]> {
  const written = await means.write(effects);
  const receipts: Receipt[] = [];
  for (const [at, effect] of effects.entries()) {
    const known = written === "unknown" ? undefined : written[at];
    const receipt = known ?? (await again(effect, written, means));
    receipts.push(receipt);
    if (endsList(receipt))
      return [...receipts, ...(await takeBack({ effects, at, written }, means))];
  }
  return receipts;
}

/**
 * An effect that is found done after a lost answer was done by that document. A claim is the exception: it says itself
 * whether it may be our own.
 */
async function again(effect: Effect, written: Written, means: Means): Promise<Receipt> {
  const isUnknown = written === "unknown";
  const receipt = await means.applyOne(effect, isUnknown);
  const isFound = isUnknown && receipt.outcome === "already" && receipt.kind !== "claim-branch";
  return isFound ? { ...receipt, outcome: "done" } : receipt;
}

interface Refused {
  readonly effects: readonly Effect[];
  /** The refused effect. */
  readonly at: number;
  readonly written: Written;
}

/** Receipts of effects after the refused one that still hold, because they cannot be, or could not be, undone. */
async function takeBack(
  { effects, at, written }: Refused,
  means: Means,
): Promise<readonly Receipt[]> {
  const isUnknown = written === "unknown";
  const behind = effects
    .map((effect, place) => ({ effect, receipt: isUnknown ? undefined : written[place] }))
    .slice(at + 1)
    .filter(({ receipt }) => isUnknown || receipt !== undefined);
  const standing: Receipt[] = [];
  for (const { effect, receipt } of behind.toReversed()) {
    const isGone = await isTakenBack(effect, means);
    if (!isGone && receipt !== undefined) standing.unshift(receipt);
  }
  return standing;
}

async function isTakenBack(effect: Effect, means: Means): Promise<boolean> {
  const inverse = means.inverse(effect);
  return inverse !== undefined && !wasRefused(await means.applyOne(inverse));
}
