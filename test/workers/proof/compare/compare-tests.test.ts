import { describe, expect, test } from "vitest";
import type { CheckRun, TestStatus } from "../../../../src/domain/evidence.ts";
import { compareTests } from "../../../../src/workers/proof/compare/compare-tests.ts";

const subject = { base: "a".repeat(40), tree: "b".repeat(40) };

function run(
  on: CheckRun["on"],
  tests: Readonly<Record<string, TestStatus>> | undefined,
  exitCode: number,
): CheckRun {
  return {
    kind: "check",
    name: "test",
    on,
    subject,
    command: "npm test",
    status: exitCode === 0 ? "passed" : "failed",
    exitCode,
    durationMs: 1,
    tail: "",
    outputBytes: 0,
    ...(tests === undefined
      ? {}
      : { tests: Object.entries(tests).map(([name, status]) => ({ name, status })) }),
  };
}

type Two = readonly [number, number];

/** Each row: what a test says on the base, on the base with the changed tests, on the change; where it belongs. */
const ROWS: readonly (readonly [
  string,
  TestStatus | undefined,
  TestStatus | undefined,
  TestStatus | undefined,
  string | undefined,
])[] = [
  ["a new test that fails before", undefined, "failed", "passed", "failToPass"],
  ["a new test whose file does not load before", undefined, undefined, "passed", "failToPass"],
  ["a new test that is skipped before", undefined, "skipped", "passed", "new"],
  ["a test that was skipped before and is not now", "skipped", "skipped", "passed", "new"],
  ["a mended test whose file does not load before", "failed", undefined, "passed", "failToPass"],
  ["a changed test that fails before", "passed", "failed", "passed", "failToPass"],
  ["a mended test", "failed", "failed", "passed", "failToPass"],
  [
    "an old test in a changed file that does not load before",
    "passed",
    undefined,
    "passed",
    "passToPass",
  ],
  ["an old test", "passed", "passed", "passed", "passToPass"],
  ["a new test that proves nothing", undefined, "passed", "passed", "passToPass"],
  ["a test that the changed tests mend, gone", "failed", "passed", undefined, "passToFail"],
  ["a regression", "passed", "passed", "failed", "passToFail"],
  ["a deleted test", "passed", undefined, undefined, "gone"],
  ["a test skipped now", "passed", "skipped", "skipped", "passToFail"],
  ["a new test that fails now", undefined, "failed", "failed", "newFailing"],
  ["a failure known before", "failed", "failed", "failed", "failToFail"],
  ["a file that could not load before", "failed", "failed", undefined, undefined],
  ["a test skipped ever", "skipped", "skipped", "skipped", undefined],
];

