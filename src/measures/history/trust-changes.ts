import type { TrustLevel, TrustScope } from "../../domain/trust/trust-level.ts";
import type { TrustChange } from "./history.ts";
import { present } from "./present.ts";

/** Trust in one version of the config; none without a readable config. */
export interface TrustVersion {
  readonly commit: string;
  readonly at: string;
  readonly trust?:
    | { readonly default: TrustLevel; readonly scopes: readonly TrustScope[] }
    | undefined;
}

/** Changes between versions, given oldest first. Without a config nobody gave any trust, so the first version gives all of it. */
export function trustChanges(versions: readonly TrustVersion[]): readonly TrustChange[] {
  return versions.flatMap((version, index) => {
    const before = levelsOf(versions[index - 1]);
    const after = levelsOf(version);
    return [...new Set([...before.keys(), ...after.keys()])].flatMap((scope) => {
      const [from, to] = [before.get(scope), after.get(scope)];
      if (from === to) return [];
      const { commit, at } = version;
      return [{ commit, at, scope, ...present({ from, to }) }];
    });
  });
}

function levelsOf(version: TrustVersion | undefined): ReadonlyMap<string, TrustLevel> {
  const trust = version?.trust;
  if (trust === undefined) return new Map();
  return new Map([
    ["default", trust.default],
    ...trust.scopes.map(({ paths, level }) => [paths.join(", "), level] as const),
  ]);
}
