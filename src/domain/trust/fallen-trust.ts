import { matchesAny } from "../path.ts";
import { TRUST_LEVELS, type TrustLevel, type TrustScope, trustOf } from "./trust-level.ts";

/** Days for which a reverted merge lowers the trust in the scopes that it touched. */
export const FALLEN_DAYS = 14;

/** A reverted merge: the change that did so, and the paths that it touched. */
export interface TakenBackLately {
  readonly pullRequest: number;
  /** ISO 8601. */
  readonly mergedAt: string;
  readonly paths: readonly string[];
}

interface Trust {
  readonly default: TrustLevel;
  readonly scopes: readonly TrustScope[];
}

/** Those that touched a scope of these paths: the last scope that names a path, or the unnamed rest. */
export function touchedLately(
  paths: readonly string[],
  trust: Trust,
  lately: readonly TakenBackLately[],
): readonly TakenBackLately[] {
  const own = new Set(paths.map((path) => scopeOf(path, trust)));
  return lately.filter((one) => one.paths.some((path) => own.has(scopeOf(path, trust))));
}

/** The level of a path, one lower for each reverted merge in its scope. At the lowest a person merges. */
export function fallenTrustOf(
  path: string,
  trust: Trust,
  lately: readonly TakenBackLately[],
): TrustLevel {
  const level = trustOf(path, trust);
  const least = TRUST_LEVELS.indexOf("open-pr");
  const fallen = TRUST_LEVELS.indexOf(level) - touchedLately([path], trust, lately).length;
  return fallen >= least
    ? (TRUST_LEVELS[fallen] ?? level)
    : level === "read-only"
      ? level
      : "open-pr";
}

function scopeOf(path: string, { scopes }: Trust): number {
  return scopes.findLastIndex(({ paths }) => matchesAny(path, paths));
}
