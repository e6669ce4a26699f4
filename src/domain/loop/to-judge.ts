import type { Digest } from "../digest.ts";
import { holds } from "./condition.ts";
import { type Gathered, type GatheredItem, ITEMS } from "./gathered.ts";
import { keyOf } from "./key-of.ts";
import type { Loop } from "./loop.ts";
import type { Standing } from "./standing.ts";

/** Input of a judge. */
export interface ToJudge {
  /** Found, without an issue: each gets a verdict. */
  readonly fresh: readonly GatheredItem[];
  /** Found again, with an open issue: duplicates can be merged into it. */
  readonly filed: readonly GatheredItem[];
}

/**
 * The part of a gathering that needs a judge, by code alone. Undefined if none does, so that no model is asked: no role
 * is named, every finding has an issue, the exit condition stops new ones, or the limit of open issues is reached.
 */
export function toJudge(
  loop: Loop,
  about: { readonly gathered: Gathered; readonly standing: Standing },
): ToJudge | undefined {
  const { gathered, standing } = about;
  const { roles, until, effects } = loop;
  if (roles.judge === undefined || effects.file === 0) return undefined;
  if (standing.open >= effects.open) return undefined;
  const measures = { ...gathered.measures, [ITEMS]: gathered.items.length };
  // Unknown is neither yes nor no. The settling job refuses it.
  if (until !== undefined && holds(until, measures) !== false) return undefined;
  const fresh = gathered.items.filter((item) => !isTaken(standing, keyOf(item)));
  if (fresh.length === 0) return undefined;
  const own = new Set(standing.filed);
  return { fresh, filed: gathered.items.filter((item) => own.has(keyOf(item))) };
}

function isTaken({ filed, spoken, dismissed }: Standing, key: Digest): boolean {
  return [filed, spoken, dismissed].some((keys) => keys.includes(key));
}
