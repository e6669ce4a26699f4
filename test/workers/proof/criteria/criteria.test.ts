import { describe, expect, test } from "vitest";
import type { CriterionKind } from "../../../../src/domain/contract.ts";
import type { Naming } from "../../../../src/domain/evidence/naming.ts";
import type { CheckRun, TestComparison, TestStatus } from "../../../../src/domain/evidence.ts";
import { compareTests } from "../../../../src/workers/proof/compare/compare-tests.ts";
import { type Findings, proveCriteria } from "../../../../src/workers/proof/criteria/criteria.ts";
import { BLIND, createSight } from "../../../../src/workers/proof/criteria/sight.ts";

const subject = { base: "a".repeat(40), tree: "b".repeat(40) };

type Tests = Readonly<Record<string, TestStatus | "twice">>;

function ran(on: CheckRun["on"], tests: Tests, name = "test"): CheckRun {
  const failed = Object.values(tests).includes("failed");
  return {
    kind: "check",
    name,
    on,
    subject,
    command: `npm run ${name}`,
    status: failed ? "failed" : "passed",
    exitCode: failed ? 1 : 0,
    durationMs: 1,
    tail: "",
    outputBytes: 0,
    notBuilt: ["undefined: SliceValue"],
    tests: Object.entries(tests).map(([test, status]) =>
      status === "twice"
        ? { name: test, status: "passed", several: { passed: 2, failed: 0, skipped: 0 } }
        : { name: test, status },
    ),
  };
}

/** What the tests say on the base, on the base with the changed tests, and on the change. */
const BASE: Tests = { old: "passed", weak: "passed", out: "passed", broken: "failed" };
const WITH_TESTS: Tests = {
  old: "passed",
  weak: "passed",
  broken: "failed",
  fresh: "failed",
  idle: "passed",
  late: "skipped",
};
const CHANGE: Tests = {
  old: "passed",
  weak: "passed",
  broken: "failed",
  fresh: "passed",
  idle: "passed",
  late: "passed",
  off: "skipped",
  two: "twice",
};

/** Each was asked three times, and said the same each time. */
const thrice = (...tests: readonly string[]) => ({
  repeated: tests.map((test) => ({ test, failed: 3, passed: 3 })),
});

function findings(changes: Partial<Findings> = {}, parts: Partial<TestComparison> = {}): Findings {
  const runs = {
    base: ran("base", BASE),
    baseWithChangedTests: ran("base-with-changed-tests", WITH_TESTS),
    change: ran("change", CHANGE),
  };
  const { gone: _gone, ...compared } = compareTests(runs, subject);
  const comparison = { ...compared, ...thrice("fresh"), removed: ["out"], ...parts };
  return {
    subject,
    checks: {
      runs: [
        ran("change", { x: "passed" }, "lint"),
        ran("change", { y: "failed" }, "types"),
        runs.change,
      ],
      base: [runs.base, runs.baseWithChangedTests],
    },
    comparison,
    namings: [],
    sight: createSight(runs, comparison, () => ({ file: "a.test.ts", inChange: true })),
    symbols: new Map([
      ["part", "gone"],
      ["greet", "still-there"],
    ]),
    ...changes,
  };
}

function naming(changes: Partial<Naming> = {}): Naming {
  return { criterion: "AC1", tests: [], symbols: [], checks: [], ...changes };
}

function prove(kind: CriterionKind, named: Partial<Naming> | undefined, found = findings()) {
  const namings = named === undefined ? [] : [naming(named)];
  const [proof] = proveCriteria([{ id: "AC1", statement: "It is so", kind }], {
    ...found,
    namings,
  });
  if (proof === undefined) throw new Error("no proof");
  return proof;
}

const because = (proof: {
  readonly reasons: readonly { code: string; about?: string | undefined }[];
}) => proof.reasons.map(({ code, about }) => (about === undefined ? code : `${code} ${about}`));

