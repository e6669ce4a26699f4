import { createHash } from "node:crypto";
import type { Gathered, GatheredItem } from "../../domain/loop/gathered.ts";
import { cut } from "../../domain/text/cut.ts";

/** Bounds of `src/domain/loop/gathered.ts`, in characters. */
const TITLE = 200;
const KEY = 300;
const EVIDENCE = 20;
const ITEMS = 200;

/** On one line and as long as a title may be. */
export function titled(text: string): string {
  return cut(text.replace(/\p{Cc}+/gu, " ").trim(), TITLE);
}

/** The stable name of a finding from its parts. One that is too long ends in the digest of all of it instead. */
export function keyed(...parts: readonly string[]): string {
  const key = parts.join(" ").replace(/[\p{Cc}\u2028\u2029]+/gu, " ");
  if (key.length <= KEY) return key;
  return `${cut(key, KEY - 65)} ${createHash("sha256").update(key).digest("hex")}`;
}

/**
 * The document of a gatherer within its bounds: items of one key become one, with the evidence of each; what is too much is
 * counted in the measure `left-out`.
 */
export function gathered(items: readonly GatheredItem[], measures: Gathered["measures"]): Gathered {
  const byKey = [...Map.groupBy(items, ({ key }) => key).values()].flatMap((same) => {
    const [first] = same;
    if (first === undefined) return [];
    return [{ ...first, evidence: same.flatMap(({ evidence }) => evidence).slice(0, EVIDENCE) }];
  });
  const leftOut = byKey.length - ITEMS;
  return {
    items: byKey.slice(0, ITEMS),
    measures: {
      ...measures,
      findings: byKey.length,
      ...(leftOut > 0 ? { "left-out": leftOut } : {}),
    },
  };
}
