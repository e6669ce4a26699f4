import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { CheckRun } from "../../../src/domain/evidence.ts";
import { GRADES, type Measure } from "../../../src/domain/quality.ts";
import { renderFormula } from "../../../src/wording/pages/grade-formula.ts";
import { countFindings, countFindingsIn } from "../../../src/workers/quality-audit/findings.ts";
import { gapBelow, gradeOf } from "../../../src/workers/quality-audit/grade.ts";
import { GRADE_RULES } from "../../../src/workers/quality-audit/grade-rules.ts";

const GOOD: Readonly<Record<Measure["name"], number | null>> = {
  files: 10,
  lines: 1_000,
  tests: 40,
  "test-failures": 0,
  coverage: 90,
  "lint-findings": 0,
  "type-findings": 0,
  churn: 10,
  "open-defects": 0,
};

function measures(changes: Partial<Record<Measure["name"], number | null>> = {}): Measure[] {
  return Object.entries({ ...GOOD, ...changes }).map(([name, value]) => ({
    name: name as Measure["name"],
    value,
    unit: "count",
    source: "a test",
  }));
}

const RAN = { testsRan: true };

describe("gradeOf", () => {
  test.each([
    [{}, "A", "all metrics meet grade A"],
    [{ coverage: 70 }, "B", "70 % of lines covered (A from 85)"],
    [{ coverage: 69.9 }, "C", "69.9 % of lines covered (B from 70)"],
    [{ coverage: 12 }, "D", "12 % of lines covered (C from 50)"],
    [{ "test-failures": 1 }, "D", "1 failing tests (A up to 0)"],
    [{ tests: 0 }, "A", "all metrics meet grade A"],
    [{ coverage: null, tests: 0 }, "D", "0 tests per 1,000 lines (C from 1)"],
    [{ coverage: null, tests: 7 }, "B", "7 tests per 1,000 lines (A from 10)"],
    [{ "type-findings": 1 }, "C", "1 type findings per 1,000 lines (A up to 0)"],
    [{ "lint-findings": 1 }, "B", "1 lint findings per 1,000 lines (A up to 0)"],
    [{ "open-defects": 4 }, "D", "4 open defects (C up to 3)"],
    [{ churn: 100 }, "B", "10 changes per file in 90 days (A up to 6)"],
    [{ files: 0 }, "A", "all metrics meet grade A"],
    [{ "test-failures": 1, "open-defects": 9 }, "D", "1 failing tests (A up to 0)"],
    [{ lines: 0 }, "-", "no source lines"],
    [{ coverage: null, tests: null }, "-", "neither tests nor coverage could be measured"],
  ] as const)("%j is %s", (changes, grade, because) => {
    expect(gradeOf(measures(changes), RAN)).toMatchObject({ grade, because });
  });

  test("gives at best a C when nobody saw the tests run", () => {
    expect(gradeOf(measures(), { testsRan: false }).grade).toBe("C");
    expect(gradeOf(measures({ coverage: 10 }), { testsRan: false }).grade).toBe("D");
    expect(gradeOf(measures({ coverage: 60 }), { testsRan: false })).toEqual({
      grade: "C",
      decidedBy: "coverage",
      because: "60 % of lines covered (B from 70)",
    });
  });

  test("grades by what is there", () => {
    const some = measures().filter(({ name }) => name !== "churn");
    expect(gradeOf(some, RAN).grade).toBe("A");
  });

  test("never rises when a figure gets worse", () => {
    const rule = fc.constantFrom(...GRADE_RULES);
    const figure = fc.double({ min: 0, max: 100, noNaN: true });
    fc.assert(
      fc.property(
        rule,
        figure,
        figure,
        fc.boolean(),
        ({ measure, better }, one, other, testsRan) => {
          const [low, high] = one <= other ? [one, other] : [other, one];
          const [good, bad] = better === "more" ? [high, low] : [low, high];
          const grade = (value: number) =>
            GRADES.indexOf(gradeOf(measures({ [measure]: value }), { testsRan }).grade);
          expect(grade(bad)).toBeGreaterThanOrEqual(grade(good));
        },
      ),
    );
  });

  test("publishes every rule it grades by", () => {
    const formula = renderFormula(GRADE_RULES);
    for (const { figure } of GRADE_RULES) expect(formula).toContain(figure);
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

describe("countFindings", () => {
  const run = (exitCode: number | null, tail: string, parts: Partial<CheckRun> = {}): CheckRun => ({
    kind: "check",
    name: "lint",
    on: "base",
    subject: { base: "a".repeat(40), tree: "b".repeat(40) },
    command: "npm run lint",
    status: exitCode === 0 ? "passed" : "failed",
    exitCode,
    durationMs: 1,
    tail,
    outputBytes: Buffer.byteLength(tail),
    ...parts,
  });
  const LINT = "`npm run lint`";
  test.each([
    ["green", run(0, "Found 3 errors in the docs"), 0],
    ["tsc", run(2, "src/a.ts(1,2): error TS1: x\n\nFound 3 errors in 2 files.\n"), 3],
    ["Biome", run(1, "\u001b[31mFound 1 error.\u001b[0m\nFound 2 warnings."), 3],
    ["ESLint", run(1, "\n✖ 12 problems (10 errors, 2 warnings)\n"), 12],
    ["pyright", run(1, "3 errors, 1 warning, 0 informations"), 4],
    ["tsc without a sum", run(2, "src/a.ts(1,2): error TS1: x\nsrc/b.ts(3,4): error TS2: y"), 2],
    ["no count at all", run(1, "it is bad"), 1],
    ["a cut output without a sum", run(1, "src/a.ts:1:2 x", { outputBytes: 9_000 }), 1],
    ["a time-out", run(null, "", { status: "timed-out" }), null],
    ["no run", undefined, null],
  ])("%s", (_what, checked, value) => expect(countFindings("lint", checked).value).toBe(value));

  test.each([
    [run(0, ""), `${LINT}, exit code 0`],
    [run(1, "✖ 2 problems"), `${LINT}, the sum it prints`],
    [run(1, "\u001b[1msrc/a.ts\u001b[0m:1:2 x"), `${LINT}, lines that name a place`],
    [run(3, "it is bad"), `${LINT}, at least one: exit code 3, no count printed`],
    [run(null, "", { status: "timed-out" }), `${LINT} did not end in time`],
    [run(0, "", { command: "x".repeat(300) }), `\`${"x".repeat(200)}\`, exit code 0`],
    [undefined, "no `lint` check ran"],
  ])("says how it counted (row %#)", (checked, source) => {
    expect(countFindings("lint", checked).source).toBe(source);
  });

  test.each([
    [undefined, null, "no `lint` check ran"],
    [run(null, "", { status: "timed-out" }), null, `${LINT} did not end in time`],
    [run(0, ""), 0, `${LINT}, exit code 0`],
    [run(1, "src/b.ts:1:2 x"), 0, `${LINT}, lines that name a place`],
    [run(1, "\u001b[1msrc/a.ts\u001b[0m:1:2 x"), 1, `${LINT}, lines that name a place`],
    [
      run(1, "src/a.ts:1:2 x", { command: "x".repeat(300) }),
      1,
      `\`${"x".repeat(200)}\`, lines that name a place`,
    ],
    [
      run(1, "✖ 12 problems"),
      null,
      "known for the whole repository only: the output names no places",
    ],
  ])("in an area, says how it counted (row %#)", (checked, value, source) => {
    expect(countFindingsIn("lint", checked, new Set(["src/a.ts"]))).toEqual({ value, source });
  });

  test.each([
    ["green", run(0, ""), 0],
    ["places", run(2, "src/a.ts(1,2): error TS1\nsrc/b.ts:3:4 error\n./src/a.ts:5:1 error"), 2],
    ["no places", run(1, "✖ 12 problems"), null],
    ["a cut output", run(1, "src/a.ts:1:2 x", { outputBytes: 9_000 }), null],
  ])("in an area: %s", (_what, checked, value) => {
    expect(countFindingsIn("lint", checked, new Set(["src/a.ts"])).value).toBe(value);
  });
});
