import { z } from "zod";
import { matchesAny } from "../path.ts";
import type { Risk } from "./risk.ts";

/** How far the factory may go by itself in a part of the tree, in rising order. */
export const TRUST_LEVELS = [
  "read-only",
  "open-pr",
  "auto-merge-low-risk",
  "scoped-autonomy",
  "full-factory",
] as const;
export const TrustLevel = z.enum(TRUST_LEVELS);
export type TrustLevel = z.infer<typeof TrustLevel>;

export const TrustScope = z.strictObject({
  paths: z.array(z.string().min(1)).min(1),
  level: TrustLevel,
});
export type TrustScope = z.infer<typeof TrustScope>;

/** Upper limit of the trust of every path, as an organization sets it for its repositories. */
export const TrustCeiling = z.strictObject({
  default: TrustLevel,
  scopes: z.array(TrustScope).default([]),
});
export type TrustCeiling = z.infer<typeof TrustCeiling>;

/** Trust of each path. */
export interface Trust {
  readonly default: TrustLevel;
  readonly scopes: readonly TrustScope[];
  readonly ceilings?: readonly TrustCeiling[];
}

export function lowerTrust(left: TrustLevel, right: TrustLevel): TrustLevel {
  // Stryker disable next-line EqualityOperator: of two that are equal it does not matter which is given back
  return TRUST_LEVELS.indexOf(left) <= TRUST_LEVELS.indexOf(right) ? left : right;
}

/** The level of one path: that of the last scope that names it, or else the default; never above a ceiling. */
export function trustOf(path: string, trust: Trust): TrustLevel {
  const levels = [trust, ...(trust.ceilings ?? [])].map((one) => {
    const scope = one.scopes.findLast(({ paths }) => matchesAny(path, paths));
    return scope?.level ?? one.default;
  });
  return levels.reduce(lowerTrust);
}

/**
 * The level of a change: the lowest of all paths it touches; without a seal key never above `open-pr` (DESIGN §3).
 *
 * @param levelOf the level of one path, if the config alone does not decide it
 */
export function trustOfPaths(
  paths: readonly string[],
  trust: Trust & { readonly sealed: boolean },
  levelOf: (path: string) => TrustLevel = (path) => trustOf(path, trust),
): TrustLevel {
  const levels = paths.map(levelOf);
  const lowest = levels.reduce(lowerTrust, levels[0] ?? trust.default);
  return trust.sealed ? lowest : lowerTrust(lowest, "open-pr");
}

/** Whether any path may be merged without a person. */
export function mergesAnything(trust: {
  readonly default: TrustLevel;
  readonly scopes: readonly TrustScope[];
}): boolean {
  const levels = [trust.default, ...trust.scopes.map(({ level }) => level)];
  return levels.some((level) => highestRiskMerged(level) !== undefined);
}

/** The highest risk that a level merges without a person; undefined if a person always merges. */
export function highestRiskMerged(level: TrustLevel): Risk | undefined {
  switch (level) {
    case "read-only":
    case "open-pr":
      return undefined;
    case "auto-merge-low-risk":
      return "low";
    case "scoped-autonomy":
      return "medium";
    case "full-factory":
      return "high";
  }
}
