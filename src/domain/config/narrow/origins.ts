import type { Config } from "../schema.ts";
import { narrow, type SharedConfig } from "./narrow.ts";

/** Where a value of the config comes from. */
export type From =
  /** The repository states it. The organization states nothing, or no less, or a value that does not count for this key. */
  | "repository"
  /** The organization states it, and the repository does not. */
  | "organisation"
  /** Both state it, and the result is less than the repository's value. */
  | "narrowed";

/** A key that either file states, with its effective value. */
export interface Origin {
  /** Such as `limits.usdPerDay`, or a key at the top. */
  readonly key: string;
  readonly from: From;
  /** The effective value. */
  readonly value: unknown;
  /** The repository's value, if it differs. */
  readonly said?: unknown;
}

/** Keys with a rule for the whole value. Their parts have no origin of their own. */
const WHOLE: ReadonlySet<string> = new Set(["trust", "version", "extends"]);

/**
 * Origin of each value that either file states, in the order of the keys. A default has none. Compares the effective
 * value with the repository's, so that no second table of rules can differ from `narrow`.
 */
export function originsOf(mine: SharedConfig, shared?: SharedConfig): readonly Origin[] {
  const counts = shared === undefined ? mine.config : narrow(mine.config, shared);
  const parts = Object.keys(counts).filter((key) => key !== "version" && key !== "extends");
  return parts.flatMap((key) =>
    leavesOf(key, counts[key as keyof Config]).flatMap(([path, value]): Origin[] => {
      const said = valueAt(mine.config, path);
      const isSame = JSON.stringify(said) === JSON.stringify(value);
      if (mine.stated.has(path)) {
        return [
          isSame
            ? { key: path, from: "repository", value }
            : { key: path, from: "narrowed", value, said },
        ];
      }
      return shared?.stated.has(path) === true && !isSame
        ? [{ key: path, from: "organisation", value }]
        : [];
    }),
  );
}

/** Parts of a key: those of an object of keys, or the key itself. */
function leavesOf(key: string, value: unknown): readonly (readonly [string, unknown])[] {
  if (WHOLE.has(key) || typeof value !== "object" || value === null || Array.isArray(value)) {
    return [[key, value]];
  }
  return Object.entries(value).map(([below, each]) => [`${key}.${below}`, each] as const);
}

function valueAt(config: Config, path: string): unknown {
  return path
    .split(".")
    .reduce<unknown>(
      (value, key) =>
        typeof value === "object" && value !== null ? Reflect.get(value, key) : undefined,
      config,
    );
}
