import type { z } from "zod";

/** What a schema expects, in words for the author of the file. Others keep the schema's name. */
const KINDS: Readonly<Record<string, string>> = {
  array: "a list",
  boolean: "true or false",
  int: "a whole number",
  null: "nothing",
  number: "a number",
  object: "keys with values",
  record: "keys with values",
  string: "text",
};

/** What is counted of a value that is too large or too small. Numbers are compared, not counted. */
const COUNTED: Readonly<Record<string, string>> = {
  array: "entries",
  object: "keys",
  set: "entries",
  string: "characters",
};

/** Formats that zod knows by name, in words. */
const FORMATS: Readonly<Record<string, string>> = {
  date: "a date like 2026-11-20",
  datetime: "a time like 2026-11-20T12:00:00Z",
  email: "a mail address",
  url: "an address like https://example.org",
};

/** Characters of a value that are shown. */
const SHOWN = 60;

type Raised = z.core.$ZodRawIssue;

/**
 * Says what a value has to be and what stood there instead. Given to `safeParse` of what people write, so that they never read
 * the words of the schema's library; a schema's own words for a fault come before these. Not for secrets: values are shown.
 */
export const IN_WORDS = {
  error: (issue: Raised): string | undefined => {
    if (issue.code === "invalid_key") return `its name: ${issue.issues[0]?.message}`;
    const wanted = wantedBy(issue);
    if (wanted === undefined) return undefined;
    if (issue.input === undefined) return `it is missing: ${wanted}`;
    const found = foundIn(issue);
    return found === undefined ? wanted : `${wanted}, found ${found}`;
  },
} as const;

/** One fault of a file that a schema refused, as `place: what`. @param whole what is said of a fault of the whole file */
export function sayFault(issue: z.core.$ZodIssue | undefined, whole = "the whole"): string {
  if (issue === undefined) return whole;
  return `${issue.path.map(String).join(".") || whole}: ${sayExpected(issue)}`;
}

/** What was expected, where nobody asked for it `IN_WORDS`; what stood there instead is in the file. */
export function sayExpected(issue: z.core.$ZodIssue): string {
  if (issue.code !== "invalid_type" || !issue.message.startsWith("Invalid input"))
    return issue.message;
  return `expected ${kindOf(issue.expected)}`;
}

/** A kind of value by its name in a schema, in words. */
export function kindOf(name: string): string {
  return KINDS[name] ?? name;
}

function wantedBy(issue: Raised): string | undefined {
  switch (issue.code) {
    case "invalid_type":
      return `expected ${kindOf(issue.expected)}`;
    case "invalid_value":
      return `expected ${issue.values.length === 1 ? "" : "one of "}${issue.values.map(String).join(", ")}`;
    case "too_small":
      return sayBound("at least", "more than", { ...issue, bound: issue.minimum });
    case "too_big":
      return sayBound("at most", "less than", { ...issue, bound: issue.maximum });
    case "not_multiple_of":
      return `expected a multiple of ${issue.divisor}`;
    case "invalid_format":
      return sayFormat(issue);
    case "invalid_union":
      return Array.isArray(issue.options) && issue.errors.length === 0
        ? `expected one of ${issue.options.map(String).join(", ")}`
        : undefined;
    default:
      return undefined;
  }
}

function sayBound(
  inclusive: string,
  exclusive: string,
  about: { readonly origin: string; readonly inclusive?: boolean; readonly bound: unknown },
): string {
  const { origin, bound } = about;
  const counted = COUNTED[origin];
  if (origin === "string" && bound === 1 && inclusive === "at least") {
    return "expected text that is not empty";
  }
  const word = about.inclusive === false ? exclusive : inclusive;
  return `expected ${word} ${String(bound)}${counted === undefined ? "" : ` ${bound === 1 ? singular(counted) : counted}`}`;
}

function singular(counted: string): string {
  return counted.replace(/ies$/, "y").replace(/s$/, "");
}

function sayFormat(issue: Raised & { readonly code: "invalid_format" }): string {
  if (issue.format === "regex") return `expected text of the form ${issue.pattern}`;
  return `expected ${FORMATS[issue.format] ?? `text of the form ${issue.format}`}`;
}

/** What stood there: of what is too long or too short how long it is, else the value itself. */
function foundIn({ code, input, origin }: Raised): string | undefined {
  if (code !== "too_small" && code !== "too_big") return show(input);
  if (COUNTED[String(origin)] === undefined) return show(input);
  const size = typeof input === "string" ? input.length : Object.keys(Object(input)).length;
  return size === 0 && origin === "string" ? undefined : String(size);
}

/** A value as the file has it, cut; of what has parts only what it is. */
function show(value: unknown): string {
  if (Array.isArray(value)) return KINDS.array ?? "";
  if (value === null) return KINDS.null ?? "";
  if (typeof value === "object") return KINDS.object ?? "";
  const text = typeof value === "string" ? JSON.stringify(value) : String(value);
  return text.length <= SHOWN ? text : `${text.slice(0, SHOWN).toWellFormed()}…`;
}