describe("compareTests", () => {
  test.each(ROWS)("%s", (_what, base, withTests, change, expected) => {
    const tests = (status: TestStatus | undefined) => (status === undefined ? {} : { t: status });
    const compared = compareTests(
      {
        base: run("base", tests(base), 1),
        baseWithChangedTests: run("base-with-changed-tests", tests(withTests), 1),
        change: run("change", tests(change), 0),
      },
      subject,
    );
    const { source, kind, subject: about, summed: _summed, ...outcomes } = compared;
    expect([kind, about, source]).toEqual(["test-comparison", subject, "per-test"]);
    const found = Object.entries(outcomes).filter(([, names]) => (names ?? []).length > 0);
    expect(found).toEqual(expected === undefined ? [] : [[expected, ["t"]]]);
  });

  /** Each row: a new test, what the base says with the changed tests put on it; whether the test could not run there. */
  test.each<
    readonly [string, string, Readonly<Record<string, TestStatus>> | undefined, number, string]
  >([
    ["tests that do not compile", "tests/below.rs > below", undefined, 1, "failToPass"],
    ["classes that do not compile", "shop.PriceTest > below", undefined, 1, "failToPass"],
    ["tests beside their source there", "src/lib.rs (shop) > tests::below", undefined, 1, "new"],
    ["doc tests there", "doc-tests shop > src/lib.rs - price", undefined, 1, "new"],
    ["a file of an unknown kind there", "src/checks.ts > below", undefined, 1, "new"],
    [
      "tests of a file that fails as a whole",
      "test/a.test.ts > below",
      { "test/a.test.ts > (outside of any test)": "failed", "test/b.test.ts > old": "passed" },
      1,
      "failToPass",
    ],
    [
      "tests of a file that stands as one failed test",
      "test/a.test.js > below",
      { "test/a.test.js": "failed", "test/b.test.js > old": "passed" },
      1,
      "failToPass",
    ],
    [
      "tests of a package that does not build",
      "shop/price > TestBelow",
      { "shop/price > (outside of any test)": "failed", "shop/web > TestOld": "passed" },
      1,
      "failToPass",
    ],
    [
      "a file of which nothing ran while something failed",
      "test/a.test.js > below",
      { "test/b.test.js > old": "failed" },
      1,
      "failToPass",
    ],
    [
      "a file of which something ran",
      "test/a.test.js > below",
      { "test/a.test.js > other": "failed" },
      1,
      "new",
    ],
    [
      "tests beside their source while others fail",
      "src/lib.rs (shop) > tests::below",
      { "tests/below.rs > below": "failed", "src/lib.rs (shop) > tests::old": "passed" },
      101,
      "new",
    ],
    ["another package", "shop/web > TestBelow", { "shop/price > TestBelow": "failed" }, 1, "new"],
    ["a run that passed without it", "test/a.test.js > below", { old: "passed" }, 0, "new"],
    ["an empty run that passed", "test/a.test.js > below", {}, 0, "new"],
    ["an empty run that failed", "test/a.test.js > below", {}, 1, "failToPass"],
    [
      "a run that passed with failures",
      "test/a.test.js > below",
      { "test/a.test.js > (outside of any test)": "failed" },
      0,
      "new",
    ],
    [
      "a file of which everything was skipped, while something failed",
      "test/a.test.js > below",
      { "test/a.test.js > other": "skipped", "test/b.test.js > old": "failed" },
      1,
      "failToPass",
    ],
    [
      "a file of which everything was skipped, while nothing failed",
      "test/a.test.js > below",
      { "test/a.test.js > other": "skipped" },
      1,
      "new",
    ],
    [
      "a file of which only what is outside of its tests passed",
      "test/a.test.js > below",
      { "test/a.test.js > (outside of any test)": "passed", "test/b.test.js > old": "failed" },
      1,
      "failToPass",
    ],
    [
      "a suite that fails as a whole",
      "test/a.test.js > sums > below",
      { "test/a.test.js > sums": "failed", "test/a.test.js > other": "passed" },
      1,
      "failToPass",
    ],
    [
      "a suite beside one that fails as a whole",
      "test/a.test.js > sums > below",
      { "test/a.test.js > others": "failed", "test/a.test.js > old": "passed" },
      1,
      "new",
    ],
    [
      "a test whose namesake passed as a whole",
      "test/a.test.js > sums > below",
      { "test/a.test.js > sums": "passed", "test/a.test.js > other": "failed" },
      1,
      "new",
    ],
    [
      "a failure elsewhere, by class",
      "shop.PriceTest > below",
      { "shop.WebTest > old": "failed" },
      1,
      "new",
    ],
  ])("finds %s on the base: %s", (_what, name, tests, exitCode, expected) => {
    const compared = compareTests(
      {
        base: run("base", { old: "passed" }, 0),
        baseWithChangedTests: run("base-with-changed-tests", tests, exitCode),
        change: run("change", { old: "passed", [name]: "passed" }, 0),
      },
      subject,
    );
    const { failToPass, new: fresh = [] } = compared;
    expect({ failToPass, new: fresh }).toMatchObject({ [expected]: [name] });
    expect(failToPass.length + fresh.length).toBe(1);
  });

  test.each<
    readonly [
      string,
      TestStatus | undefined,
      Readonly<Record<string, TestStatus>> | undefined,
      string,
    ]
  >([
    ["its file does not load", "passed", undefined, "failToPass"],
    ["it ran", "passed", { "tests/a.rs > t": "passed" }, "passToPass"],
    ["another file ran", "passed", { "tests/b.rs > x": "passed" }, "passToPass"],
  ])("a test that the change writes anew, where %s", (_what, was, tests, expected) => {
    const name = "tests/a.rs > t";
    const compared = compareTests(
      {
        base: run("base", was === undefined ? {} : { [name]: was }, 0),
        baseWithChangedTests: run("base-with-changed-tests", tests, 101),
        change: run("change", { [name]: "passed" }, 0),
      },
      subject,
      (each) => each === name,
    );
    expect(compared).toMatchObject({ [expected]: [name] });
  });

  test.each<readonly [string, Readonly<Record<string, TestStatus>> | undefined, string]>([
    ["that run does not build", undefined, "failToPass"],
    ["others ran there", { "src/lib.rs (shop) > tests::old": "failed" }, "new"],
  ])("a new test in a module file that was put on the base: %s", (_what, tests, expected) => {
    const name = "src/lib.rs (shop) > tests::below";
    const compared = compareTests(
      {
        base: run("base", { old: "passed" }, 0),
        baseWithChangedTests: run("base-with-changed-tests", tests, 101),
        change: run("change", { old: "passed", [name]: "passed" }, 0),
      },
      subject,
      () => false,
      (each) => each === name,
    );
    expect(compared).toMatchObject({ [expected]: [name], passToPass: ["old"] });
  });

  /** One name for two tests, [passed, failed] on the base, on the base with the changed tests, and on the change. */
  test.each<readonly [string, readonly [Two, Two, Two], string]>([
    [
      "one failed and perhaps the other one now",
      [
        [1, 1],
        [1, 1],
        [1, 1],
      ],
      "passToFail",
    ],
    [
      "one failed and both pass now",
      [
        [1, 1],
        [1, 1],
        [2, 0],
      ],
      "failToPass",
    ],
    [
      "one failed and is gone",
      [
        [1, 1],
        [1, 1],
        [1, 0],
      ],
      "passToPass",
    ],
    [
      "both passed and one is gone",
      [
        [2, 0],
        [2, 0],
        [1, 0],
      ],
      "gone",
    ],
    [
      "both passed",
      [
        [2, 0],
        [2, 0],
        [2, 0],
      ],
      "passToPass",
    ],
    [
      "both failed and one is mended",
      [
        [0, 2],
        [0, 2],
        [1, 1],
      ],
      "failToFail",
    ],
    [
      "both failed and more do",
      [
        [0, 2],
        [0, 2],
        [0, 3],
      ],
      "passToFail",
    ],
    [
      "a second one that fails before",
      [
        [1, 0],
        [1, 1],
        [2, 0],
      ],
      "failToPass",
    ],
    [
      "a second one that fails now",
      [
        [1, 0],
        [1, 1],
        [1, 1],
      ],
      "passToFail",
    ],
  ])("of two tests of one name: %s", (_what, [base, withTests, change], expected) => {
    const of = (on: CheckRun["on"], [passed, failed]: Two): CheckRun => {
      const status = failed > 0 ? "failed" : "passed";
      const tests = [{ name: "t", status, several: { passed, failed, skipped: 0 } } as const];
      return { ...run(on, undefined, failed), tests };
    };
    const compared = compareTests(
      {
        base: of("base", base),
        baseWithChangedTests: of("base-with-changed-tests", withTests),
        change: of("change", change),
      },
      subject,
    );
    expect(compared).toMatchObject({ [expected]: ["t"] });
  });

  test("takes a test whose file does not load on the change for one that fails there", () => {
    const base = run("base", { "a.js > x": "passed" }, 0);
    const change = run("change", { "a.js > (outside of any test)": "failed" }, 1);
    const compared = compareTests({ base, baseWithChangedTests: base, change }, subject);
    expect(compared).toMatchObject({
      passToFail: ["a.js > x"],
      newFailing: ["a.js > (outside of any test)"],
    });
    expect(compared.gone).toBeUndefined();
  });

  /** Each row: names on the base, on the base with the changed tests and on the change, all passed; which are unstable. */
  test.each<
    readonly [
      string,
      readonly [readonly string[], readonly string[], readonly string[]],
      readonly string[],
    ]
  >([
    [
      "temporary paths, sorted",
      [["t[/tmp/c1]"], ["t[/tmp/b2]"], ["t[/tmp/a3]"]],
      ["t[/tmp/a3]", "t[/tmp/b2]", "t[/tmp/c1]"],
    ],
    [
      "temporary paths of another system",
      [["t[/var/x/q]"], ["t[/private/var/y]"], ["t[/private/tmp/z z]"]],
      ["t[/private/var/y]", "t[/var/x/q]"],
    ],
    ["what stands behind a path", [["/tmp/a, x"], ["/tmp/b, y"], ["/tmp/c, z"]], []],
    ["what stands behind a path's bracket", [["[/tmp/a]x"], ["[/tmp/b]y"], ["[/tmp/c]z"]], []],
    ["digests", [["at 7fa3"], ["at abc1"], ["at 2b"]], ["at 2b", "at 7fa3", "at abc1"]],
    ["words of the letters of digests", [["at face"], ["at dead"], ["at cafe"]], []],
    ["long numbers", [["n1234"], ["n5"], ["n67"]], ["n1234", "n5", "n67"]],
    ["numbers in other places", [["1 of n"], ["n of 1"], ["n 1 of"]], []],
    ["ports", [["on 4001"], ["on 4002"], ["on 4003"]], ["on 4001", "on 4002", "on 4003"]],
    ["a changed parameter", [["t[1]"], ["t[2]"], ["t[2]"]], []],
    ["a test taken out", [["t[1]", "t[2]"], ["t[1]"], ["t[1]"]], []],
    ["a renamed test beside a new one", [["old"], ["new"], ["new", "other"]], []],
    ["another skeleton", [["t[1]"], ["u[2]"], ["v[3]"]], []],
  ])("finds names that change with each run: %s", (_what, names, expected) => {
    const of = (on: CheckRun["on"], titles: readonly string[]) =>
      run(on, Object.fromEntries(titles.map((title) => [title, "passed" as const])), 0);
    const compared = compareTests(
      {
        base: of("base", names[0]),
        baseWithChangedTests: of("base-with-changed-tests", names[1]),
        change: of("change", names[2]),
      },
      subject,
    );
    const { unstable = [], gone = [], new: fresh = [], failToPass, passToPass } = compared;
    expect(unstable).toEqual(expected);
    for (const name of [...gone, ...fresh, ...failToPass, ...passToPass]) {
      expect(unstable).not.toContain(name);
    }
  });

  test("counts a failure under an unstable name", () => {
    const compared = compareTests(
      {
        base: run("base", { "on 4001": "passed" }, 0),
        baseWithChangedTests: run("base-with-changed-tests", { "on 4002": "passed" }, 0),
        change: run("change", { "on 4003": "failed" }, 1),
      },
      subject,
    );
    expect(compared).toMatchObject({ newFailing: ["on 4003"] });
  });

  test("sorts the names of each outcome", () => {
    const names = ["c", "a", "b"];
    const all = (status: TestStatus) => Object.fromEntries(names.map((name) => [name, status]));
    const compared = compareTests(
      {
        base: run("base", all("passed"), 0),
        baseWithChangedTests: run("base-with-changed-tests", all("passed"), 0),
        change: run("change", all("passed"), 0),
      },
      subject,
    );
    expect(compared).toEqual({
      kind: "test-comparison",
      subject,
      source: "per-test",
      failToPass: [],
      passToPass: ["a", "b", "c"],
      passToFail: [],
      failToFail: [],
    });
  });

  test("names a long command by its beginning", () => {
    const long = (on: CheckRun["on"]) => ({ ...run(on, undefined, 0), command: "x".repeat(500) });
    const compared = compareTests(
      {
        base: long("base"),
        baseWithChangedTests: long("base-with-changed-tests"),
        change: long("change"),
      },
      subject,
    );
    expect(compared.passToPass).toEqual([`${"x".repeat(400)} (exit code only)`]);
  });

  test("takes a run that was never started for no failure", () => {
    const never = { ...run("base-with-changed-tests", undefined, 1), durationMs: 0 };
    const compared = compareTests(
      {
        base: run("base", { old: "passed" }, 0),
        baseWithChangedTests: { ...never, status: "timed-out", exitCode: null },
        change: run("change", { old: "passed", new: "passed" }, 0),
      },
      subject,
    );
    expect(compared).toMatchObject({ failToPass: [], new: ["new"] });
  });

  test("takes a base that failed without a report as one where nothing passed", () => {
    const base = run("base", { old: "passed" }, 0);
    const compared = compareTests(
      {
        base,
        baseWithChangedTests: run("base-with-changed-tests", undefined, 1),
        change: run("change", { old: "passed", new: "passed" }, 0),
      },
      subject,
    );
    expect(compared).toMatchObject({
      source: "per-test",
      failToPass: ["new"],
      passToPass: ["old"],
    });
  });

  /** Which of base, base with the changed tests, and change has a report; the exit codes of the first two. */
  test.each([
    [[true, true, true], [0, 0], "per-test"],
    [[true, true, false], [0, 0], "exit-code"],
    [[false, true, true], [0, 0], "exit-code"],
    [[true, false, true], [0, 0], "exit-code"],
    [[false, true, true], [1, 0], "per-test"],
    [[true, false, true], [0, 1], "per-test"],
    [[false, false, true], [1, 1], "per-test"],
    [[false, false, true], [1, 0], "exit-code"],
    [[false, false, true], [0, 1], "exit-code"],
    [[false, false, false], [1, 1], "exit-code"],
  ] as const)("reports %j and exit codes %j compare %s", (reports, [first, second], source) => {
    const tests = (index: 0 | 1 | 2) => (reports[index] ? { old: "passed" as const } : undefined);
    const compared = compareTests(
      {
        base: run("base", tests(0), first),
        baseWithChangedTests: run("base-with-changed-tests", tests(1), second),
        change: run("change", tests(2), 0),
      },
      subject,
    );
    expect(compared.source).toBe(source);
  });

  test.each([
    [0, 1, 0, { failToPass: ["npm test (exit code only)"] }],
    [0, 0, 0, { passToPass: ["npm test (exit code only)"] }],
    [0, 1, 1, { passToFail: ["npm test (exit code only)"] }],
    [1, 1, 1, { failToFail: ["npm test (exit code only)"] }],
  ])(
    "has only exit codes %i, %i, %i to go by without reports",
    (base, withTests, change, expected) => {
      const compared = compareTests(
        {
          base: run("base", undefined, base),
          baseWithChangedTests: run("base-with-changed-tests", undefined, withTests),
          change: run("change", undefined, change),
        },
        subject,
      );
      expect(compared).toMatchObject({ source: "exit-code", ...expected });
    },
  );
});
