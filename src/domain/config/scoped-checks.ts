import { matchesAny } from "../path.ts";
import { CHECK_NAMES, type Check, type CheckPart, type Checks } from "./check.ts";

/** The commands of a check, in order. */
export function partsOf(check: Check | undefined): readonly CheckPart[] {
  if (check === undefined) return [];
  return isList(check) ? check : [check];
}

function isList(check: Check): check is readonly CheckPart[] {
  return Array.isArray(check);
}

/** Whether every command of a check reports its tests one by one. */
export function tellsTests(check: Check | undefined): boolean {
  const parts = partsOf(check);
  return parts.length > 0 && parts.every(({ report }) => report !== undefined);
}

/** The most globs that the record of a run names. */
export const MOST_SCOPES = 200;

/** Scopes of the commands: the globs of each, `**` for one without a scope beside others; empty if none has one. */
export function scopesOf(check: Check): readonly string[] {
  const scopes = partsOf(check).map(({ paths }) => paths);
  if (scopes.every((paths) => paths === undefined)) return [];
  return scopes.flatMap((paths) => paths ?? EVERYTHING).slice(0, MOST_SCOPES);
}

const EVERYTHING = ["**"];

/** Time limit of all of a check, in seconds. `usual` applies to a command without its own. */
export function secondsOf(check: Check, usual: number): number {
  return partsOf(check).reduce((sum, { timeoutSeconds = usual }) => sum + timeoutSeconds, 0);
}

/**
 * Checks that a change of these paths has to pass: those without a scope, and those whose scope it touches. A path in no
 * scope belongs to no package, so it may affect all, and every check runs.
 */
export function checksFor(checks: Checks, paths: readonly string[]): Checks {
  const scopes = CHECK_NAMES.flatMap((name) => partsOf(checks[name])).flatMap(
    ({ paths: scope = [] }) => scope,
  );
  if (scopes.length === 0 || paths.length === 0) return checks;
  if (!paths.every((path) => matchesAny(path, scopes))) return checks;
  const touched = ({ paths: scope }: CheckPart) =>
    scope === undefined || paths.some((path) => matchesAny(path, scope));
  const entries = CHECK_NAMES.map((name) => [name, only(checks[name], touched)] as const);
  // Each name keeps a subset of its own commands, and so its type.
  return Object.fromEntries(entries.filter(([, check]) => check !== undefined)) as Checks;
}

function only(check: Check | undefined, touched: (part: CheckPart) => boolean): Check | undefined {
  const kept = partsOf(check).filter(touched);
  // A single command is the check itself, so some of its tests can run alone, too.
  return kept.length > 1 ? kept : kept[0];
}

/** The same order, with only the checks that a change of these paths has to pass; `undefined` if the paths are not known yet. */
export function withChecksFor<Order extends { readonly config: { readonly checks: Checks } }>(
  order: Order,
  paths: readonly string[] | undefined,
): Order {
  if (paths === undefined) return order;
  return { ...order, config: { ...order.config, checks: checksFor(order.config.checks, paths) } };
}