describe("a criterion that changes something", () => {
  test("is proven by a named test that failed and passes now, and shows what it did", () => {
    const proof = prove("changes", { tests: ["fresh"] });
    expect(proof).toMatchObject({
      criterion: "AC1",
      as: "changes",
      status: "proven",
      tests: [
        {
          name: "fresh",
          base: "failed",
          change: "passed",
          file: "a.test.ts",
          inChange: true,
          times: 3,
        },
      ],
      reasons: [],
    });
  });

  test("needs one such test, and shows the others as what they are", () => {
    const proof = prove("changes", { tests: ["old", "fresh"] });
    expect(proof.status).toBe("proven");
    expect(proof.tests.map(({ base, change }) => [base, change])).toEqual([
      ["passed", "passed"],
      ["failed", "passed"],
    ]);
  });

  test.each([
    ["nothing at all", undefined, ["no-test-named"]],
    ["no test", {}, ["no-test-named"]],
    ["a check alone", { checks: ["lint"] }, ["no-test-named"]],
    ["a test that does not exist", { tests: ["made up"] }, ["not-in-report made up"]],
    ["a test that passes on the base", { tests: ["idle"] }, ["passes-on-base idle"]],
    ["an old test", { tests: ["old"] }, ["passes-on-base old"]],
    ["a skipped test", { tests: ["off"] }, ["skipped off"]],
    ["a test that fails", { tests: ["broken"] }, ["fails-on-change broken"]],
    ["one name of two tests", { tests: ["two"] }, ["not-told-apart two"]],
    ["a test that was skipped on the base", { tests: ["late"] }, ["never-seen-failing late"]],
    ["two that prove nothing", { tests: ["old", "off"] }, ["passes-on-base old", "skipped off"]],
  ] as const)("is not proven by %s", (_what, named, reasons) => {
    const proof = prove("changes", named as Partial<Naming> | undefined);
    expect(proof.status).toBe("unproven");
    expect(because(proof)).toEqual(reasons);
  });

  test("is not proven by a test that fails on the base only sometimes", () => {
    const runs = {
      base: ran("base", BASE),
      baseWithChangedTests: ran("base", BASE),
      change: ran("change", CHANGE),
    };
    const comparison = { ...compareTests(runs, subject), failToPass: [], flaky: ["old"] };
    const sight = createSight(runs, comparison, () => ({}));
    const proof = prove("changes", { tests: ["old"] }, findings({ comparison, sight }));
    expect(because(proof)).toEqual(["flaky old"]);
    expect(proof.tests[0]?.base).toBe("flaky");
  });

  test.each([
    ["nobody asked it again", {}, 1],
    ["time was up after the second time", { failed: 2, passed: 2 }, 2],
    ["it was seen failing once more, and not passing", { failed: 2, passed: 1 }, 1],
  ])("is not proven where %s, and says how often it was seen", (_what, times, seen) => {
    const repeated = Object.keys(times).map(() => ({
      test: "fresh",
      failed: 1,
      passed: 1,
      ...times,
    }));
    const proof = prove("changes", { tests: ["fresh"] }, findings({}, { repeated }));
    expect(proof.status).toBe("unproven");
    expect(proof.reasons).toEqual([{ code: "not-repeated", about: "fresh", times: seen }]);
  });

  test("is not proven by a test that passes on the change only sometimes", () => {
    const parts = { failToPass: [], flaky: ["fresh"], flakyOnChange: ["fresh"] };
    const proof = prove("changes", { tests: ["fresh"] }, findings({}, parts));
    expect(because(proof)).toEqual(["flaky fresh"]);
    expect(proof.tests[0]).toMatchObject({ base: "failed", change: "flaky" });
  });

  test("says with the compiler why a test does not build on the base", () => {
    const runs = {
      base: ran("base", { old: "passed" }),
      baseWithChangedTests: ran("base-with-changed-tests", {
        "pkg > (outside of any test)": "failed",
      }),
      change: ran("change", { "pkg > TestFresh": "passed" }),
    };
    const comparison = { ...compareTests(runs, subject), ...thrice("pkg > TestFresh") };
    const sight = createSight(runs, comparison, () => ({}));
    const proof = prove("changes", { tests: ["pkg > TestFresh"] }, findings({ comparison, sight }));
    expect(proof).toMatchObject({
      status: "proven",
      tests: [{ base: "not-built", change: "passed", because: "undefined: SliceValue" }],
    });
  });

  test("needs a report", () => {
    const found = findings({}, { source: "exit-code" });
    expect(because(prove("changes", { tests: ["fresh"] }, found))).toEqual(["no-report"]);
    const { comparison: _comparison, ...without } = findings({ sight: BLIND });
    const blind = { ...without, comparison: undefined };
    expect(because(prove("changes", { tests: ["fresh"] }, blind))).toEqual(["no-report"]);
  });

  test("shows a test that is named for others, too", () => {
    const namings = [naming({ tests: ["fresh"] }), naming({ criterion: "AC2", tests: ["fresh"] })];
    const criteria = ["AC1", "AC2"].map((id) => ({
      id,
      statement: "x y z",
      kind: "changes" as const,
    }));
    const proofs = proveCriteria(criteria, findings({ namings }));
    expect(proofs.map(({ tests }) => tests[0]?.alsoFor)).toEqual([["AC2"], ["AC1"]]);
  });

  test("says nothing of others where a test is named for one", () => {
    const [proof] = [prove("changes", { tests: ["fresh"] })];
    expect(proof.tests[0]).not.toHaveProperty("alsoFor");
  });

  test("takes no name for a criterion from the naming of another", () => {
    expect(because(prove("changes", { criterion: "AC2", tests: ["fresh"] }))).toEqual([
      "no-test-named",
    ]);
  });
});

