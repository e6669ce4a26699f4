import type { z } from "zod";

/** What a schema expects, in words for the author of the file. Others keep the schema's name. */
const KINDS: Readonly<Record<string, string>> = {
  array: "a list",
  boolean: "true or false",
  int: "a whole number",
  number: "a number",
  object: "keys with values",
  record: "keys with values",
  string: "text",
};

/** One fault that a schema found in a file, as `place: what`. @param whole subject of a fault of the whole file */
export function sayFault(issue: z.core.$ZodIssue | undefined, whole = "the whole"): string {
  if (issue === undefined) return whole;
  return `${issue.path.map(String).join(".") || whole}: ${sayExpected(issue)}`;
}

/** The expected value. The received one is in the file. */
export function sayExpected(issue: z.core.$ZodIssue): string {
  if (issue.code !== "invalid_type") return issue.message;
  return `expected ${KINDS[issue.expected] ?? issue.expected}`;
}
