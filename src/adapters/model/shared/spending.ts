import { addUsage, NO_USAGE, type Usage } from "../../../domain/usage.ts";

/** Tokens of one request. */
export type Counts = Pick<
  Usage,
  "inputTokens" | "cacheReadTokens" | "cacheWriteTokens" | "outputTokens"
>;

/** USD of one request of a model, from its tokens. */
export type PriceOf = (
  model: string,
  counts: Counts,
) => { readonly usd: number; readonly estimated: boolean };

export interface Spending {
  /** One request with a cost: a reply, or a stream that broke after it had begun. */
  charge(counts: Counts, modelMs: number): void;
  /** A complete reply. */
  turn(): void;
  /** Upper limit of the cost of one more request, in USD, whatever the provider has cached. */
  dearest(next: { readonly promptTokens: number; readonly outputTokens: number }): number;
  usage(): Usage;
  turns(): number;
}

export function spending(model: string, prices: PriceOf): Spending {
  let usage = NO_USAGE;
  let turns = 0;
  return {
    usage: () => usage,
    turns: () => turns,
    turn() {
      turns += 1;
    },
    dearest({ promptTokens, outputTokens }) {
      const nothing = { inputTokens: 0, cacheReadTokens: 0, cacheWriteTokens: 0, outputTokens };
      const ways = [{ inputTokens: promptTokens }, { cacheWriteTokens: promptTokens }];
      return Math.max(...ways.map((way) => prices(model, { ...nothing, ...way }).usd));
    },
    charge(counts, modelMs) {
      const { usd } = prices(model, counts);
      usage = addUsage(usage, { requests: 1, ...counts, usd, modelMs });
    },
  };
}
