import { readJsonPath, valueAt } from "../../domain/config/json-path.ts";
import type { JsonExpectation } from "../../domain/config/probe.ts";
import { cut } from "../../domain/text/cut.ts";

/** Differences between the body and the expectation, each with the actual value. */
export function faultsOfJson(
  { body }: { readonly body: string },
  expected: readonly JsonExpectation[],
): readonly string[] {
  const value = parse(body);
  if (value === undefined) return ["the body is no JSON of at most 64 KiB"];
  return expected.flatMap(({ path, equals }) => {
    const found = valueAt(value.json, readJsonPath(path) ?? []);
    if (found === equals) return [];
    const said = found === undefined ? "nothing" : cut(JSON.stringify(found), 120);
    return [`${path} is ${said}, expected ${JSON.stringify(equals)}`];
  });
}

function parse(body: string): { readonly json: unknown } | undefined {
  try {
    return { json: JSON.parse(body) };
  } catch {
    return undefined;
  }
}
