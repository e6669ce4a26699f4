import type { Config } from "../schema.ts";

/** An organization's config for its repositories, and the keys that it states, such as `limits.usdPerDay`. */
export interface SharedConfig {
  readonly config: Config;
  readonly stated: ReadonlySet<string>;
}

/** Rule that narrows a key of the config: the result never allows more than either value. */
type Rule<Key extends keyof Config> = (
  own: Config[Key],
  shared: Config[Key],
  isStated: (path: string) => boolean,
) => Config[Key];

type Rules = { readonly [Key in keyof Required<Config>]: Rule<Key> };

/** The key permits nothing, so the repository's own value counts. */
const own = <Value>(value: Value): Value => value;

const STRICTER_APPROVALS = ["never", "when-risky", "always"] as const;

/** One rule for each key. The compiler asks for the rule of a new key. */
const RULES: Rules = {
  version: own,
  mode: (mine, shared) => (mine === "staged" || shared === "staged" ? "staged" : "live"),
  extends: own,
  prefix: own,
  harness: own,
  // The organization's check runs if the repository has none of that name. More may have to pass, never less.
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
  // Who may stop the line: more people is the narrower value.
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
  // Neither of two models is narrower, so the organization's counts.
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
 * Narrows a repository's config by that of its organization. No key allows more than either of them. Keys that the
 * organization does not state stay, because its defaults are not its decision. Narrowing twice equals narrowing once.
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

/** Every key of a parsed YAML value, with nested ones: `limits`, `limits.usdPerDay`. */
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
  // Stryker disable next-line EqualityOperator: of two equal values either is returned
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
