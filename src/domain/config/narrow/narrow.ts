import type { Config } from "../schema.ts";

/** What an organisation says for its repositories, and which of its keys it says at all, as `limits.usdPerDay`. */
export interface SharedConfig {
  readonly config: Config;
  readonly stated: ReadonlySet<string>;
}

/** A key of the config that is narrowed: of what both say, never more than either allows. */
type Rule<Key extends keyof Config> = (
  own: Config[Key],
  shared: Config[Key],
  isStated: (path: string) => boolean,
) => Config[Key];

type Rules = { readonly [Key in keyof Required<Config>]: Rule<Key> };

/** Says nothing about what may be done: the repository's own word. */
const own = <Value>(value: Value): Value => value;

const STRICTER_APPROVALS = ["never", "when-risky", "always"] as const;

/** One rule for each key: the compiler asks for that of a new one. */
const RULES: Rules = {
  version: own,
  mode: (mine, shared) => (mine === "staged" || shared === "staged" ? "staged" : "live"),
  extends: own,
  prefix: own,
  harness: own,
  // A check of the organisation runs where the repository names none of its kind: more may have to pass, never less.
  checks: (mine, shared) => ({ ...shared, ...withoutUndefined(mine) }),
  sandbox: (mine, shared, isStated) => ({
    ...mine,
    read: isStated("sandbox.read")
      ? mine.read.filter((folder) => shared.read.includes(folder))
      : mine.read,
    registries: isStated("sandbox.registries")
      ? mine.registries.filter((one) =>
          shared.registries.some(({ use, url }) => use === one.use && url === one.url),
        )
      : mine.registries,
  }),
  // Whoever may stop the line: more people is less that goes on by itself.
  andonFrom: (mine, shared) => (mine === "triage" || shared === "triage" ? "triage" : "write"),
  approve: (mine, shared) => laterOf(STRICTER_APPROVALS, mine, shared),
  ask: own,
  quietHours: own,
  trust: (mine, { default: most, scopes, ceilings }, isStated) => {
    const above = { default: isStated("trust.default") ? most : "full-factory", scopes } as const;
    return { ...mine, ceilings: eachOnce([...mine.ceilings, above, ...ceilings]) };
  },
  protect: (mine, shared) => [...new Set([...mine, ...shared])],
  dependencies: (mine, shared, isStated) => ({
    ...mine,
    registries: isStated("dependencies.registries")
      ? mine.registries.filter((url) => shared.registries.includes(url))
      : mine.registries,
  }),
  limits: (mine, shared, isStated) => {
    const keys = Object.keys(mine) as (keyof Config["limits"])[];
    const least = keys.map((key) => {
      const isBound = isStated(`limits.${key}`);
      return [key, isBound ? Math.min(mine[key], shared[key]) : mine[key]] as const;
    });
    return Object.fromEntries(least) as Config["limits"];
  },
  verify: (mine, shared, isStated) => ({
    noticeMinutes: isStated("verify.noticeMinutes")
      ? Math.max(mine.noticeMinutes, shared.noticeMinutes)
      : mine.noticeMinutes,
  }),
  gate: (mine, { noticed }) =>
    noticed === undefined ? mine : { noticed: Math.max(noticed, mine.noticed ?? 0) },
  // Of two models neither is the narrower one: what the organisation names counts.
  models: (mine, shared, isStated) => {
    const named = Object.entries(shared).filter(([role]) => isStated(`models.${role}`));
    return { ...mine, ...Object.fromEntries(named) };
  },
  smoke: own,
  incidents: own,
  quality: own,
  learning: own,
  loops: own,
  board: own,
};

/**
 * The config of a repository below that of its organisation. In no key does it allow more than either of them, and what the
 * organisation does not state it does not touch: its defaults are not its word. Narrowing twice is narrowing once.
 */
export function narrow(mine: Config, { config: shared, stated }: SharedConfig): Config {
  const isStated = (path: string) => stated.has(path);
  const narrowed = (Object.keys(RULES) as (keyof Config)[]).map((key) => {
    if (!isStated(key)) return [key, mine[key]] as const;
    const rule = RULES[key] as Rule<keyof Config>;
    return [key, rule(mine[key], shared[key], isStated)] as const;
  });
  return withoutUndefined(Object.fromEntries(narrowed)) as Config;
}

/** Every key that a parsed YAML value says, with those below it: `limits`, `limits.usdPerDay`. */
export function statedIn(value: unknown, above = ""): ReadonlySet<string> {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return new Set();
  return new Set(
    Object.entries(value).flatMap(([key, below]) => [
      `${above}${key}`,
      ...statedIn(below, `${above}${key}.`),
    ]),
  );
}

function laterOf<Value>(order: readonly Value[], left: Value, right: Value): Value {
  return order.indexOf(left) >= order.indexOf(right) ? left : right;
}

function eachOnce<Value>(values: readonly Value[]): Value[] {
  return [...new Map(values.map((value) => [JSON.stringify(value), value])).values()];
}

function withoutUndefined<Value extends object>(value: Value): Value {
  return Object.fromEntries(
    Object.entries(value).filter(([, each]) => each !== undefined),
  ) as Value;
}
