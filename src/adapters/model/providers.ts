import type { Model } from "../../ports/model.ts";
import { createAnthropicModel } from "./anthropic/create-model.ts";
import type { CreateModel, ModelOptions } from "./shared/options.ts";

/**
 * Providers of models, by name: the only file that knows more than one. A new provider is a folder beside this file and
 * a line here. The first one is the default.
 */
const PROVIDERS = { anthropic: createAnthropicModel } as const satisfies Readonly<
  Record<string, CreateModel>
>;
export type ProviderName = keyof typeof PROVIDERS;

/** The model that an action passes to its worker. */
export function createModel(options: ModelOptions & { readonly provider?: ProviderName }): Model {
  return PROVIDERS[options.provider ?? "anthropic"](options);
}
