/** USD per million tokens. `cacheWrite` is the five-minute write (1.25 × input). */
interface Price {
  readonly input: number;
  readonly cacheWrite: number;
  readonly cacheRead: number;
  readonly output: number;
}

/**
 * Source and date of the figures. Provider page: platform.claude.com/docs/en/about-claude/pricing, compared with the
 * data of `@pydantic/genai-prices` 0.1.8.
 */
export const PRICES_READ_AT = "2026-11-20";

function price(input: number, cacheRead: number): Price {
  return { input, cacheWrite: input * 1.25, cacheRead, output: input * 5 };
}

const OPUS_4_AND_5 = price(5, 0.5);

/** Models whose price depends on the length of the prompt have a second price above the threshold, in tokens. */
export const PRICES: ReadonlyMap<
  string,
  Price & { readonly above?: { readonly tokens: number; readonly price: Price } }
> = new Map(
  Object.entries({
    "claude-sonnet-5-5": price(2, 0.1),
    "claude-opus-5-5": price(4, 0.2),
    "claude-haiku-5-5": {
      ...price(0.1, 0.01),
      above: { tokens: 100_000, price: price(0.5, 0.05) },
    },
    "claude-fable-5-1": price(10, 0.25),
    "claude-mythos-5-1": price(10, 0.25),
    "claude-sonnet-5": price(2, 0.2),
    "claude-fable-5": price(10, 1),
    "claude-mythos-5": price(10, 1),
    "claude-opus-5": OPUS_4_AND_5,
    "claude-opus-4-8": OPUS_4_AND_5,
    "claude-opus-4-7": OPUS_4_AND_5,
    "claude-opus-4-6": OPUS_4_AND_5,
    "claude-opus-4-5": OPUS_4_AND_5,
    "claude-sonnet-4-6": price(3, 0.3),
    "claude-haiku-4-5": price(1, 0.1),
  }),
);

/** Charge for an unknown model: the highest known price, so that a budget never runs out too late. */
export const HIGHEST: Price = price(10, 1);
