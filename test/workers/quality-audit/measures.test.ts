import { describe, expect, test } from "vitest";
import { measureHistory } from "../../../src/workers/quality-audit/measures/history.ts";
import type { Facts } from "../../../src/workers/quality-audit/measures/part.ts";
import {
  measureCoverage,
  measureMutation,
} from "../../../src/workers/quality-audit/measures/reports.ts";
import {
  measureDuplication,
  measureOwned,
  measureSyntax,
} from "../../../src/workers/quality-audit/measures/syntax.ts";

const NO_PACKAGES = { commit: undefined, direct: new Map() };
const FILES = ["src/a.ts", "src/b.ts"];
const PART = { area: undefined, files: FILES, lines: 100 };
const id = (letter: string) => letter.repeat(40);
const commit = (letter: string, parts: object = {}) => ({
  ...{ id: id(letter), paths: ["src/a.ts"], reverts: [], mends: [] },
  ...parts,
});

function facts(survey: Partial<Facts["survey"]>, recent?: Facts["recent"]): Facts {
  return {
    survey: {
      ...{ paths: FILES, lines: new Map(), writtenTests: new Map(), repeated: new Map() },
      ...{ syntax: new Map(), syntaxStep: 1, ownersOf: () => [] },
      ...{ mutants: undefined, advisories: undefined, locked: undefined },
      ...survey,
    },
    ...{
      evidence: [],
      recent,
      openDefects: undefined,
      record: undefined,
      earlierPackages: NO_PACKAGES,
      areasOfTest: () => [],
    },
  };
}

describe("history", () => {
  test("is shares of the commits that touch the part, with their ids", () => {
    const recent = [
      commit("a", { reverts: [id("c")] }),
      commit("b", { mends: [id("c").slice(0, 8), id("d").slice(0, 12)] }),
      commit("c", { paths: ["src/b.ts", "src/a.ts"] }),
      commit("d", { paths: ["docs/x.md"] }),
    ];
    expect(measureHistory(PART, facts({}, recent))).toEqual([
      {
        ...{ name: "churn", value: 2, source: "commits of git's history" },
        ...{ counted: "4 changes of 2 files", where: ["src/a.ts", "src/b.ts"] },
      },
      {
        ...{ name: "reverts", value: expect.closeTo(33.33, 2) },
        ...{ source: "taken back: cccccccccccc", counted: "1 of 3 commits" },
      },
      {
        ...{ name: "rework", value: expect.closeTo(33.33, 2) },
        ...{ source: "mended: cccccccccccc", counted: "1 of 3 commits" },
      },
    ]);
  });

  test("without a commit nothing was taken back; what nobody marks as mended is not known", () => {
    expect(measureHistory(PART, facts({}, [])).map(({ value }) => value)).toEqual([0, 0, null]);
  });

  test("is not known of a shallow clone", () => {
    const found = measureHistory(PART, facts({}, undefined));
    expect(found.map(({ value }) => value)).toEqual([null, null, null]);
    expect(found[0]?.source).toContain("fetch-depth: 0");
  });
});

describe("mutation", () => {
  const mutants = (files: NonNullable<Facts["survey"]["mutants"]>["files"]) =>
    measureMutation(PART, facts({ mutants: { source: "m.json", files } }));

  test("sums the files of the part, and folders that some of them lie in", () => {
    const found = mutants([
      { path: "src/a.ts", noticed: 3, judged: 4, unnoticedAt: 7 },
      { path: "src/", noticed: 5, judged: 6 },
      { path: "src/deep/", noticed: 0, judged: 9 },
      { path: "lib/a.ts", noticed: 0, judged: 9 },
    ]);
    expect(found).toEqual({
      ...{ name: "mutation", value: 80, source: "m.json", counted: "8 of 10 mutants" },
      where: ["src/", "src/a.ts:7"],
    });
  });

  test("is not known where the report judged none of its mutants", () => {
    expect(mutants([{ path: "lib/a.ts", noticed: 1, judged: 1 }])).toEqual({
      ...{ name: "mutation", value: null, source: "m.json judged no mutant here" },
    });
  });
});

describe("the source itself", () => {
  const syntax = new Map([
    [
      "src/a.ts",
      {
        functions: [
          { line: 1, complexity: 10, lines: 4 },
          { line: 2, complexity: 11, lines: 0 },
          { line: 3, complexity: 20, lines: 5 },
          { line: 4, complexity: 1, lines: 1 },
        ],
        handlers: [
          { line: 5, isEmpty: true },
          { line: 6, isEmpty: false },
        ],
        declarations: [
          { line: 1, isDocumented: true },
          { line: 8, isDocumented: false },
          { line: 9, isDocumented: false },
          { line: 9, isDocumented: true },
        ],
      },
    ],
  ]);

  test("is counted from its syntax trees, the worst place first", () => {
    const found = measureSyntax(PART, facts({ syntax }));
    expect(found.map(({ name, value, where }) => [name, value, where])).toEqual([
      ["complexity", 50, ["src/a.ts:3", "src/a.ts:2"]],
      ["dropped-errors", 50, ["src/a.ts:5"]],
      ["documentation", 50, ["src/a.ts:8", "src/a.ts:9"]],
    ]);
  });

  test("holds functions that no test loads: a report that does not name their file counts them as not run", () => {
    const coverage = (path: string): Facts => ({
      ...facts({ syntax }),
      evidence: [
        {
          ...{ kind: "coverage", subject: { base: id("a"), tree: id("b") }, source: "lcov.info" },
          files: [{ path, covered: 30, total: 40 }],
        },
      ],
    });
    expect(measureCoverage(PART, coverage("src/b.ts"))).toMatchObject({
      ...{ value: 60, counted: "30 of 50 lines, 1 of 2 files" },
      where: ["src/a.ts", "src/b.ts"],
    });
    expect(measureCoverage(PART, coverage("src/a.ts")).value).toBe(75);
    expect(measureCoverage(PART, coverage("lib/a.ts")).value).toBeNull();
  });

  test("says which share of the files was read, and what no grammar reads", () => {
    const [read] = measureSyntax(PART, facts({ syntax, syntaxStep: 3 }));
    expect(read?.source).toBe("syntax trees of its files, each file of 3");
    expect(measureSyntax(PART, facts({})).map(({ value }) => value)).toEqual([null, null, null]);
  });

  test("has lines that stand elsewhere, and files that somebody owns", () => {
    const repeated = new Map([["src/b.ts", { lines: 20, first: 5 }]]);
    const ownersOf = (path: string) => (path === "src/a.ts" ? ["@a"] : []);
    const found = facts({ repeated, ownersOf });
    expect(measureDuplication(PART, found)).toMatchObject({ value: 20, where: ["src/b.ts:5"] });
    expect(measureOwned(PART, found)).toMatchObject({ value: 50, where: ["src/b.ts"] });
    const area = { name: "a", owner: "@team", bar: "B" as const, files: FILES };
    expect(measureOwned({ ...PART, area }, found)).toMatchObject({ value: 100 });
    const nothing = { ...PART, files: [], lines: 0 };
    expect([measureDuplication(nothing, found).value, measureOwned(nothing, found).value]).toEqual([
      null,
      null,
    ]);
  });
});
