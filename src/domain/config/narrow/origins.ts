import type { Config } from "../schema.ts";
import { narrow, type SharedConfig } from "./narrow.ts";

/** Why a value of the config is what it is. */
export type From =
  /** The repository says it, and the organisation nothing of it, or as much, or what does not count for this key. */
  | "repository"
  /** The organisation says it, and the repository nothing. */
  | "organisation"
  /** Both say it, and what counts is less than the repository says. */
  | "narrowed";

/** A key that either file states, and what counts of it. */
export interface Origin {
  /** As `limits.usdPerDay`, or a key at the top. */
  readonly key: string;
  readonly from: From;
  /** What counts. */
  readonly value: unknown;
  /** What the repository says, where it is another. */
  readonly said?: unknown;
}

/** Keys whose rule looks at the whole of them: their parts have no origin of their own. */
const WHOLE: ReadonlySet<string> = new Set(["trust", "version", "extends"]);

/**
 * Where each value comes from that either file states, in the order of the keys; a default has no origin. Decided by comparing
 * what counts with what the repository says, so that no second table of rules can differ from `narrow`.
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

/** The parts of a key: those of an object of keys, else the key itself. */
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
