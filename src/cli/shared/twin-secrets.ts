import { randomBytes } from "node:crypto";
import type { DemoModel } from "./choose-model.ts";

/** The secrets that a person sets in a repository that adopts the factory: the model's key, and a seal key of this run. */
export function secretsFor(model: Pick<DemoModel, "apiKey">): Readonly<Record<string, string>> {
  return {
    ANTHROPIC_API_KEY: model.apiKey,
    FACTORY_SEAL_KEY: randomBytes(32).toString("hex"),
  };
}
