import { type Document, isNode } from "yaml";
import { z } from "zod";
import { nearestKey } from "../../domain/config/faults.ts";
import { sayExpected } from "../../domain/text/say-fault.ts";

/** All faults of a script, one line each: `file:line:column: message`. */
export class ScriptError extends Error {
  readonly faults: readonly string[];
  constructor(faults: readonly string[]) {
    super(`the script cannot be played:\n${faults.join("\n")}`);
    this.name = "ScriptError";
    this.faults = faults;
  }
}

export type Path = readonly PropertyKey[];

export interface ScriptFault {
  readonly path: Path;
  readonly message: string;
}

export function faultsOf(
  issue: z.core.$ZodIssue,
  base: Path,
  schema: z.ZodType,
): readonly ScriptFault[] {
  const path = [...base, ...issue.path];
  if (issue.code === "invalid_union") {
    const expected =
      path.at(-1) === "times"
        ? "a whole number up to 10000, or forever"
        : "approve, merge, {answer: …} or {command: …}";
    return [{ path, message: `expected ${expected}` }];
  }
  if (issue.code !== "unrecognized_keys") return [{ path, message: sayExpected(issue) }];
  return issue.keys.map((key) => {
    const known = keysAt(schema, issue.path);
    const nearest = nearestKey(key, known);
    const hint =
      nearest === undefined ? `known: ${known.join(", ")}` : `did you mean "${nearest}"?`;
    return { path: [...path, key], message: `unknown key "${key}"; ${hint}` };
  });
}

interface ShapeOf {
  readonly properties?: Readonly<Record<string, ShapeOf>>;
  readonly items?: ShapeOf;
  readonly propertyNames?: { readonly enum?: readonly string[] };
}

function keysAt(schema: z.ZodType, path: Path): readonly string[] {
  let shape = z.toJSONSchema(schema, { io: "input" }) as ShapeOf | undefined;
  for (const key of path) {
    shape = typeof key === "number" ? shape?.items : shape?.properties?.[String(key)];
  }
  return shape?.propertyNames?.enum ?? Object.keys(shape?.properties ?? {});
}

/** Where the nearest node at or above a path starts, in characters. */
export function offsetOf(document: Document, path: Path): number {
  const keys = path.map((key) => (typeof key === "symbol" ? String(key) : key));
  for (let length = keys.length; length >= 0; length -= 1) {
    const node = document.getIn(keys.slice(0, length), true);
    if (isNode(node) && node.range) return node.range[0];
  }
  return 0;
}
