/** Model ids that @anthropic-ai/sdk 1.11 names; a snapshot may carry a date. */
const MODELS: readonly string[] = [
  "claude-sonnet-5-5",
  "claude-opus-5-5",
  "claude-haiku-5-5",
  "claude-fable-5-2",
  "claude-mythos-5-2",
  "claude-fable-5-1",
  "claude-mythos-5-1",
  "claude-sonnet-5",
  "claude-fable-5",
  "claude-mythos-5",
  "claude-opus-5",
  "claude-opus-4-8",
  "claude-opus-4-7",
  "claude-opus-4-6",
  "claude-opus-4-5",
  "claude-sonnet-4-6",
  "claude-haiku-4-5",
];

/** Whether the endpoint knows a model: the provider's own, with or without a date, and the script's. */
export function knownModels(additional: readonly string[]): { has(model: string): boolean } {
  const known = new Set([...MODELS, ...additional]);
  return { has: (model) => known.has(model) || known.has(model.replace(/-[0-9]{8}$/, "")) };
}
