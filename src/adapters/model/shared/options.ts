import type { Model } from "../../../ports/model.ts";
import type { PriceOf } from "./spending.ts";

/** Options of an action for its model, whatever the provider. */
export interface ModelOptions {
  /** An empty key is refused at the first task, in the factory's words. */
  readonly apiKey: string;
  /** Origin and path of the endpoint; the provider's own if left out. */
  readonly baseUrl?: string;
  /** USD of one request; there is no free default. */
  readonly prices: PriceOf;
  readonly fetch?: typeof globalThis.fetch;
  /** Repeats of a request after 408, 409, 429, 5xx or a reset, and of a broken stream. */
  readonly maximumRetries?: number;
  /** The longest accepted `retry-after`, in ms. */
  readonly maximumRetryAfterMs?: number;
  /** From sending a request to the end of its stream, in ms. */
  readonly requestTimeoutMs?: number;
}

/** The export of a provider's folder for the table in `providers.ts`. Makes no request. */
export type CreateModel = (options: ModelOptions) => Model;
