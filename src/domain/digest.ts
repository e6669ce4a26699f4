import { createHash } from "node:crypto";
import { z } from "zod";

/** SHA-256 of some bytes, 64 lower-case hexadecimal digits. */
export const Digest = z
  .string()
  .regex(/^[0-9a-f]{64}$/, "expected 64 lower-case hexadecimal digits");
export type Digest = z.infer<typeof Digest>;

/** A git object id (SHA-1 or SHA-256), always complete: short ids are ambiguous and refused. */
export const ObjectId = z
  .string()
  .regex(/^([0-9a-f]{40}|[0-9a-f]{64})$/, "expected a full git object id");
export type ObjectId = z.infer<typeof ObjectId>;

export function digestOf(bytes: string | Uint8Array): Digest {
  return createHash("sha256").update(bytes).digest("hex");
}

/** Digest of a value: of its canonical JSON, so that the order of keys does not matter. */
export function digestOfValue(value: unknown): Digest {
  return digestOf(canonicalJson(value));
}

/**
 * JSON with sorted keys and without `undefined`: the only form that is hashed and sealed. Injective for JSON values;
 * throws a TypeError on anything that JSON cannot hold.
 */
export function canonicalJson(value: unknown): string {
  // Orders and ledgers are hashed at every look. The engine's own writer takes a third of the time.
  const arranged = arrange(value);
  return arranged === OUT_OF_ORDER ? spell(value) : JSON.stringify(arranged);
}

/** Keys whose order an object does not keep: those of a list, and the one that sets its prototype. */
const UNORDERED = /^(?:\d+|__proto__)$/;
const OUT_OF_ORDER = Symbol("a key that an object keeps out of order");

/** The value with sorted keys. */
function arrange(value: unknown): unknown {
  if (typeof value !== "object" || value === null) return leaf(value);
  if (Array.isArray(value)) {
    const members = value.map(arrange);
    return members.includes(OUT_OF_ORDER) ? OUT_OF_ORDER : members;
  }
  const ordered: Record<string, unknown> = {};
  for (const key of Object.keys(value).sort()) {
    const member: unknown = value[key as keyof typeof value];
    if (member === undefined) continue;
    const arranged = UNORDERED.test(key) ? OUT_OF_ORDER : arrange(member);
    if (arranged === OUT_OF_ORDER) return OUT_OF_ORDER;
    ordered[key] = arranged;
  }
  return ordered;
}

/** The same, written by our own code for any keys. */
function spell(value: unknown): string {
  if (typeof value !== "object" || value === null) return JSON.stringify(leaf(value));
  if (Array.isArray(value)) return `[${value.map(spell).join(",")}]`;
  const members = Object.keys(value)
    .sort()
    .map((key) => [key, value[key as keyof typeof value] as unknown] as const)
    .filter(([, member]) => member !== undefined)
    .map(([key, member]) => `${JSON.stringify(key)}:${spell(member)}`);
  return `{${members.join(",")}}`;
}

/** A value without members, as JSON writes it. */
function leaf(value: unknown): unknown {
  if (typeof value === "number") {
    if (Number.isFinite(value)) return value;
    throw new TypeError(`canonical JSON cannot hold ${value}`);
  }
  if (typeof value === "string" || typeof value === "boolean" || value === null) return value;
  throw new TypeError(`canonical JSON cannot hold a ${typeof value}`);
}
