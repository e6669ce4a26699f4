import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { narrow, statedIn } from "../../../../src/domain/config/narrow/narrow.ts";
import { Config } from "../../../../src/domain/config/schema.ts";
import { TRUST_LEVELS, trustOf } from "../../../../src/domain/trust/trust-level.ts";

const PATHS = ["a", "docs/a.md", "docs/b/c.md", "src/x.ts"];
const GLOBS = ["**", "docs/**", "**/*.md", "src/**", "a"];
const URLS = ["https://registry.npmjs.org", "https://npm.example.com"];
const APPROVALS = ["never", "when-risky", "always"] as const;

const level = fc.constantFrom(...TRUST_LEVELS);
const scopes = fc.array(fc.record({ paths: fc.subarray(GLOBS, { minLength: 1 }), level }), {
  maxLength: 3,
});
const bound = fc.integer({ min: 1, max: 10 });
/** What somebody may write: each key there or not. */
const written = fc.record(
  {
    mode: fc.constantFrom("live", "staged"),
    checks: fc.record(
      { lint: fc.constantFrom("a", "b"), test: fc.constantFrom("c", "d"), build: fc.constant("e") },
      { requiredKeys: [] },
    ),
    sandbox: fc.record(
      {
        read: fc.subarray(["/opt/a", "/opt/b"]),
        registries: fc
          .subarray(URLS)
          .map((urls) => urls.map((url) => ({ use: "npm", url, token: "T" }))),
      },
      { requiredKeys: [] },
    ),
    andonFrom: fc.constantFrom("write", "triage"),
    approve: fc.constantFrom(...APPROVALS),
    trust: fc.record({ default: level, scopes }, { requiredKeys: [] }),
    protect: fc.subarray(GLOBS),
    dependencies: fc.record({ registries: fc.subarray(URLS) }, { requiredKeys: [] }),
    limits: fc.record(
      { wip: bound, attempts: bound, usdPerIssue: bound, usdPerDay: bound },
      { requiredKeys: [] },
    ),
    verify: fc.record({ noticeMinutes: bound }, { requiredKeys: [] }),
    gate: fc.record({ noticed: fc.constantFrom(0, 0.5, 1) }, { requiredKeys: [] }),
    models: fc.record({ default: fc.constantFrom("m", "n") }, { requiredKeys: [] }),
  },
  { requiredKeys: [] },
);

const registry = (use: string, url: string | undefined) => ({ use, url, token: "T" });
const sharedOf = (value: unknown) => ({ config: Config.parse(value), stated: statedIn(value) });
const within = (smaller: readonly unknown[], larger: readonly unknown[]) => {
  const all = new Set(larger.map((one) => JSON.stringify(one)));
  return smaller.every((one) => all.has(JSON.stringify(one)));
};

type Law = (left: Config, right: Config) => boolean;

const rank = ({ approve }: Config) => APPROVALS.indexOf(approve);
const trusted = (config: Config, path: string) => TRUST_LEVELS.indexOf(trustOf(path, config.trust));
const bounded =
  (key: keyof Config["limits"]): Law =>
  (left, right) =>
    left.limits[key] <= right.limits[key];

/** When `left` allows no more than `right`, by the key of which that is said. */
const LAWS: Readonly<Record<string, Law>> = {
  mode: (left, right) => right.mode === "live" || left.mode === "staged",
  checks: (left, right) => within(Object.keys(right.checks), Object.keys(left.checks)),
  "sandbox.read": (left, right) => within(left.sandbox.read, right.sandbox.read),
  "sandbox.registries": (left, right) => within(left.sandbox.registries, right.sandbox.registries),
  andonFrom: (left, right) => right.andonFrom === "write" || left.andonFrom === "triage",
  approve: (left, right) => rank(left) >= rank(right),
  "trust.default": (left, right) =>
    PATHS.every((path) => trusted(left, path) <= trusted(right, path)),
  protect: (left, right) => within(right.protect, left.protect),
  "dependencies.registries": (left, right) =>
    within(left.dependencies.registries, right.dependencies.registries),
  "limits.wip": bounded("wip"),
  "limits.attempts": bounded("attempts"),
  "limits.usdPerIssue": bounded("usdPerIssue"),
  "limits.usdPerDay": bounded("usdPerDay"),
  "verify.noticeMinutes": (left, right) => left.verify.noticeMinutes >= right.verify.noticeMinutes,
  "gate.noticed": (left, right) => (left.gate.noticed ?? 0) >= (right.gate.noticed ?? 0),
};

/** Every way in which `left` allows more than `right` does, where `right` speaks of it. */
function moreIn(left: Config, right: Config, isStated: (path: string) => boolean) {
  return Object.entries(LAWS).flatMap(([key, law]) =>
    !isStated(key) || law(left, right) ? [] : [key],
  );
}

