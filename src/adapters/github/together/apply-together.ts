import type { Effect } from "../../../domain/github/effect.ts";
import { endsList, type Receipt, wasRefused } from "../../../domain/github/receipt.ts";

/** What came of a document: a receipt for each effect, undefined for one that GitHub refused; or nobody knows. */
export type Written = readonly (Receipt | undefined)[] | "unknown";

export interface Means {
  /** All of them in one document. */
  write(effects: readonly Effect[]): Promise<Written>;
  /** One alone, after GitHub was asked whether it is done already. `wasTried`: nobody heard what became of it before. */
  applyOne(effect: Effect, wasTried?: boolean): Promise<Receipt>;
  /** What takes an effect back, as the world stood before the document. */
  inverse(effect: Effect): Effect | undefined;
}

/**
 * Executes effects by one document, so that in the end the world and the receipts are what they would be one by one. What
 * GitHub refused in it is tried once more by itself, which gives the same words as ever; where it is refused again, what the
 * document did behind it is taken back. After an answer that was lost each effect is asked about by what it left.
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
 * What is found done after a lost answer was done by that document, as far as anybody can tell. Nobody can of a claim: it says
 * itself whether it may be our own.
 */
async function again(effect: Effect, written: Written, means: Means): Promise<Receipt> {
  const isUnknown = written === "unknown";
  const receipt = await means.applyOne(effect, isUnknown);
  const isFound = isUnknown && receipt.outcome === "already" && receipt.kind !== "claim-branch";
  return isFound ? { ...receipt, outcome: "done" } : receipt;
}

interface Refused {
  readonly effects: readonly Effect[];
  /** The one that was refused. */
  readonly at: number;
  readonly written: Written;
}

/** Receipts of what stands behind the refused effect all the same: it cannot be taken back, or could not. */
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
