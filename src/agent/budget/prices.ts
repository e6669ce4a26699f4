import { HIGHEST, PRICES } from "./price-list.ts";

/** Consumption of one request, in tokens, as the provider reports it. */
export interface TokenCounts {
  readonly inputTokens: number;
  readonly cacheReadTokens: number;
  readonly cacheWriteTokens: number;
  readonly outputTokens: number;
}

/** Snapshots have a date (`claude-haiku-4-5-20251001`); the price is that of the name before it. */
function withoutDate(model: string): string {
  return model.replace(/-[0-9]{8}$/, "");
}

/**
 * Cost of one request, in USD. `estimated` means that the model has no known price, so the highest one was charged,
 * never zero.
 */
export function costOf(
  model: string,
  counts: TokenCounts,
): { readonly usd: number; readonly estimated: boolean } {
  const known = PRICES.get(withoutDate(model));
  const prompt = counts.inputTokens + counts.cacheReadTokens + counts.cacheWriteTokens;
  const long = known?.above !== undefined && prompt > known.above.tokens;
  const rate = (long ? known.above?.price : known) ?? HIGHEST;
  const millionths =
    counts.inputTokens * rate.input +
    counts.cacheReadTokens * rate.cacheRead +
    counts.cacheWriteTokens * rate.cacheWrite +
    counts.outputTokens * rate.output;
  return { usd: millionths / 1_000_000, estimated: known === undefined };
}
