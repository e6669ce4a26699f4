import type { Runner } from "../../ports/runner.ts";

/** The model key and its endpoint. The key is masked; the model itself refuses an empty one, in the factory's words. */
export function readModelAccess(runner: Runner): {
  readonly apiKey: string;
  readonly baseUrl?: string;
} {
  const apiKey = runner.input("anthropic-api-key");
  if (apiKey !== "") runner.secret(apiKey);
  const baseUrl = runner.input("model-base-url") || process.env.ANTHROPIC_BASE_URL || "";
  return { apiKey, ...(baseUrl === "" ? {} : { baseUrl }) };
}
