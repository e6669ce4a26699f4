import fc from "fast-check";
import { expect, test } from "vitest";
import type { Lesson } from "../../../src/domain/lesson/lesson.ts";
import { MISTAKE_CAUSES, type Mistake } from "../../../src/domain/lesson/mistake.ts";
import { checkedLesson } from "../../../src/measures/learning/checks.ts";
import { learnFrom } from "../../../src/measures/learning/learn.ts";
import { historyOf, LINT, made, onDay } from "./a-history.ts";

const NOW = onDay(28);
const inPath = (name: string): Mistake => ({
  cause: "review-finding",
  place: { kind: "path", name },
});

test("thrice on two issues makes one lesson, with a baseline that the ledgers can be asked for", () => {
  const { taught, left } = learnFrom(historyOf([made(1, 3), made(2, 4), made(3, 5)], 9), [], NOW);
  expect(left).toEqual([]);
  expect(taught.map(({ lesson }) => lesson)).toEqual([
    {
      ...{ id: expect.stringMatching(/^[0-9a-f]{12}$/), cause: "check-red", place: LINT.place },
      ...{ remedy: "agents-line", per: "attempts", windowDays: 28, threshold: 0.125 },
      baseline: { times: 3, among: 12, until: NOW, issues: [1, 2, 3] },
      check: "2026-10-09",
    },
  ]);
});

test.each([
  ["twice", [made(1, 3), made(2, 4)], 9],
  ["thrice on one issue", [1, 2, 3].map((attempt) => ({ ...made(1, 3), attempt })), 9],
  ["before the window", [made(1, -5), made(2, 4), made(3, 5)], 9],
  [
    "in other checks",
    [made(1, 3), made(2, 4), made(3, 5, { ...LINT, place: { kind: "check", name: "test" } })],
    9,
  ],
  ["for no known cause", [1, 2, 3].map((issue) => made(issue, 3, { cause: "unknown" })), 9],
] as const)("%s is no habit", (_, mistakes, well) => {
  expect(learnFrom(historyOf([...mistakes], well), [], NOW).clusters).toEqual([]);
});

test("no baseline, no lesson: too few attempts tell no rate", () => {
  const { taught, left } = learnFrom(historyOf([made(1, 3), made(2, 4), made(3, 5)], 1), [], NOW);
  expect(taught).toEqual([]);
  expect(left.map(({ because }) => because)).toEqual(["no-baseline"]);
});

test("what no lesson mends is left to a person, and what was proposed before is not proposed again", () => {
  const broken = [1, 2, 3].map((issue) => made(issue, 3, { cause: "set-up" }));
  expect(learnFrom(historyOf(broken, 9), [], NOW).left[0]?.because).toBe("no-remedy");
  const history = historyOf([made(1, 3), made(2, 4), made(3, 5)], 9);
  const [first] = learnFrom(history, [], NOW).taught;
  if (first === undefined) throw new Error("no lesson");
  const lessons = [{ ...first.lesson, branch: "factory/guide-1" }];
  expect(learnFrom(history, lessons, NOW).left[0]?.because).toBe("known");
});

test("paths come together by their area where no path alone makes a habit, and count once", () => {
  const spread = ["src/a.ts", "src/b.ts", "src/c.ts"].map((path, at) =>
    made(at + 1, 3, inPath(path)),
  );
  const [area] = learnFrom(historyOf(spread, 9), [], NOW).clusters;
  expect(area).toMatchObject({ place: { kind: "area", name: "src/" }, issues: [1, 2, 3] });
  const same = [1, 2, 3].map((issue) => made(issue, 3, inPath("src/a.ts")));
  const both = learnFrom(historyOf([...same, ...spread.slice(1)], 9), [], NOW).clusters;
  expect(both.map(({ place }) => place?.name)).toEqual(["src/a.ts"]);
});

test("at most three a week, the most frequent first", () => {
  const names = ["a", "b", "c", "d"];
  const mistakes = names.flatMap((name, at) =>
    Array.from({ length: 3 + at }, (_, issue) =>
      made(10 * at + issue + 1, 3, { cause: "check-red", place: { kind: "check", name } }),
    ),
  );
  const { taught, left } = learnFrom(historyOf(mistakes, 0), [], NOW);
  expect(taught.map(({ cluster }) => cluster.place?.name)).toEqual(["d", "c", "b"]);
  expect(left.map(({ because }) => because)).toEqual(["later"]);
});

const LESSON: Lesson = {
  ...{ id: "0123456789ab", ...LINT, place: { kind: "check", name: "lint" }, remedy: "agents-line" },
  ...{ line: "Run lint.", per: "attempts", windowDays: 28, threshold: 0.125 },
  baseline: { times: 3, among: 12, until: onDay(-42), issues: [1, 2, 3] },
  ...{ check: NOW.slice(0, 10), branch: "factory/guide-0123456789ab" },
};

test.each([
  ["helped", [made(50, 5)], 15],
  ["did-not-help", [made(50, 5), made(51, 6), made(52, 7)], 15],
  ["too-few", [], 11],
] as const)("at its day it is measured again: %s", (verdict, mistakes, well) => {
  const history = historyOf([...mistakes], well);
  const lessons = [LESSON];
  const [check] = learnFrom(history, lessons, NOW).checks;
  expect(check).toMatchObject({
    verdict,
    measured: { times: mistakes.length, among: mistakes.length + well, until: NOW },
  });
  const checked = check && checkedLesson(check);
  expect(checked?.outcome?.is).toBe(verdict === "too-few" ? undefined : verdict);
  expect(learnFrom(history, lessons, onDay(27)).checks).toEqual([]);
  if (checked === undefined) return;
  expect(learnFrom(history, [checked], NOW).checks).toEqual([]);
});

test("a mistake is in one cluster at most, and every lesson has a baseline that it can fall below", () => {
  const place = fc.option(
    fc.record({
      kind: fc.constantFrom("path" as const, "check" as const),
      name: fc.constantFrom("src/a", "src/b", "lib/c"),
    }),
    { nil: undefined },
  );
  const mistake = fc.record(
    {
      cause: fc.constantFrom(...MISTAKE_CAUSES),
      place,
      issue: fc.integer({ min: 1, max: 6 }),
      attempt: fc.integer({ min: 0, max: 3 }),
      at: fc.integer({ min: -3, max: 27 }).map(onDay),
    },
    { requiredKeys: ["cause", "issue", "attempt", "at"] },
  );
  fc.assert(
    fc.property(fc.array(mistake, { maxLength: 60 }), fc.nat(20), (found, well) => {
      const mistakes = found.map(({ place: at, ...rest }) =>
        at === undefined ? rest : { ...rest, place: at },
      );
      const { clusters, taught } = learnFrom(historyOf(mistakes, well), [], NOW);
      const counted = clusters.flatMap((cluster) => cluster.made);
      expect(new Set(counted).size).toBe(counted.length);
      expect(taught.length).toBeLessThanOrEqual(3);
      for (const { lesson, cluster } of taught) {
        const { times, among } = lesson.baseline;
        expect(cluster.made.length).toBeGreaterThanOrEqual(3);
        expect(times).toBeGreaterThan(0);
        expect(lesson.threshold).toBeLessThan(times / among);
      }
    }),
  );
});