describe("a criterion that keeps something", () => {
  test.each([
    ["an old test", ["old"]],
    ["a new test that passes on the base", ["idle"]],
    ["several", ["old", "idle"]],
  ])("is proven by %s that passes on both", (_what, tests) => {
    expect(prove("keeps", { tests })).toMatchObject({ status: "proven", reasons: [] });
  });

  test.each([
    ["nothing", [], ["no-test-named"]],
    ["a test that failed before", ["fresh"], ["fails-on-base fresh"]],
    ["one of two that failed before", ["old", "fresh"], ["fails-on-base fresh"]],
    ["a test that fails", ["broken"], ["fails-on-change broken"]],
    ["a test that did not run on the base", ["late"], ["not-there-on-base late"]],
    ["a test that is gone", ["out"], ["not-in-report out"]],
  ])("is not proven by %s", (_what, tests, reasons) => {
    expect(because(prove("keeps", { tests }))).toEqual(reasons);
  });

  test("is not proven by a test that asserts less than it did", () => {
    const found = findings({}, { altered: ["weak"] });
    expect(because(prove("keeps", { tests: ["weak"] }, found))).toEqual(["altered weak"]);
  });
});

describe("a criterion that something is gone", () => {
  const CLEAN = () => {
    const found = findings();
    const runs = found.checks.runs.map((run) => ({ ...run, status: "passed" as const }));
    return { ...found, checks: { ...found.checks, runs } };
  };

  test.each([
    ["an old test that exists no longer", { tests: ["out"] }],
    ["a name that stands nowhere any more", { symbols: ["part"] }],
    ["both", { tests: ["out"], symbols: ["part"] }],
  ])("is proven by %s", (_what, named) => {
    expect(prove("gone", named, CLEAN())).toMatchObject({ status: "proven", reasons: [] });
  });

  test.each([
    ["nothing", {}, ["nothing-gone-named"]],
    ["a test that is still there", { tests: ["old"] }, ["still-there old"]],
    ["a test that never was", { tests: ["made up"] }, ["never-there made up"]],
    ["a name that still stands somewhere", { symbols: ["greet"] }, ["still-there greet"]],
    ["a name that never was", { symbols: ["made_up"] }, ["never-there made_up"]],
  ])("is not proven by %s", (_what, named, reasons) => {
    expect(because(prove("gone", named, CLEAN()))).toEqual(reasons);
  });

  test.each([
    ["a test that passed before", { passToFail: ["old"] }, "old"],
    ["a new test", { newFailing: ["fresh"] }, "fresh"],
    ["another test that vanished", { gone: ["weak"] }, "weak"],
  ])("is not proven where %s fails for it", (_what, parts, about) => {
    const clean = CLEAN();
    const comparison =
      clean.comparison === undefined ? undefined : { ...clean.comparison, ...parts };
    const proof = prove("gone", { tests: ["out"] }, { ...clean, comparison });
    expect(because(proof)).toEqual([`something-fails ${about}`]);
  });
});

