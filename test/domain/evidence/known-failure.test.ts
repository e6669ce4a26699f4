import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  compareFailures,
  containerOf,
  newFailures,
} from "../../../src/domain/evidence/failure-comparison.ts";
import {
  countsAsPassed,
  type FailureWeight,
  hintFor,
  weighFailure,
} from "../../../src/domain/evidence/known-failure.ts";
import type { CheckRun, TestComparison, TestStatus } from "../../../src/domain/evidence.ts";
import { sayFailureWeight } from "../../../src/wording/checks/failure-weight.ts";
import { sayHint } from "../../../src/wording/hints.ts";

const subject = { base: "a".repeat(40), tree: "b".repeat(40) };
type Tests = Readonly<Record<string, TestStatus>>;

function ran(on: CheckRun["on"], tests: Tests | undefined, more: Partial<CheckRun> = {}): CheckRun {
  const exitCode = more.exitCode === undefined ? 1 : more.exitCode;
  return {
    kind: "check",
    name: "test",
    on,
    subject,
    command: "npm test",
    status: exitCode === 0 ? "passed" : "failed",
    durationMs: 1,
    tail: "",
    outputBytes: 0,
    ...(tests === undefined
      ? {}
      : { tests: Object.entries(tests).map(([name, status]) => ({ name, status })) }),
    ...more,
    exitCode,
  };
}

const OLD: Tests = { a: "passed", b: "failed", c: "failed" };

describe("compareFailures", () => {
  test.each<readonly [string, Tests, Tests, Readonly<Record<string, readonly string[]>>]>([
    ["the same", OLD, OLD, { known: ["b", "c"] }],
    [
      "a new failure",
      OLD,
      { ...OLD, a: "failed", d: "failed" },
      { fresh: ["a", "d"], known: ["b", "c"] },
    ],
    ["mended", OLD, { ...OLD, b: "passed" }, { known: ["c"] }],
    ["a passing test skipped", OLD, { ...OLD, a: "skipped" }, { known: ["b", "c"], lost: ["a"] }],
    ["a failing test skipped", OLD, { ...OLD, b: "skipped" }, { known: ["c"], gone: ["b"] }],
    ["all missing", OLD, {}, { lost: ["a"], gone: ["b", "c"] }],
    ["a file that loads now", { "a.js": "failed" }, { "a.js > x": "passed" }, {}],
    [
      "a package that builds now",
      { "p > (outside of any test)": "failed" },
      { "p > T": "failed" },
      { fresh: ["p > T"] },
    ],
    [
      "what stands below a folder of suites now",
      { "a.js > sums": "failed", a: "failed" },
      { "a.js > sums > x": "passed" },
      { gone: ["a"] },
    ],
    [
      "a file that fails as a whole now is no file that loads",
      { "a.js > x": "failed", "a.js": "failed" },
      { "a.js > (outside of any test)": "failed" },
      { fresh: ["a.js > (outside of any test)"], gone: ["a.js", "a.js > x"] },
    ],
    [
      "a test that only ends like a container",
      { "p > (unnamed) x": "failed" },
      { "p > (unnamed) x": "failed" },
      { known: ["p > (unnamed) x"] },
    ],
    [
      "names out of order",
      { z: "failed", a: "failed" },
      { z: "failed", a: "failed" },
      { known: ["a", "z"] },
    ],
    ["a run that starts now", { "(outside of any test)": "failed" }, { x: "passed" }, {}],
    [
      "a package that is left out now",
      { "p > (outside of any test)": "failed" },
      { "q > T": "passed" },
      { gone: ["p > (outside of any test)"] },
    ],
    [
      "a file whose tests are all skipped now",
      { "a.js": "failed" },
      { "a.js > x": "skipped" },
      { gone: ["a.js"] },
    ],
  ])("%s", (_what, before, after, expected) => {
    expect(compareFailures(ran("base", before), ran("change", after))).toEqual({
      known: [],
      fresh: [],
      lost: [],
      indistinct: [],
      gone: [],
      ...expected,
    });
  });

  test("says nothing without names", () => {
    expect(compareFailures(ran("base", undefined), ran("change", OLD))).toBeUndefined();
    expect(compareFailures(ran("base", OLD), ran("change", undefined))).toBeUndefined();
  });

  /** One name for several tests: [passed, failed, skipped] on the base, and now. */
  test.each<readonly [string, Several, Several, Readonly<Record<string, readonly string[]>>]>([
    ["all failed and still do", [0, 2, 0], [0, 2, 0], { known: ["t"] }],
    ["all failed, one is mended", [0, 2, 0], [1, 1, 0], { known: ["t"] }],
    ["all failed, one is missing", [0, 2, 0], [0, 1, 0], { known: ["t"], gone: ["t"] }],
    ["one failed, perhaps the other one now", [1, 1, 0], [1, 1, 0], { indistinct: ["t"] }],
    ["one failed, one of three now", [1, 1, 0], [2, 1, 0], { indistinct: ["t"] }],
    ["one failed, both now", [1, 1, 0], [0, 2, 0], { fresh: ["t"] }],
    ["one failed, none now", [1, 1, 0], [2, 0, 0], {}],
    ["both passed, one now", [2, 0, 0], [1, 0, 0], { lost: ["t"] }],
    ["both passed, one is skipped now", [2, 0, 0], [1, 0, 1], { lost: ["t"] }],
    ["both passed, one fails now", [2, 0, 0], [1, 1, 0], { fresh: ["t"] }],
    ["one passed, two now", [1, 0, 0], [2, 0, 0], {}],
    ["one passed, another of its name fails now", [1, 0, 0], [1, 1, 0], { fresh: ["t"] }],
    ["one is skipped on both", [1, 0, 1], [1, 0, 1], {}],
  ])("of several tests of one name: %s", (_what, before, after, expected) => {
    const found = compareFailures(
      ran("base", {}, several(before)),
      ran("change", {}, several(after)),
    );
    expect(Object.entries(found ?? {}).filter(([, names]) => names.length > 0)).toEqual(
      Object.entries(expected),
    );
  });
});

