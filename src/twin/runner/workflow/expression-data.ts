import type { data as expressionData } from "@actions/expressions";
import type { GitHubLanguage } from "./language.ts";

export type Data = expressionData.ExpressionData;

/** An object in the form of GitHub's evaluator. */
export function dictionary(
  language: GitHubLanguage,
  entries: Iterable<readonly [string, unknown]>,
): expressionData.Dictionary {
  const result = new language.expressions.data.Dictionary();
  // Its index is a plain object, in which "constructor" seems to be present already.
  Object.assign(result, { indexMap: Object.create(null) });
  for (const [key, value] of entries) {
    result.add(key, toData(language, value));
  }
  return result;
}

/** Converts plain data to the evaluator's own. */
export function toData(language: GitHubLanguage, value: unknown): Data {
  const { data } = language.expressions;
  switch (typeof value) {
    case "string":
      return new data.StringData(value);
    case "number":
      return new data.NumberData(value);
    case "boolean":
      return new data.BooleanData(value);
    case "object":
      break;
    default:
      return new data.Null();
  }
  if (value === null) {
    return new data.Null();
  }
  return Array.isArray(value)
    ? new data.Array(...value.map((item) => toData(language, item)))
    : dictionary(language, Object.entries(value));
}

/** Converts the evaluator's data to plain data. */
export function fromData(language: GitHubLanguage, value: Data): unknown {
  const { data } = language.expressions;
  if (value instanceof data.Dictionary) {
    return objectOf(value.pairs().map((pair) => [pair.key, fromData(language, pair.value)]));
  }
  if (value instanceof data.Array) {
    return value.values().map((item) => fromData(language, item));
  }
  if (value instanceof data.Null) {
    return null;
  }
  return value instanceof data.NumberData ? value.number() : literalOf(value);
}

function literalOf(value: Data): unknown {
  return "value" in value ? value.value : value.coerceString();
}

/** An object with only its own keys: `__proto__` is a key like any other. */
export function objectOf(
  entries: readonly (readonly [string, unknown])[],
): Record<string, unknown> {
  return Object.fromEntries(entries);
}
