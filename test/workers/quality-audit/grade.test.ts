import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { MEASURE_NAMES, ruleOf } from "../../../src/domain/quality/measures.ts";
import { GRADES, type Measure } from "../../../src/domain/quality.ts";
import { gapBelow, gradeOf } from "../../../src/workers/quality-audit/grade.ts";

type Figures = Partial<Record<Measure["name"], number | null>>;

/** Every figure as good as it has to be for an A. */
const GOOD: Figures = {
  ...Object.fromEntries(MEASURE_NAMES.map((name) => [name, ruleOf(name).limits?.A ?? 0])),
  files: 10,
  lines: 1_000,
};

function measures(changes: Figures = {}): Measure[] {
  return MEASURE_NAMES.map((name) => ({
    name,
    value: { ...GOOD, ...changes }[name] ?? null,
    source: "a test",
  }));
}

/** Measures of an area on which its grade depends. */
const GRADED = MEASURE_NAMES.filter(
  (name) => ruleOf(name).limits !== undefined && ruleOf(name).whole !== true,
);

describe("gradeOf", () => {
  test.each([
    [{}, "A", "every figure earns an A"],
    [{ coverage: 70 }, "B", "70 % of the lines are covered by tests (A asks for 85 % or more)"],
    [{ coverage: 69.9 }, "C", "69 % of the lines are covered by tests (B asks for 70 % or more)"],
    [{ coverage: 12 }, "D", "12 % of the lines are covered by tests (C asks for 50 % or more)"],
    [{ "test-failures": 1 }, "D", "1 test fails (A asks for none)"],
    [{ tests: 0 }, "A", "every figure earns an A"],
    [{ coverage: null, tests: 0 }, "D", "0 tests stand for 1,000 lines (C asks for 1 or more)"],
    [
      { coverage: null, tests: 7.25 },
      "B",
      "7.2 tests stand for 1,000 lines (A asks for 10 or more)",
    ],
    [{ coverage: null, tests: 40 }, "B", "coverage: not measured (B at best)"],
    [{ mutation: null }, "B", "mutation score: not measured (B at best)"],
    [
      { "test-failures": null, mutation: 10 },
      "D",
      "10 % of the mutants are noticed by tests (C asks for 40 % or more)",
    ],
    [{ "test-failures": null }, "C", "failing tests: not measured (C at best)"],
    [
      { "test-failures": null, coverage: 60 },
      "C",
      "60 % of the lines are covered by tests (B asks for 70 % or more)",
    ],
    [{ "type-findings": 1 }, "C", "1 type findings on 1,000 lines (A asks for none)"],
    [{ "lint-findings": 0.06 }, "B", "0.06 lint findings on 1,000 lines (A asks for none)"],
    [{ "open-defects": 4 }, "D", "4 defects are open (C asks for 3 or fewer)"],
    [{ churn: 6.01 }, "B", "6.1 changes of each file in 90 days (A asks for 6 or fewer)"],
    [{ owned: 99.5 }, "B", "99 % of the files have an owner (A asks for all)"],
    [
      { documentation: 0 },
      "C",
      "0 % of the public declarations have a comment (B asks for 20 % or more)",
    ],
    [{ rework: null, documentation: null, complexity: null }, "A", "every figure earns an A"],
    [{ "deprecated-packages": 99, advisories: null }, "A", "every figure earns an A"],
    [{ "test-failures": 1, "open-defects": 9 }, "D", "1 test fails (A asks for none)"],
    [{ lines: 0 }, "-", "no source lines"],
    [{ coverage: null, tests: null }, "-", "neither tests nor coverage could be measured"],
  ] as const)("%j is %s", (changes, grade, because) => {
    expect(gradeOf(measures(changes))).toMatchObject({ grade, because });
  });

  test.each([
    [{ mutation: null }, "mutation", true],
    [{ mutation: null, owned: 0 }, "owned", false],
    [{ mutation: 50 }, "mutation", false],
    [{}, undefined, false],
    [{ lines: 0 }, undefined, true],
  ] as const)("%j is decided by %s, missing: %j", (changes, decidedBy, isMissing) => {
    const { decidedBy: found, isMissing: lacks } = gradeOf(measures(changes));
    expect([found, lacks]).toEqual([decidedBy, isMissing]);
  });

  test("never rises when a figure gets worse", () => {
    const figure = fc.double({ min: 0, max: 100, noNaN: true });
    fc.assert(
      fc.property(fc.constantFrom(...GRADED), figure, figure, (name, one, other) => {
        const [low, high] = one <= other ? [one, other] : [other, one];
        const [good, bad] = ruleOf(name).better === "more" ? [high, low] : [low, high];
        const grade = (value: number) => GRADES.indexOf(gradeOf(measures({ [name]: value })).grade);
        expect(grade(bad)).toBeGreaterThanOrEqual(grade(good));
      }),
    );
  });

  // Tests count where coverage is not known; what holds of the others is seen with it.
  test.each(GRADED)("%s alone can take the best grade away", (name) => {
    const worst = ruleOf(name).better === "more" ? 0 : 1_000;
    const others = name === "tests" ? { coverage: null } : {};
    const { grade, decidedBy } = gradeOf(measures({ ...others, [name]: worst }));
    expect([grade === "A", decidedBy]).toEqual([false, name]);
  });
});

describe("gapBelow", () => {
  test.each([
    ["B", "D", 2],
    ["B", "B", 0],
    ["C", "A", 0],
    ["A", "-", 0],
    ["-", "D", 0],
  ] as const)("bar %s, grade %s: %i", (bar, grade, gap) => expect(gapBelow(bar, grade)).toBe(gap));
});