type Several = readonly [number, number, number];

/** A run of one name with so many results that passed, failed and were skipped. */
function several([passed, failed, skipped]: Several): Partial<CheckRun> {
  const status = failed > 0 ? "failed" : passed > 0 ? "passed" : "skipped";
  return { tests: [{ name: "t", status, several: { passed, failed, skipped } }] };
}

test("excuses known failures beside a test that the change took out of its file", () => {
  const base = ran("base", { a: "passed", b: "failed" });
  const run = ran("change", { b: "failed" });
  const comparison: TestComparison = {
    kind: "test-comparison",
    subject,
    source: "per-test",
    failToPass: [],
    passToPass: [],
    passToFail: [],
    failToFail: ["b"],
  };
  expect(weighFailure(run, [base, { ...comparison, removed: ["a"] }]).known).toBe(true);
  expect(weighFailure(run, [base, { ...comparison, unstable: ["a"] }]).known).toBe(true);
  expect(weighFailure(run, [base, { ...comparison, gone: ["a"] }]).known).toBe(false);
  expect(weighFailure(run, [base, comparison]).known).toBe(false);
});

describe("a name of several tests", () => {
  test("is never excused by a failure that may have been another's", () => {
    const base = ran("base", {}, several([1, 1, 0]));
    expect(weighFailure(ran("change", {}, several([1, 1, 0])), [base])).toEqual({
      known: false,
      reason: { kind: "tests-not-told-apart", tests: ["t"] },
    });
  });

  test("is excused where all of it failed before", () => {
    const base = ran("base", {}, several([0, 2, 0]));
    const run = ran("change", {}, { ...several([0, 2, 0]), exitCode: 2 });
    expect(weighFailure(run, [base])).toEqual({ known: true, tests: ["t"] });
  });
});

test.each([
  ["a.js > (outside of any test)", "a.js"],
  ["a.js > (unnamed)", "a.js"],
  ["(outside of any test)", ""],
  ["a.js > (unnamed) x", "a.js > (unnamed) x"],
  ["a.js > (unnamed) > x", "a.js > (unnamed) > x"],
  ["a.js (unnamed)", "a.js (unnamed)"],
])("the container that %s may stand for is %j", (name, container) => {
  expect(containerOf(name)).toBe(container);
});

test("a known failure beside one that nobody can tell apart is news of the second alone", () => {
  const tests = (counts: Several) => [
    ...(ran("base", { old: "failed" }).tests ?? []),
    ...(several(counts).tests ?? []),
  ];
  const before = ran("base", {}, { tests: tests([1, 1, 0]) });
  const now = ran("change", {}, { tests: tests([1, 1, 0]) });
  expect(newFailures(before, now)).toStrictEqual(["t"]);
});

