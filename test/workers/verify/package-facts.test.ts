import { expect, test } from "vitest";
import { Config } from "../../../src/domain/config/schema.ts";
import type { LockedPackage } from "../../../src/domain/dependencies/npm-entry.ts";
import { describePackages } from "../../../src/workers/verify/package-facts.ts";
import { integrityOf, REGISTRY } from "../../domain/dependencies/npm-lockfiles.ts";
import { answered, createFakeWeb, type WebAnswer } from "../../fakes/web.ts";

const COUNTS = "https://api.npmjs.org/downloads/point/last-week";
const PUBLISHED = "2025-03-04T05:06:07.000Z";
const DESCRIBED = answered(JSON.stringify({ time: { "1.0.0": PUBLISHED } }));
const AWAY: WebAnswer = { kind: "unreachable", reason: "no route", durationMs: 1 };

function locked(name: string, registry = REGISTRY): LockedPackage {
  return {
    name,
    version: "1.0.0",
    resolved: `${registry}/${name}/-/${name.replace(/^.*\//, "")}-1.0.0.tgz`,
    integrity: integrityOf(name),
    installScript: false,
    forLinux: true,
  };
}

async function describe(
  added: readonly LockedPackage[],
  answers: Readonly<Record<string, WebAnswer>>,
  given: { readonly known?: readonly string[]; readonly dependencies?: unknown } = {},
) {
  const web = createFakeWeb(answers);
  const bounds: unknown[] = [];
  const config = Config.parse({ dependencies: given.dependencies ?? {} }).dependencies;
  const described = await describePackages(added, {
    known: given.known ?? [],
    config,
    web: {
      ...web,
      get: (url, asked) => {
        bounds.push(asked);
        return web.get(url, asked);
      },
    },
  });
  return { described, requests: web.requests, bounds };
}

test("a package of the public registry has an age and its downloads, and a name that it is taken for", async () => {
  const { described, requests, bounds } = await describe(
    [{ ...locked("shouter"), installScript: true }],
    {
      [`${REGISTRY}/shouter`]: DESCRIBED,
      [`${COUNTS}/shouter`]: answered('{"downloads":42}'),
    },
    { known: ["shooter"] },
  );
  expect(described).toEqual([
    {
      name: "shouter",
      version: "1.0.0",
      host: "registry.npmjs.org",
      integrity: integrityOf("shouter"),
      publishedAt: PUBLISHED,
      weeklyDownloads: 42,
      lookAlike: "shooter",
      installScript: true,
    },
  ]);
  expect(requests).toEqual([`${REGISTRY}/shouter`, `${COUNTS}/shouter`]);
  expect(bounds[0]).toEqual({ timeoutMs: 10_000, maximumBytes: 20_000_000 });
});

test("a scope is asked for as one word of the address", async () => {
  const { described } = await describe([locked("@loud/shouter")], {
    [`${REGISTRY}/@loud%2fshouter`]: DESCRIBED,
    [`${COUNTS}/@loud/shouter`]: answered('{"downloads":0}'),
  });
  expect(described).toMatchObject([
    { publishedAt: PUBLISHED, weeklyDownloads: 0, lookAlike: null, installScript: false },
  ]);
});

test("names of another registry are told to nobody else", async () => {
  const registry = "https://packages.example/npm";
  const { described, requests } = await describe([locked("shouter", registry)], {
    [`${registry}/shouter`]: DESCRIBED,
  });
  expect(described).toMatchObject([
    { host: "packages.example", publishedAt: PUBLISHED, weeklyDownloads: null },
  ]);
  expect(requests).toEqual([`${registry}/shouter`]);
});

test("downloads are asked for from nobody where the config says so", async () => {
  const answers = { [`${REGISTRY}/shouter`]: DESCRIBED };
  const { described } = await describe([locked("shouter")], answers, {
    dependencies: { downloads: null },
  });
  expect(described).toMatchObject([{ publishedAt: PUBLISHED, weeklyDownloads: null }]);
});

test.each<readonly [string, WebAnswer]>([
  ["does not answer", AWAY],
  ["has no such package", answered(DESCRIBED.kind === "answered" ? DESCRIBED.body : "", 404)],
  ["answers something else", answered("<html>")],
  ["answers in another form", answered('{"time":"long ago"}')],
  ["does not know the version", answered(JSON.stringify({ time: { "2.0.0": PUBLISHED } }))],
])("a registry that %s leaves the age unknown", async (_what, answer) => {
  const { described } = await describe([locked("shouter")], {
    [`${REGISTRY}/shouter`]: answer,
    [`${COUNTS}/shouter`]: AWAY,
  });
  expect(described).toMatchObject([{ publishedAt: null, weeklyDownloads: null }]);
});

test("of many packages fifty are asked about, and all are told in order", async () => {
  const names = Array.from({ length: 53 }, (_, index) => `package-${index}`);
  const answers = Object.fromEntries(
    names.flatMap((name) => [
      [`${REGISTRY}/${name}`, DESCRIBED],
      [`${COUNTS}/${name}`, answered('{"downloads":1}')],
    ]),
  );
  const added = names.map((name) => locked(name));
  const { described, requests } = await describe(added, answers);
  expect(described.map(({ name }) => name)).toEqual(names);
  expect(described.filter(({ publishedAt }) => publishedAt !== null)).toHaveLength(50);
  expect(new Set(requests).size).toBe(100);
  expect(requests).toHaveLength(100);
});
