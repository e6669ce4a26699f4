import type { Model } from "../../ports/model.ts";
import { createAnthropicModel } from "./anthropic/create-model.ts";
import type { CreateModel, ModelOptions } from "./shared/options.ts";

/**
 * Whoever provides a model, by name: the only file that knows more than one of them. A provider to come is a folder
 * beside this file and a line here; the first one serves where nobody chose.
 */
const PROVIDERS = { anthropic: createAnthropicModel } as const satisfies Readonly<
  Record<string, CreateModel>
>;
export type ProviderName = keyof typeof PROVIDERS;

/** The model that a door hands to its worker. */
export function createModel(options: ModelOptions & { readonly provider?: ProviderName }): Model {
  return PROVIDERS[options.provider ?? "anthropic"](options);
}