describe("newFailures", () => {
  test.each<readonly [string, CheckRun, readonly string[] | undefined]>([
    ["none", ran("change", OLD), []],
    ["a failure and a loss", ran("change", { d: "failed", b: "failed" }), ["d", "a"]],
    ["exit codes alone", ran("change", undefined), undefined],
    ["a failure that no test explains", ran("change", { a: "passed", b: "passed" }), undefined],
    ["a run that passed", ran("change", { a: "passed", b: "passed" }, { exitCode: 0 }), []],
  ])("%s", (_what, now, expected) => {
    expect(newFailures(ran("base", OLD), now)).toEqual(expected);
  });
});

const comparison = (parts: Partial<TestComparison>): TestComparison => ({
  kind: "test-comparison",
  subject,
  source: "per-test",
  failToPass: [],
  passToPass: [],
  passToFail: [],
  failToFail: [],
  ...parts,
});

function isWorse(before: TestStatus | undefined, after: TestStatus | undefined): boolean {
  return (after === "failed" && before !== "failed") || (before === "passed" && after !== "passed");
}

describe("weighFailure", () => {
  const base = ran("base", OLD);
  test.each<readonly [string, CheckRun, readonly (CheckRun | TestComparison)[], string]>([
    [
      "the same failures",
      ran("change", OLD),
      [base],
      "2 tests (b; c) fail on the base too, and nothing else",
    ],
    [
      "one of them mended",
      ran("change", { ...OLD, b: "passed", d: "passed" }),
      [base],
      "1 test (c) fails on the base too, and nothing else",
    ],
    [
      "an exit code that counts failures",
      ran("change", { ...OLD, b: "passed" }, { exitCode: 1 }),
      [ran("base", OLD, { exitCode: 2 })],
      "1 test (c) fails on the base too, and nothing else",
    ],
    [
      "an exit code just below those of signals",
      ran("change", OLD, { exitCode: 128 }),
      [ran("base", OLD, { exitCode: 128 })],
      "2 tests (b; c) fail on the base too, and nothing else",
    ],
    [
      "the run among other evidence",
      ran("change", OLD),
      [comparison({}), { ...base, on: "change" as const, exitCode: 0 }, base],
      "2 tests (b; c) fail on the base too, and nothing else",
    ],
    [
      "failures that the exit code hides, on both",
      ran("change", OLD, { exitCode: 0, status: "failed" }),
      [ran("base", OLD, { exitCode: 0, status: "failed" })],
      "2 tests (b; c) fail on the base too, and nothing else",
    ],
  ])("forgives %s", (_what, run, evidence, because) => {
    const weight = weighFailure(run, evidence);
    expect(weight.known).toBe(true);
    expect(sayFailureWeight(weight)).toBe(because);
    expect(countsAsPassed(run, evidence)).toBe(true);
  });

  test.each<readonly [string, CheckRun, readonly (CheckRun | TestComparison)[], RegExp]>([
    [
      "a new failure beside old ones",
      ran("change", { ...OLD, d: "failed" }),
      [base],
      /^1 test \(d\) did not fail on the base and does not pass now$/,
    ],
    [
      "a test that passed and is gone",
      ran("change", { b: "failed", c: "failed" }),
      [base],
      /^1 test \(a\) did not fail on the base/,
    ],
    [
      "what only the comparison still knows",
      ran("change", OLD),
      [base, comparison({ passToFail: ["z"] })],
      /^1 test \(z\) did not fail/,
    ],
    [
      "a failing test that is gone",
      ran("change", { a: "passed", b: "failed" }),
      [base],
      /^1 test \(c\) failed on the base and did not run now: a failing run is only excused when it is whole$/,
    ],
    [
      "a failure that no test explains",
      ran("change", { a: "passed" }),
      [ran("base", { a: "passed" })],
      /no test explains it/,
    ],
    [
      "another exit code",
      ran("change", OLD, { exitCode: 3 }),
      [base],
      /^it ended with exit code 3, on the base with 1: more than those tests failed$/,
    ],
    [
      "a crash",
      ran("change", OLD, { exitCode: 139 }),
      [ran("base", OLD, { exitCode: 139 })],
      /exit code 139, as what is killed does.*\|\| exit 1/,
    ],
    [
      "the first exit code of a signal",
      ran("change", OLD, { exitCode: 129 }),
      [ran("base", OLD, { exitCode: 129 })],
      /exit code 129/,
    ],
    [
      "two tests that passed",
      ran("change", { b: "failed", c: "failed" }),
      [ran("base", { ...OLD, e: "passed" })],
      /^2 tests \(a; e\) did not fail on the base and do not pass now$/,
    ],
    ["a kill", ran("change", OLD, { exitCode: null }), [base], /killed or never started/],
    [
      "a time-out",
      ran("change", undefined, { exitCode: null, status: "timed-out" }),
      [base],
      /did not finish/,
    ],
    ["no report now", ran("change", undefined), [base], /left no report that can be read/],
    [
      "a base that passes",
      ran("change", OLD),
      [ran("base", OLD, { exitCode: 0 })],
      /passes on the base/,
    ],
    [
      "no run on the base",
      ran("change", OLD),
      [ran("base-with-changed-tests", OLD)],
      /nobody ran it on the base/,
    ],
    [
      "another check's failure",
      ran("change", OLD),
      [{ ...base, name: "lint" }],
      /nobody ran it on the base/,
    ],
  ])("does not forgive %s", (_what, run, evidence, because) => {
    const weight = weighFailure(run, evidence);
    expect(weight.known).toBe(false);
    expect(sayFailureWeight(weight)).toMatch(because);
    expect(countsAsPassed(run, evidence)).toBe(false);
  });

  test.each([
    [undefined, undefined, /by the exit code alone nobody can tell an old failure from a new one/],
    [undefined, OLD, /fails on the base too, but without a report/],
  ])("says what to do where only exit codes speak (%j, %j)", (before, after, because) => {
    const weight = weighFailure(ran("change", after), [ran("base", before)]);
    if (weight.known) throw new Error("expected a failure that is not forgiven");
    expect(sayFailureWeight(weight)).toMatch(because);
    expect(sayHint(hintFor(weight.reason) ?? "retry", "test")).toMatch(
      /^give `checks\.test` a `report` that names its failures \(in `\.github\/factory\.yml`\)/,
    );
  });

  test("counts a run that passed as passed, whatever the base did", () => {
    const passed = ran("change", OLD, { exitCode: 0 });
    expect(countsAsPassed(passed, [])).toBe(true);
    expect(countsAsPassed(passed, [base])).toBe(true);
  });

  test("says what to do next only where there is something to do", () => {
    const adviceOn = (run: CheckRun, evidence: readonly CheckRun[]) => {
      const weight = weighFailure(run, evidence);
      const hint = weight.known ? undefined : hintFor(weight.reason);
      return hint === undefined ? undefined : sayHint(hint, run.name);
    };
    expect(adviceOn(ran("change", OLD), [])).toBeUndefined();
    expect(adviceOn(ran("change", { a: "passed", b: "failed" }), [base])).toBe(
      "let them run, or fix them",
    );
  });

  test.each<readonly [string, CheckRun, readonly CheckRun[], string | undefined]>([
    ["nobody ran it on the base", ran("change", OLD), [], undefined],
    ["a test is gone", ran("change", { a: "passed", b: "failed" }), [base], "let-the-tests-run"],
    ["only exit codes", ran("change", undefined), [ran("base", undefined)], "give-a-report"],
    ["no names on the base", ran("change", OLD), [ran("base", undefined)], "give-a-report"],
    ["no names on the change", ran("change", undefined), [base], undefined],
  ])("a hint for what can be done where %s", (_what, run, evidence, hint) => {
    const weight = weighFailure(run, evidence);
    expect(weight.known ? "forgiven" : hintFor(weight.reason)).toBe(hint);
  });

  test("knows old failures of any check that names them", () => {
    const lint = (on: CheckRun["on"]) => ran(on, { "no-var": "failed" }, { name: "lint" });
    expect(
      weighFailure(lint("change"), [lint("base"), comparison({ passToFail: ["z"] })]).known,
    ).toBe(true);
  });

  test("forgives nothing that was not failing before, whatever the runs", () => {
    const tests = fc.dictionary(
      fc.constantFrom("a", "b", "a > x", "(outside of any test)", "c"),
      fc.constantFrom<TestStatus>("passed", "failed", "skipped"),
    );
    const exitCode = fc.constantFrom(0, 1, 2, 137);
    fc.assert(
      fc.property(tests, tests, exitCode, exitCode, (before, after, first, second) => {
        const run = ran("change", after, { exitCode: second, status: "failed" });
        const old = ran("base", before, { exitCode: first });
        if (!weighFailure(run, [old]).known) return;
        const worse = [...Object.keys(before), ...Object.keys(after)].filter((name) =>
          isWorse(before[name], after[name]),
        );
        expect(worse).toEqual([]);
        expect(Object.values(after)).toContain("failed");
      }),
    );
  });
});

