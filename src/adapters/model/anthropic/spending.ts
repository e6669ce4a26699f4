import { addUsage, NO_USAGE, type Usage } from "../../../domain/usage.ts";

/** USD of one request of a model, from its tokens. */
export type PriceOf = (
  model: string,
  counts: {
    readonly inputTokens: number;
    readonly cacheReadTokens: number;
    readonly cacheWriteTokens: number;
    readonly outputTokens: number;
  },
) => { readonly usd: number; readonly estimated: boolean };

/** The usage of one reply, as the wire names it. */
interface WireUsage {
  readonly input_tokens: number;
  readonly cache_read_input_tokens: number | null;
  readonly cache_creation_input_tokens: number | null;
  readonly output_tokens: number;
}

export interface Spending {
  /** One request that cost something: a reply, or a stream that broke after it had begun. */
  charge(usage: WireUsage | undefined, modelMs: number): void;
  /** A reply that came whole. */
  turn(): void;
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
    charge(wire, modelMs) {
      const counts = {
        inputTokens: wire?.input_tokens ?? 0,
        cacheReadTokens: wire?.cache_read_input_tokens ?? 0,
        cacheWriteTokens: wire?.cache_creation_input_tokens ?? 0,
        outputTokens: wire?.output_tokens ?? 0,
      };
      const { usd } = prices(model, counts);
      usage = addUsage(usage, { requests: 1, ...counts, usd, modelMs });
    },
  };
}
