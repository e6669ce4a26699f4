import { z } from "zod";
import { editDistance } from "../text/edit-distance.ts";
import { kindOf } from "../text/say-fault.ts";

/** A fault in a text that people write: its place, its content, the expected content, and the nearest known key. */
export interface ConfigFault {
  readonly path: readonly (string | number)[];
  readonly message: string;
}

/** Explains why a key is refused; undefined for any other key. */
export type RefusedKey = (path: ConfigFault["path"], key: string) => string | undefined;

/** Faults of a value by its schema, each with its path. An unknown key is named with the nearest known one. */
export function faultsOf(
  issues: readonly z.core.$ZodIssue[],
  about: { readonly schema: z.ZodType; readonly refusedKey?: RefusedKey },
): readonly ConfigFault[] {
  return issues.flatMap((issue) => faultsAt(issue, [], about));
}

type About = Parameters<typeof faultsOf>[1];

function faultsAt(
  issue: z.core.$ZodIssue,
  above: ConfigFault["path"],
  about: About,
): readonly ConfigFault[] {
  const below = issue.path.map((key) => (typeof key === "symbol" ? String(key) : key));
  const path = [...above, ...below];
  if (issue.code === "invalid_union" && issue.errors.length > 0)
    return faultsOfUnion(issue.errors, path, about);
  if (issue.code !== "unrecognized_keys") return [{ path, message: issue.message }];
  return issue.keys.map((key) => {
    const refused = about.refusedKey?.(path, key);
    if (refused !== undefined) return { path: [...path, key], message: refused };
    const nearest = nearestKey(key, keysAt(path, about.schema));
    const hint = nearest === undefined ? "" : `; did you mean "${nearest}"?`;
    return { path: [...path, key], message: `unknown key "${key}"${hint}` };
  });
}

/** Faults of the intended form of a union: the one for this kind of value. */
function faultsOfUnion(
  forms: readonly (readonly z.core.$ZodIssue[])[],
  path: ConfigFault["path"],
  about: About,
): readonly ConfigFault[] {
  const expected = forms.map((issues) => issues.find(isOfAnotherKind)?.expected);
  const meant = forms.filter((_issues, index) => expected[index] === undefined);
  if (meant.length > 0) return meant.flat().flatMap((issue) => faultsAt(issue, path, about));
  const kinds = new Set(expected.map((kind) => kindOf(kind ?? "")));
  return [{ path, message: `expected ${[...kinds].join(" or ")}` }];
}

function isOfAnotherKind(issue: z.core.$ZodIssue): issue is z.core.$ZodIssueInvalidType {
  return issue.code === "invalid_type" && issue.path.length === 0;
}

function keysAt(path: readonly (string | number)[], whole: z.ZodType): readonly string[] {
  let schema = z.toJSONSchema(whole, { io: "input" }) as JsonSchema | undefined;
  for (const key of path) {
    schema = typeof key === "number" ? schema?.items : schema?.properties?.[key];
    schema = schema?.anyOf?.find(({ properties }) => properties !== undefined) ?? schema;
  }
  return Object.keys(schema?.properties ?? {});
}

interface JsonSchema {
  readonly properties?: Readonly<Record<string, JsonSchema>>;
  readonly items?: JsonSchema;
  readonly anyOf?: readonly JsonSchema[];
}

/** The known key at the smallest edit distance, if it is near enough to be a typing error. */
export function nearestKey(key: string, known: readonly string[]): string | undefined {
  const ranked = known
    .map((candidate) => ({
      candidate,
      distance: editDistance(key.toLowerCase(), candidate.toLowerCase()),
    }))
    .sort((left, right) => left.distance - right.distance);
  const best = ranked[0];
  return best !== undefined && best.distance <= Math.max(2, key.length / 3)
    ? best.candidate
    : undefined;
}