describe("the weight of a failure", () => {
  const base = ran("base", OLD);
  const refused = (reason: object) => ({ known: false, reason });
  const unnamed = (on: CheckRun["on"]) => ran(on, undefined);

  test.each<[string, CheckRun, readonly (CheckRun | TestComparison)[], object]>([
    ["old failures", ran("change", OLD), [base], { known: true, tests: ["b", "c"] }],
    [
      "a time-out",
      ran("change", OLD, { status: "timed-out", exitCode: 1 }),
      [base],
      refused({ kind: "unfinished" }),
    ],
    ["a kill", ran("change", OLD, { exitCode: null }), [base], refused({ kind: "killed" })],
    [
      "an end like a kill",
      ran("change", OLD, { exitCode: 129 }),
      [base],
      refused({ kind: "ended-as-if-killed", exitCode: 129 }),
    ],
    ["no base", ran("change", OLD), [], refused({ kind: "not-run-on-base" })],
    [
      "a base that passes",
      ran("change", OLD),
      [ran("base", OLD, { exitCode: 0 })],
      refused({ kind: "passes-on-base" }),
    ],
    [
      "no names on the base",
      ran("change", OLD),
      [unnamed("base")],
      refused({ kind: "base-names-no-tests" }),
    ],
    [
      "no names on the change",
      unnamed("change"),
      [base],
      refused({ kind: "change-names-no-tests" }),
    ],
    [
      "no names at all",
      unnamed("change"),
      [unnamed("base")],
      refused({ kind: "exit-codes-alone" }),
    ],
    ["no failing test", ran("change", { a: "passed" }), [base], refused({ kind: "no-test-fails" })],
    [
      "a failing test that did not run",
      ran("change", { a: "passed", b: "failed" }),
      [base],
      refused({ kind: "tests-did-not-run", tests: ["c"] }),
    ],
    [
      "what each list of the comparison says beside the run",
      ran("change", { ...OLD, d: "failed" }),
      [base, comparison({ passToFail: ["x", "d"], newFailing: ["y"], gone: ["z"] })],
      refused({ kind: "tests-got-worse", tests: ["d", "x", "y", "z"] }),
    ],
    [
      "a name that nobody can tell apart, though the comparison calls it worse",
      ran("change", {}, several([1, 1, 0])),
      [ran("base", {}, several([1, 1, 0])), comparison({ passToFail: ["t"] })],
      refused({ kind: "tests-not-told-apart", tests: ["t"] }),
    ],
    [
      "an exit code of its own",
      ran("change", OLD, { exitCode: 3 }),
      [base],
      refused({ kind: "another-exit-code", exitCode: 3, onBase: 1 }),
    ],
    [
      "an exit code that is the number of failures",
      ran("change", OLD, { exitCode: 2 }),
      [base],
      { known: true, tests: ["b", "c"] },
    ],
    [
      "an exit code that is the number of failures of one name",
      ran("change", {}, { tests: severalOf(3), exitCode: 3 }),
      [ran("base", {}, { tests: severalOf(3) })],
      { known: true, tests: ["t"] },
    ],
  ])("says of %s why", (_what, run, evidence, weight) => {
    expect(weighFailure(run, evidence)).toStrictEqual(weight);
  });
});

