import { describe, expect, test } from "vitest";
import { digestOf } from "../../../src/domain/digest.ts";
import { fitEvidence } from "../../../src/domain/evidence/fit-evidence.ts";
import { rangeOf, shareOf } from "../../../src/domain/evidence/noticed.ts";
import type {
  CheckRun,
  Evidence,
  TestComparison,
  TestResult,
} from "../../../src/domain/evidence.ts";

const SUBJECT = { base: "a".repeat(40), tree: "b".repeat(40) };
const FIRST = 5_000;

const passed = (name: string): TestResult => ({ name, status: "passed" });
const failed = (name: string): TestResult => ({ name, status: "failed" });
const many = (file: string, count: number) =>
  Array.from({ length: count }, (_, at) => passed(`${file} > ${at}`));

function run(
  on: CheckRun["on"],
  tests: readonly TestResult[] | undefined,
  more: Partial<CheckRun> = {},
) {
  return {
    ...{ kind: "check", name: "test", on, subject: SUBJECT, command: "npm test", status: "passed" },
    ...{ exitCode: 0, durationMs: 1, tail: "", outputBytes: 0 },
    ...(tests === undefined ? {} : { tests: [...tests] }),
    ...more,
  } as CheckRun;
}

function compared(more: Partial<TestComparison>): TestComparison {
  const none = { failToPass: [], passToPass: [], passToFail: [], failToFail: [] };
  return { kind: "test-comparison", subject: SUBJECT, source: "per-test", ...none, ...more };
}

/** What becomes of evidence that fits once it is other than it was. */
const summedUp = (...evidence: readonly Evidence[]) =>
  fitEvidence(evidence, (one) => one !== evidence);
const digestOfLeft = (tests: readonly TestResult[]) =>
  digestOf(tests.map(({ name }) => name).join("\n"));

describe("evidence that is too long", () => {
  test("is tried with ever shorter lists, and given as it is last where none fits", () => {
    const list = Array.from({ length: 6_000 }, (_, at) => `t${at}`);
    const piece = compared({ passToPass: list });
    const lengths: number[] = [];
    const seen = (evidence: readonly Evidence[]) => {
      const [one] = evidence;
      if (one?.kind === "test-comparison") lengths.push(one.passToPass.length);
      return false;
    };
    const last = fitEvidence([piece], seen);
    expect(lengths).toEqual([6_000, 5_000, 1_000, 200, 50]);
    expect(last).toMatchObject([{ passToPass: list.slice(0, 50) }]);
    const fits = (evidence: readonly Evidence[]) => {
      seen(evidence);
      return (lengths.at(-1) ?? 0) <= 1_000;
    };
    expect(fitEvidence([piece], fits)).toMatchObject([{ passToPass: list.slice(0, 1_000) }]);
  });

  test("keeps what is short to the byte", () => {
    const short = [
      run("change", many("a", FIRST)),
      run("base", undefined, { name: "lint" }),
      compared({ passToPass: many("a", FIRST).map(({ name }) => name) }),
    ];
    expect(summedUp(...short)).toEqual(short);
  });

  test("of a run on the change keeps what fails, what failed elsewhere, one of each file and the first", () => {
    const tests = [...many("a", FIRST), passed("b > first"), passed("b > old"), failed("a > red")];
    const [base, change] = [
      run("base", [failed("b > old"), passed("a > red")]),
      run("change", tests),
    ];
    const [shortBase, summed] = summedUp(base, change) as [CheckRun, CheckRun];
    const left = tests.slice(FIRST - 3, FIRST);
    expect(summed).toEqual({
      ...change,
      tests: [...tests.slice(0, FIRST - 3), ...tests.slice(FIRST)],
      note: `summed up: ${FIRST + 3} tests, ${FIRST + 2} passed, 1 failed, 0 skipped; ${FIRST} of them are listed`,
      summed: { tests: { total: FIRST + 3, digest: digestOfLeft(left) } },
    });
    // The runs of one check are cut together: of the base what fails there is left.
    expect(shortBase).toEqual({
      ...base,
      tests: [failed("b > old")],
      note: "summed up: 2 tests, 1 passed, 1 failed, 0 skipped; 1 of them are listed",
      summed: { tests: { total: 2, digest: digestOfLeft([passed("a > red")]) } },
    });
  });

  test("lists no test of a run of which too many tell something, nor of a check that nothing compares", () => {
    const red = Array.from({ length: FIRST + 1 }, (_, at) => failed(`a > ${at}`));
    const lint = { name: "lint", note: "as before" } as const;
    const [tests, other] = [run("change", red), run("change", many("a", FIRST + 1), lint)];
    const summed = summedUp(tests, other) as readonly CheckRun[];
    const total = FIRST + 1;
    const { tests: _, ...bare } = tests;
    const { tests: __, ...bareOther } = other;
    expect(summed).toEqual([
      {
        ...bare,
        note: `summed up: ${total} tests, 0 passed, ${total} failed, 0 skipped; 0 of them are listed`,
        summed: { tests: { total, digest: digestOfLeft(red) } },
      },
      {
        ...bareOther,
        note: `summed up: ${total} tests, ${total} passed, 0 failed, 0 skipped; 0 of them are listed. as before`,
        summed: { tests: { total, digest: digestOfLeft(other.tests ?? []) } },
      },
    ]);
    const full = red.slice(0, FIRST);
    const [kept] = summedUp(run("change", [...full, passed("a > more")])) as readonly CheckRun[];
    expect(kept?.tests).toEqual(full);
  });

  test("leaves a run of that check that names no tests, and a note of 500 characters", () => {
    const none = [run("base", undefined), run("base-with-changed-tests", [])];
    const long = run("change", many("a", FIRST + 1), { note: "x".repeat(500) });
    const summed = summedUp(...none, long) as readonly CheckRun[];
    expect(summed.slice(0, 2)).toEqual(none);
    expect(summed[2]?.note).toHaveLength(500);
  });

  test("of a comparison cuts each long list and says what was left, but never what was repeated", () => {
    const list = (count: number) => Array.from({ length: count }, (_, at) => `t${at}`);
    const repeated = Array.from({ length: FIRST + 1 }, (_, at) => ({
      ...{ name: `t${at}`, times: 3 },
    }));
    const piece = compared({
      ...{ passToPass: list(FIRST + 2), failToPass: list(FIRST) },
      ...{ repeated },
    } as unknown as Partial<TestComparison>);
    expect(summedUp(piece)).toEqual([
      {
        ...piece,
        passToPass: list(FIRST),
        summed: {
          passToPass: {
            total: FIRST + 2,
            digest: digestOf(
              list(FIRST + 2)
                .slice(FIRST)
                .join("\n"),
            ),
          },
        },
      },
    ]);
  });
});

test("the share of lines that are noticed, and where a part stands", () => {
  const lines = { changed: 8, byTests: 3, byCompiler: 1, unnoticed: 2, untried: 2 };
  expect(shareOf(lines)).toBe(0.5);
  expect(shareOf({ ...lines, changed: 0 })).toBeUndefined();
  expect(rangeOf({ path: "a.ts", from: 3, to: 3 })).toBe("a.ts:3");
  expect(rangeOf({ path: "a.ts", from: 3, to: 5 })).toBe("a.ts:3-5");
});
