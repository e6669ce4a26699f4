import { describe, expect, test } from "vitest";
import {
  idOfLesson,
  isLessonPath,
  Lesson,
  pathOfLesson,
} from "../../../src/domain/lesson/lesson.ts";
import { keyOf, type Mistake, namedMistakes } from "../../../src/domain/lesson/mistake.ts";

const LINT: Mistake = { cause: "check-red", place: { kind: "check", name: "lint" } };
const LESSON: Lesson = {
  ...{ id: idOfLesson(LINT), ...LINT, remedy: "agents-line", line: "Run `lint`.", per: "attempts" },
  ...{ windowDays: 28, threshold: 0.1, check: "2026-11-30", branch: "factory/guide-0123456789ab" },
  baseline: { times: 3, among: 12, until: "2026-11-02T00:00:00Z", issues: [1, 2, 3] },
};

describe("a lesson", () => {
  test("is read back as it was written, with its outcome and without", () => {
    const outcome = { is: "helped", times: 0, among: 20, until: "2026-11-30T00:00:00Z" } as const;
    for (const lesson of [LESSON, { ...LESSON, outcome }])
      expect(Lesson.parse(lesson)).toEqual(lesson);
  });

  test.each<readonly [string, object]>([
    ["another day than one", { check: "2026-11-3" }],
    ["a time in the place of a day", { check: "2026-11-30T00:00:00Z" }],
    ["a day behind other words", { check: "on 2026-11-30" }],
    ["an id in capitals", { id: "0123456789AB" }],
    ["a long id", { id: "0123456789abc" }],
    ["an empty line", { line: "" }],
    ["a long line", { line: "x".repeat(401) }],
    ["a window of no day", { windowDays: 0 }],
    ["a window of years", { windowDays: 366 }],
    ["a negative threshold", { threshold: -0.1 }],
    ["no issue zero", { baseline: { ...LESSON.baseline, issues: [0] } }],
    [
      "more issues than it names",
      { baseline: { ...LESSON.baseline, issues: Array.from({ length: 51 }, (_, at) => at + 1) } },
    ],
    ["another unit", { per: "days" }],
    ["another outcome", { outcome: { ...LESSON.baseline, is: "perhaps" } }],
    ["a long branch", { branch: "x".repeat(101) }],
    ["a key that nobody knows", { also: 1 }],
  ])("is refused with %s", (_, change) => {
    expect(Lesson.safeParse({ ...LESSON, ...change }).success).toBe(false);
  });

  test("has one id for one mistake at one place", () => {
    expect(idOfLesson(LINT)).toMatch(/^[0-9a-f]{12}$/);
    expect(idOfLesson({ ...LINT })).toBe(idOfLesson(LINT));
    expect(idOfLesson({ cause: "check-red" })).not.toBe(idOfLesson(LINT));
    expect([keyOf(LINT), keyOf({ cause: "check-red" })]).toEqual([
      "check-red check lint",
      "check-red",
    ]);
  });

  test.each([
    [pathOfLesson("0123456789ab"), true],
    [".github/factory/lessons/any.yml", true],
    [".github/factory/lessons/below/any.yml", false],
    [".github/factory/lessons/.yml", false],
    [".github/factory/lessons/any.yaml", false],
    [".github/factory/lessons/any.yml.md", false],
    ["docs/.github/factory/lessons/any.yml", false],
    [".github/factory/loops/any.yml", false],
  ])("stands in a file of its own: %s", (path, is) => {
    expect(isLessonPath(path)).toBe(is);
  });
});

describe("the mistakes that a line of the ledger names", () => {
  const at = (name: string): Mistake => ({ cause: "test-red", place: { kind: "test", name } });

  test.each<readonly [string, readonly Mistake[], readonly Mistake[]]>([
    ["none", [], []],
    ["each once", [LINT, at("a"), LINT, at("a")], [LINT, at("a")]],
    [
      "the same cause at each place",
      [at("a"), at("b"), { cause: "test-red" }],
      [at("a"), at("b"), { cause: "test-red" }],
    ],
    [
      "the cause alone where a name is too long, or empty",
      [at("x".repeat(201)), at(""), at("y".repeat(200))],
      [{ cause: "test-red" }, at("y".repeat(200))],
    ],
  ])("are %s", (_, found, named) => {
    expect(namedMistakes(found)).toStrictEqual(named);
  });

  test("are ten at most, the first ones", () => {
    const many = Array.from({ length: 12 }, (_, index) => at(`${index}`));
    expect(namedMistakes(many)).toEqual(many.slice(0, 10));
  });
});