function severalOf(failed: number): CheckRun["tests"] {
  return [{ name: "t", status: "failed", several: { passed: 0, failed, skipped: 0 } }];
}

describe("a check that fails by flaky tests", () => {
  const comparison = (flakyOnChange: readonly string[]): TestComparison => ({
    kind: "test-comparison",
    subject,
    source: "per-test",
    failToPass: [],
    passToPass: [],
    passToFail: [],
    failToFail: [],
    flaky: [...flakyOnChange],
    flakyOnChange: [...flakyOnChange],
  });
  const further = (more: Partial<NonNullable<CheckRun["again"]>[number]> = {}) => ({
    status: "passed" as const,
    exitCode: 0,
    durationMs: 1,
    whole: true,
    failing: [],
    more: 0,
    ...more,
  });
  const GREEN = ran("base", { a: "passed", b: "passed" }, { exitCode: 0 });
  const RED = ran("base", { a: "passed", b: "failed" });
  const failed = (tests: Tests, again: CheckRun["again"]) => ran("change", tests, { again });
  const asOnBase = further({ status: "failed", exitCode: 1, failing: ["b"] });

  test.each<[string, CheckRun, CheckRun, FailureWeight]>([
    [
      "which passed as a whole when it ran again",
      GREEN,
      failed({ a: "failed", b: "passed" }, [further()]),
      { known: true, tests: [], flaky: ["a"] },
    ],
    [
      "which are those of the flaky ones that failed in this run",
      GREEN,
      failed({ a: "failed", b: "passed" }, [further({ whole: false }), further()]),
      { known: true, tests: [], flaky: ["a"] },
    ],
    [
      "which then failed just as on the base",
      RED,
      failed({ a: "failed", b: "failed" }, [further({ status: "failed", exitCode: 2 }), asOnBase]),
      { known: true, tests: ["b"], flaky: ["a"] },
    ],
  ])("is forgiven where %s, and they are named", (_what, base, run, weight) => {
    const said = weighFailure(run, [base, run, comparison(["a", "z"])]);
    expect(said).toStrictEqual(weight);
    expect(sayFailureWeight(said)).toContain("1 test (a) failed once and passed once");
  });

  test.each<[string, CheckRun, CheckRun]>([
    [
      "nothing but its flaky test ran again",
      GREEN,
      failed({ a: "failed", b: "passed" }, [further({ whole: false })]),
    ],
    [
      "it never passed as a whole",
      GREEN,
      failed({ a: "failed", b: "passed" }, [further({ status: "failed", exitCode: 1 })]),
    ],
    [
      "it was killed when it ran again",
      GREEN,
      failed({ a: "failed", b: "passed" }, [further({ status: "timed-out", exitCode: null })]),
    ],
    ["it did not run again", GREEN, failed({ a: "failed", b: "passed" }, undefined)],
    [
      "something else fails in each run",
      RED,
      failed({ a: "failed", b: "failed" }, [{ ...asOnBase, failing: ["b", "c"] }]),
    ],
    [
      "it then ended differently from the base",
      RED,
      failed({ a: "failed", b: "failed" }, [{ ...asOnBase, exitCode: 3 }]),
    ],
    [
      "more fails in each run than is told",
      RED,
      failed({ a: "failed", b: "failed" }, [{ ...asOnBase, more: 1 }]),
    ],
    [
      "no failure is named in a run that ended as on the base",
      RED,
      failed({ a: "failed", b: "failed" }, [{ ...asOnBase, failing: [] }]),
    ],
    [
      "it ran out of time on the base, and ended by the same exit code",
      { ...RED, status: "timed-out" },
      failed({ a: "failed", b: "failed" }, [asOnBase]),
    ],
    [
      "it ran out of time when it ran again, and ended by the same exit code",
      RED,
      failed({ a: "failed", b: "failed" }, [{ ...asOnBase, status: "timed-out" }]),
    ],
    [
      "no run of the whole of it ended well",
      RED,
      failed({ a: "failed", b: "failed" }, [{ ...asOnBase, whole: false }]),
    ],
  ])("is not forgiven where %s", (_what, base, run) => {
    expect(weighFailure(run, [base, run, comparison(["a"])])).toStrictEqual({
      known: false,
      reason: { kind: "tests-flaky", tests: ["a"] },
    });
  });

  test.each<[string, CheckRun, CheckRun]>([
    [
      "a test that is not flaky fails beside it",
      GREEN,
      failed({ a: "failed", b: "failed" }, [further()]),
    ],
    ["a test that passed does not run beside it", GREEN, failed({ a: "failed" }, [further()])],
  ])("is not forgiven where %s", (_what, base, run) => {
    expect(weighFailure(run, [base, run, comparison(["a"])])).toStrictEqual({
      known: false,
      reason: { kind: "tests-got-worse", tests: ["b"] },
    });
  });

  test("is not forgiven by a test that is flaky on the base alone", () => {
    const run = failed({ a: "failed", b: "passed" }, [further()]);
    const onBase = { ...comparison([]), flaky: ["a"] };
    expect(weighFailure(run, [GREEN, run, onBase])).toMatchObject({
      reason: { kind: "passes-on-base" },
    });
  });
});
