import { expect, test } from "vitest";
import { measurePackages } from "../../../../src/workers/quality-audit/measures/packages.ts";
import type { Facts } from "../../../../src/workers/quality-audit/measures/part.ts";
import { readAdvisories } from "../../../../src/workers/quality-audit/reading/advisories.ts";
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

const commit = (id: string, ...paths: readonly string[]) => ({ id: id.repeat(40), paths });
const reported = (about: readonly string[], ...recent: readonly ReturnType<typeof commit>[]) => ({
  recent,
  survey: {
    locked: undefined,
    advisories: {
      source: "reports/osv.json",
      advisories: [
        { id: "GHSA-1", of: "left" },
        { id: "GHSA-2", of: "right" },
      ],
      about,
    },
  },
});
const LOCK = "package-lock.json";
const REPORT = "reports/osv.json";

test.each<[string, object, object]>([
  [
    "of a report that is younger than its lockfile",
    reported([LOCK], commit("a", "src/a.ts"), commit("b", REPORT), commit("c", LOCK)),
    { value: 2, source: `${REPORT}, as of bbbbbbbbbbbb`, where: ["left: GHSA-1", "right: GHSA-2"] },
  ],
  [
    "of a report that was written with it",
    reported([LOCK], commit("b", REPORT, LOCK)),
    { value: 2 },
  ],
  [
    "of a report that another lockfile overtook",
    reported([LOCK], commit("a", "other/yarn.lock"), commit("b", REPORT)),
    { value: 2 },
  ],
  [
    "of an older report: unknown",
    reported([LOCK], commit("a", LOCK), commit("b", REPORT)),
    { value: null, source: `${REPORT} is older than the lockfile of aaaaaaaaaaaa` },
  ],
  [
    "of an older report, by the path of the machine that wrote it: unknown",
    reported(["/builds/app/api/go.mod"], commit("a", "api/go.mod"), commit("b", REPORT)),
    { value: null, source: `${REPORT} is older than the lockfile of aaaaaaaaaaaa` },
  ],
  [
    "of a report that nobody wrote lately: unknown",
    reported([LOCK], commit("a", "src/a.ts")),
    { value: null, source: `${REPORT} is older than 90 days` },
  ],
  [
    "without history: unknown",
    { ...reported([LOCK]), recent: undefined },
    { value: null, source: expect.stringContaining("fetch-depth") },
  ],
  [
    "of what is no report: unknown",
    { survey: { locked: undefined, advisories: "unreadable" } },
    { value: null, source: "the committed report is of no known format" },
  ],
  [
    "of nothing: unknown",
    { survey: { locked: undefined } },
    { value: null, source: "none of reports/npm-audit.json, reports/osv.json is there" },
  ],
])("advisories %s", (_, parts, expected) => {
  const found = measurePackages(facts(parts)).find(({ name }) => name === "advisories");
  expect(found).toMatchObject(expected);
});

const NPM = {
  auditReportVersion: 2,
  vulnerabilities: {
    a: { via: [{ name: "a", url: "https://example.com/1" }, "b"] },
    b: {
      via: [
        { name: "b", url: "https://example.com/2" },
        { name: "b", url: "https://example.com/1" },
      ],
    },
  },
};
const OSV = {
  results: [
    {
      source: { path: "/checkout/go.mod", type: "lockfile" },
      packages: [
        { package: { name: "x" }, vulnerabilities: [{ id: "GO-1" }, { id: "GO-2" }] },
        { package: { name: "y" } },
      ],
    },
  ],
};

test.each<[string, unknown, readonly string[] | undefined]>([
  ["npm audit, each once", NPM, ["https://example.com/1", "https://example.com/2"]],
  ["npm audit without any", { auditReportVersion: 2, vulnerabilities: {} }, []],
  ["OSV-Scanner", OSV, ["GO-1", "GO-2"]],
  ["an older npm audit", { advisories: {} }, undefined],
  ["something else", [], undefined],
])("reads %s", (_, report, ids) => {
  const found = readAdvisories("reports/x.json", JSON.stringify(report));
  expect(found?.advisories.map(({ id }) => id)).toEqual(ids);
});

test("reads no text that is not JSON as a report", () => {
  expect(readAdvisories("reports/x.json", "none known")).toBeUndefined();
});