describe("narrow", () => {
  test("allows in no key more than the organisation, nor more than the repository", () => {
    fc.assert(
      fc.property(written, written, (above, mine) => {
        const [shared, own] = [sharedOf(above), Config.parse(mine)];
        const narrowed = narrow(own, shared);
        expect(moreIn(narrowed, shared.config, (path) => shared.stated.has(path))).toEqual([]);
        expect(moreIn(narrowed, own, () => true)).toEqual([]);
      }),
    );
  });

  test("is a config as any other, and done twice it is done once", () => {
    fc.assert(
      fc.property(written, written, (above, mine) => {
        const shared = sharedOf(above);
        const once = narrow(Config.parse(mine), shared);
        expect(Config.parse(once)).toEqual(once);
        expect(narrow(once, shared)).toEqual(once);
      }),
    );
  });

  test("touches nothing that the organisation does not state: its defaults are not its word", () => {
    fc.assert(
      fc.property(written, (mine) => {
        const own = Config.parse(mine);
        expect(narrow(own, sharedOf({}))).toEqual(own);
      }),
    );
  });

  test.each<readonly [string, object, object, object]>([
    [
      "the lesser bound",
      { limits: { usdPerDay: 20 } },
      { limits: { usdPerDay: 90, wip: 9 } },
      { limits: { usdPerDay: 20, wip: 9 } },
    ],
    [
      "its own lesser bound",
      { limits: { usdPerDay: 20 } },
      { limits: { usdPerDay: 9 } },
      { limits: { usdPerDay: 9 } },
    ],
    [
      "checks of both, its own first",
      { checks: { lint: "a", test: "b" } },
      { checks: { test: "c" } },
      { checks: { lint: { run: "a" }, test: { run: "c" } } },
    ],
    [
      "the organisation's models",
      { models: { default: "m" } },
      { models: { default: "n", reviewer: "r" } },
      { models: { default: "m", reviewer: "r" } },
    ],
    ["staged, whoever says it", { mode: "staged" }, { mode: "live" }, { mode: "staged" }],
    ["live where both say it", { mode: "live" }, { mode: "live" }, { mode: "live" }],
    [
      "anybody who writes, where both let them stop the line",
      { andonFrom: "write" },
      { andonFrom: "write" },
      { andonFrom: "write" },
    ],
    [
      "folders and registries that both name",
      {
        sandbox: { read: ["/opt/a"], registries: [registry("npm", URLS[0])] },
        dependencies: { registries: [URLS[0]] },
      },
      {
        sandbox: {
          read: ["/opt/b", "/opt/a"],
          registries: [
            registry("pip", URLS[0]),
            registry("npm", URLS[1]),
            registry("npm", URLS[0]),
          ],
        },
        dependencies: { registries: URLS },
      },
      {
        sandbox: { read: ["/opt/a"], registries: [registry("npm", URLS[0])] },
        dependencies: { registries: [URLS[0]] },
      },
    ],
  ])("keeps %s", (_what, above, mine, expected) => {
    expect(narrow(Config.parse(mine), sharedOf(above))).toMatchObject(expected);
  });

  test("a scope that the organisation states bounds its own paths alone", () => {
    const above = { trust: { scopes: [{ paths: ["src/**"], level: "open-pr" }] } };
    const mine = Config.parse({ trust: { default: "scoped-autonomy" } });
    const { trust } = narrow(mine, sharedOf(above));
    expect([trustOf("a", trust), trustOf("src/x.ts", trust)]).toEqual([
      "scoped-autonomy",
      "open-pr",
    ]);
  });

  test("a scope of the repository is held by a scope of the organisation", () => {
    const above = {
      trust: { default: "auto-merge-low-risk", scopes: [{ paths: ["src/**"], level: "open-pr" }] },
    };
    const mine = Config.parse({ trust: { scopes: [{ paths: ["**"], level: "full-factory" }] } });
    const { trust } = narrow(mine, sharedOf(above));
    expect(PATHS.map((path) => trustOf(path, trust))).toEqual([
      "auto-merge-low-risk",
      "auto-merge-low-risk",
      "auto-merge-low-risk",
      "open-pr",
    ]);
  });
});

describe("statedIn", () => {
  test("names keys and those below them", () => {
    const stated = statedIn({
      mode: "live",
      limits: { wip: 1 },
      trust: { scopes: [{ paths: [] }] },
    });
    expect([...stated]).toEqual(["mode", "limits", "limits.wip", "trust", "trust.scopes"]);
    expect(statedIn(null).size).toBe(0);
  });
});