test.each<readonly [string, readonly CheckRun[]]>([
  [
    "fails, whatever else passes",
    [ran("change", { x: "passed" }, "lint"), ran("change", { y: "failed" })],
  ],
  ["is not there", [ran("change", { x: "passed" }, "lint")]],
])("nothing is gone where the check of the tests %s", (_what, runs) => {
  const found = findings({ checks: { runs, base: [] } });
  expect(because(prove("gone", { tests: ["out"] }, found))).toEqual(["something-fails test"]);
});

test("a proof says what was named, and who wrote the tests", () => {
  const tests = prove("changes", { tests: ["fresh"], by: "tester" });
  expect(tests.by).toBe("tester");
  expect(tests).not.toHaveProperty("symbols");
  expect(tests).not.toHaveProperty("checks");
  expect(prove("gone", { symbols: ["part"] }).symbols).toEqual(["part"]);
  const check = prove("command", { checks: ["lint"], by: "coder" });
  expect(check.checks).toEqual(["lint"]);
  expect(check).not.toHaveProperty("by");
  expect(prove("changes", { tests: ["fresh"] })).not.toHaveProperty("by");
});

test("the first writer that somebody named counts, and each name once", () => {
  const namings = [
    naming({ tests: ["fresh"] }),
    naming({ tests: ["fresh", "old"], by: "tester" }),
    naming({ tests: ["old"], by: "coder" }),
  ];
  const [proof] = proveCriteria(
    [{ id: "AC1", statement: "It is so", kind: "changes" }],
    findings({ namings }),
  );
  expect(proof).toMatchObject({ by: "tester", tests: [{ name: "fresh" }, { name: "old" }] });
});

test("names and reasons are kept within the bounds of a proof", () => {
  const many = (word: string) => Array.from({ length: 25 }, (_, at) => `${word}${at}`);
  const gone = prove("gone", { tests: many("t"), symbols: many("s") });
  expect([gone.tests.length, gone.symbols?.length, gone.reasons.length]).toEqual([20, 20, 20]);
  expect(prove("command", { checks: many("c") }).checks).toHaveLength(10);
});

test("a symbol is no test", () => {
  expect(because(prove("changes", { symbols: ["part"] }))).toEqual(["no-test-named"]);
});

describe("a criterion that a command shows", () => {
  test.each([
    ["a check that passes", ["lint"], []],
    ["a check that fails as on the base", ["test"], []],
    ["no check", [], ["no-check-named"]],
    ["a check that fails", ["lint", "types"], ["check-failed types"]],
    ["a check that the config does not have", ["smoke"], ["no-such-check smoke"]],
    ["the setup", ["setup"], ["no-such-check setup"]],
  ])("with %s", (_what, checks, reasons) => {
    const proof = prove("command", { checks });
    expect(because(proof)).toEqual(reasons);
    expect(proof.status).toBe(reasons.length === 0 ? "proven" : "unproven");
  });
});

test("a command shows nothing by the setup, and without a comparison what fails is no old failure", () => {
  const setup = ran("change", { x: "passed" }, "setup");
  const found = findings({ checks: { runs: [setup], base: [] } });
  expect(because(prove("command", { checks: ["setup"] }, found))).toEqual(["no-such-check setup"]);
  const { comparison: _comparison, ...without } = findings();
  const blind = { ...without, comparison: undefined };
  expect(because(prove("command", { checks: ["types"] }, blind))).toEqual(["check-failed types"]);
});

test("judgement is proven by no machine, whatever is named", () => {
  const proof = prove("judgement", { tests: ["fresh"], checks: ["lint"] });
  expect(proof).toMatchObject({ status: "for-review", tests: [], reasons: [] });
});

test("of a contract older than the kinds nobody guesses which is meant", () => {
  expect(because(prove("test", { tests: ["fresh"] }))).toEqual(["kind-not-said"]);
  expect(because(prove("test", undefined))).toEqual(["no-test-named"]);
});
