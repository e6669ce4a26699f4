import type { Model } from "../../../ports/model.ts";
import type { PriceOf } from "./spending.ts";

/** What a door knows of the model that it wants, whoever provides it. */
export interface ModelOptions {
  /** Empty is a refusal at the first task, so that a missing secret is said in the factory's words. */
  readonly apiKey: string;
  /** Origin and path of the endpoint; the provider's own when left out. */
  readonly baseUrl?: string;
  /** USD of one request; there is no free default. */
  readonly prices: PriceOf;
  readonly fetch?: typeof globalThis.fetch;
  /** Repeats of a request that met 408, 409, 429, 5xx or a reset, and of a stream that broke. */
  readonly maximumRetries?: number;
  /** The longest wait a `retry-after` may ask for, in ms. */
  readonly maximumRetryAfterMs?: number;
  /** From sending a request to the end of its stream, in ms. */
  readonly requestTimeoutMs?: number;
}

/** What the folder of a provider exports for the table in `providers.ts`. Makes no request. */
export type CreateModel = (options: ModelOptions) => Model;
