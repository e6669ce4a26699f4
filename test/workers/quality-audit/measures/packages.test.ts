import { expect, test } from "vitest";
import { measurePackages } from "../../../../src/workers/quality-audit/measures/packages.ts";
import type { Facts } from "../../../../src/workers/quality-audit/measures/part.ts";
import { readEarlierPackages } from "../../../../src/workers/quality-audit/reading/earlier-packages.ts";
import { createFakeRepository } from "../../../fakes/repository.ts";

const COMMIT = "a".repeat(40);
const lock = (versions: Readonly<Record<string, string>>) =>
  JSON.stringify({
    lockfileVersion: 3,
    packages: Object.fromEntries([
      ["", { dependencies: versions }],
      ...Object.entries(versions).map(([name, version]) => [`node_modules/${name}`, { version }]),
    ]),
  });
const facts = (parts: object): Facts =>
  ({
    survey: {
      locked: {
        deprecated: ["x"],
        direct: new Map([
          ["a", "1.0.0"],
          ["b", "2.0.0"],
        ]),
      },
    },
    recent: [],
    earlierPackages: { commit: COMMIT, direct: new Map() },
    ...parts,
  }) as unknown as Facts;
const earlier = (...direct: readonly (readonly [string, string])[]) => ({
  earlierPackages: { commit: COMMIT, direct: new Map(direct) },
});

test.each([
  ["of which no version stood a year ago", {}, { value: 0 }],
  [
    "of which one is locked as it was",
    earlier(["a", "1.0.0"], ["b", "1.0.0"], ["gone", "1.0.0"]),
    {
      ...{ value: 50, counted: "1 of 2 packages", where: ["a@1.0.0"] },
      source: "package-lock.json, and the one of a year before (aaaaaaaaaaaa)",
    },
  ],
  [
    "in a younger repository",
    { earlierPackages: { commit: undefined, direct: new Map() } },
    { value: 0, source: expect.stringContaining("no commit is a year old") },
  ],
  ["without history", { recent: undefined }, { value: null, source: /fetch-depth/ }],
  [
    "without a lockfile",
    { survey: { locked: undefined } },
    { value: null, source: /no package-lock/ },
  ],
  [
    "of which none is asked for",
    { survey: { locked: { deprecated: [], direct: new Map() } } },
    { value: null, nothing: true },
  ],
] as const)("packages %s", (_what, parts, { source, ...expected }: Record<string, unknown>) => {
  const [, old] = measurePackages(facts(parts));
  expect(old).toMatchObject(expected);
  if (source instanceof RegExp) expect(old?.source).toMatch(source);
  else if (source !== undefined) expect(old?.source).toEqual(source);
});

test("packages that their makers gave up are named", () => {
  expect(measurePackages(facts({}))[0]).toMatchObject({
    ...{ name: "deprecated-packages", value: 1, source: "package-lock.json: x" },
  });
});

test("the versions of a year before are those of the commit of then", async () => {
  const repository = createFakeRepository();
  const now = repository.commit({ "package-lock.json": lock({ a: "2.0.0" }) });
  const none = { commit: undefined, direct: new Map() };
  expect(await readEarlierPackages(repository, now)).toEqual(none);
  const bare = repository.commit({ "README.md": "" });
  repository.setAncestor(bare);
  expect(await readEarlierPackages(repository, now)).toEqual({ ...none, commit: bare });
  const then = repository.commit({ "package-lock.json": lock({ a: "1.0.0" }) }, "then");
  repository.setAncestor(then);
  expect(await readEarlierPackages(repository, now)).toEqual({
    ...{ commit: then, direct: new Map([["a", "1.0.0"]]) },
  });
});
