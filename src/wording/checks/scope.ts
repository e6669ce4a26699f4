import type { CheckRun } from "../../domain/evidence.ts";

/** How many globs are named before the rest is counted. */
const NAMED = 3;

/** What a check was about, to stand behind its name: ` (packages/api/**)`, or nothing where it is about everything. Raw text. */
export function sayScope({ scopes = [] }: Pick<CheckRun, "scopes">): string {
  if (scopes.length === 0) return "";
  const named = [...new Set(scopes)];
  const more = named.length - NAMED;
  const rest = more > 0 ? `, and ${more} more` : "";
  return ` (${named.slice(0, NAMED).join(", ")}${rest})`;
}
