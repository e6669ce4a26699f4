import type { Digest } from "../digest.ts";
import { holds } from "./condition.ts";
import { type Gathered, type GatheredItem, ITEMS } from "./gathered.ts";
import { keyOf } from "./key-of.ts";
import type { Loop } from "./loop.ts";
import type { Standing } from "./standing.ts";

/** What a judge is asked about. */
export interface ToJudge {
  /** Found, and no issue stands for it: each gets a verdict. */
  readonly fresh: readonly GatheredItem[];
  /** Found again, and its issue is open: what is the same can be merged into it. */
  readonly filed: readonly GatheredItem[];
}

/**
 * What of a gathering needs a judge, by code alone; undefined where nothing does, so that no model is asked: no role is named,
 * nothing is found that no issue stands for, nothing new is filed by the exit condition, or as many issues are open as may be.
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
  // Unknown is neither yes nor no: whoever settles refuses it.
  if (until !== undefined && holds(until, measures) !== false) return undefined;
  const fresh = gathered.items.filter((item) => !isTaken(standing, keyOf(item)));
  if (fresh.length === 0) return undefined;
  const own = new Set(standing.filed);
  return { fresh, filed: gathered.items.filter((item) => own.has(keyOf(item))) };
}

function isTaken({ filed, spoken, dismissed }: Standing, key: Digest): boolean {
  return [filed, spoken, dismissed].some((keys) => keys.includes(key));
}
