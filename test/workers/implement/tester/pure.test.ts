import { describe, expect, test } from "vitest";
import type { ChangedFile } from "../../../../src/domain/change-set.ts";
import { Config } from "../../../../src/domain/config/schema.ts";
import type { Criterion } from "../../../../src/domain/contract.ts";
import type { CheckRun } from "../../../../src/domain/evidence.ts";
import { divideTests, withOpen } from "../../../../src/workers/implement/tester/division.ts";
import { fileFaults } from "../../../../src/workers/implement/tester/file-faults.ts";
import { seenFaults, seenOnBase } from "../../../../src/workers/implement/tester/seen-on-base.ts";
import { partOf } from "../../../../src/workers/implement/tester/shares.ts";
import { contractOf } from "../../orders.ts";

const REPORTED = Config.parse({ checks: { test: { run: "npm test", report: "junit.xml" } } });
const criterion = (
  id: string,
  kind: Criterion["kind"],
  rest: Partial<Criterion> = {},
): Criterion => ({
  id,
  statement: "It is so",
  kind,
  ...rest,
});

describe("whose tests are whose", () => {
  const contract = contractOf({
    acceptance: [
      criterion("AC1", "changes"),
      criterion("AC2", "keeps"),
      criterion("AC3", "changes", { shape: "open" }),
      criterion("AC4", "test"),
      criterion("AC5", "gone"),
      criterion("AC6", "command"),
      criterion("AC7", "judgement"),
    ],
  });

  test("the tester's are those that can be seen before the change", () => {
    expect(divideTests(contract, REPORTED)).toEqual({
      testers: ["AC1", "AC2"],
      coders: [
        { criterion: "AC3", by: "coder", why: "shape-open" },
        { criterion: "AC4", by: "coder", why: "kind-not-said" },
      ],
    });
  });

  test.each([
    ["no-test-check", {}],
    ["no-report", { test: "npm test" }],
  ])("all are the coder's: %s", (why, checks) => {
    const { testers, coders } = divideTests(contract, Config.parse({ checks }));
    expect(testers).toEqual([]);
    expect(coders.map((row) => row.why)).toEqual([why, why, why, why]);
  });

  test("what the tester leaves open is the coder's, with its words", () => {
    const division = divideTests(contract, REPORTED);
    const open = [{ criterion: "AC2", because: "nobody says what is kept" }];
    expect(withOpen(division, open)).toEqual({
      testers: ["AC1"],
      coders: [
        ...division.coders,
        { criterion: "AC2", by: "coder", why: "left-open", because: "nobody says what is kept" },
      ],
    });
    expect(withOpen(division, [{ criterion: "all", because: "new" }]).testers).toEqual([]);
    expect(withOpen(division, [{ criterion: "AC7", because: "not mine" }])).toEqual(division);
  });
});

describe("a file of the tester", () => {
  const file = (path: string): ChangedFile => ({
    path,
    mode: "100644",
    encoding: "utf-8",
    content: "x\n",
  });

  test.each([
    "test/quote.test.ts",
    "tests/test_rates.py",
    "src/rates_test.go",
    "test/fixtures/a.json",
  ])("%s may stand", (path) => {
    expect(fileFaults([file(path)], ["src/**", "test/**", "tests/**"])).toEqual([]);
    expect(fileFaults([file(path)], [])).toEqual([]);
  });

  test.each([
    ["src/quote.ts", "no test file"],
    ["vitest.config.ts", "steers tools"],
    ["test/conftest.py", "steers tools"],
    ["e2e/quote.spec.ts", "outside of what the contract allows: src/**, test/**"],
  ])("%s goes back: %s", (path, fault) => {
    expect(fileFaults([file(path)], ["src/**", "test/**"])).toEqual([
      expect.stringContaining(fault),
    ]);
  });

  test("none is taken away, and there are not too many", () => {
    const gone = { path: "test/quote.test.ts", deleted: true } as const;
    expect(fileFaults([gone], [])).toEqual([expect.stringContaining("put it back")]);
    const many = Array.from({ length: 101 }, (_, index) => file(`test/${index}.test.ts`));
    expect(fileFaults(many, [])).toEqual(["101 files are too many: at most 100"]);
    expect(fileFaults(many.slice(1), [])).toEqual([]);
  });
});

const SUBJECT = { base: "a".repeat(40), tree: "b".repeat(40) };
function run(
  tests: Readonly<Record<string, "passed" | "failed" | "skipped">> | undefined,
  rest: Partial<CheckRun> = {},
): CheckRun {
  const list = Object.entries(tests ?? {}).map(([name, status]) => ({ name, status }));
  return {
    kind: "check",
    name: "test",
    on: "base-with-changed-tests",
    subject: SUBJECT,
    command: "npm test",
    status: list.some(({ status }) => status === "failed") ? "failed" : "passed",
    exitCode: 0,
    durationMs: 1,
    tail: "",
    outputBytes: 0,
    ...(tests === undefined ? {} : { tests: list }),
    ...rest,
  };
}

describe("seen on the base", () => {
  test.each([
    ["a > new", run({ "a > new": "failed" }), "failed"],
    ["a > new", run({ "a > new": "passed" }), "passed"],
    ["a > new", run({ "a > new": "skipped" }), "skipped"],
    ["a > new", run({ "a > old": "passed" }), "not-there"],
    ["a > new", run({ a: "failed" }), "not-built"],
    ["a > new", run({ "a > (outside of any test)": "failed" }), "not-built"],
    ["b > new", run({ a: "failed" }), "not-there"],
    ["a > b > new", run({ "a > b": "failed", "a > c": "passed" }), "not-built"],
    ["a > b > new", run({ "a > c": "failed" }), "not-there"],
    ["a > b > new", run({ a: "failed" }), "not-built"],
    ["a", run({ "a > (outside of any test)": "failed" }), "not-there"],
    ["a > new", run({ a: "passed", "b > x": "failed" }), "not-there"],
    ["a > new", run({ a: "failed" }, { status: "timed-out" }), "not-there"],
    ["new", run({ x: "failed" }), "not-there"],
    ["p > New", run(undefined, { status: "failed", notBuilt: ["undefined: Quote"] }), "not-built"],
    ["p > New", run(undefined, { status: "failed" }), "not-there"],
  ] as const)("%s in %#: %j", (name, seen, is) => {
    expect(seenOnBase(name, seen)).toBe(is);
  });

  test("a name of several tests is none that was seen", () => {
    const tests = [
      {
        name: "a > new",
        status: "failed",
        several: { passed: 1, failed: 1, skipped: 0 },
      } as const,
    ];
    expect(seenOnBase("a > new", { ...run({}), tests })).toBe("not-told-apart");
  });

  const before = run({ "a > old": "passed", "a > broken": "failed" }, { on: "base" });
  const CRITERIA = [criterion("AC1", "changes"), criterion("AC2", "keeps")];
  const named = (ac1: readonly string[], ac2: readonly string[] = ["a > old"]) => [
    { criterion: "AC1", tests: [...ac1] },
    { criterion: "AC2", tests: [...ac2] },
  ];

  test("what fails where it should and passes where it should may stand", () => {
    const now = run({ "a > old": "passed", "a > broken": "failed", "a > new": "failed" });
    expect(seenFaults(CRITERIA, named(["a > new"]), { before, now })).toEqual([]);
  });

  test("of a change a test that does not load yet is enough, too", () => {
    const now = run({ "a > old": "passed", b: "failed" });
    expect(seenFaults(CRITERIA, named(["b > new"]), { before, now })).toStrictEqual([]);
  });

  const STAYS = "and a test of what stays has to pass already";
  const NONE_NEW = "ids that the report has with your tests and had not before: none";

  test("of what stays every named test has to pass, and one that broke is told as such", () => {
    const was = run({ "a > old": "passed", "a > other": "passed", "a > new": "failed" });
    const now = run({ "a > old": "passed", "a > other": "failed", "a > new": "failed" });
    const proofs = named(["a > new"], ["a > old", "a > other"]);
    expect(seenFaults(CRITERIA, proofs, { before: was, now })).toStrictEqual([
      `AC2 (keeps): a > other fails on the base, ${STAYS}`,
      "a > other passed before your tests came and fails with them",
      NONE_NEW,
    ]);
  });

  test("what was flaky before is not broken", () => {
    const several = { passed: 1, failed: 1, skipped: 0 };
    const tests = [{ name: "a > shaky", status: "failed", several } as const];
    const now = run({ "a > old": "passed", "a > new": "failed", "a > shaky": "failed" });
    const given = { before: { ...run({}), tests }, now };
    expect(seenFaults(CRITERIA, named(["a > new"]), given)).toStrictEqual([]);
  });

  test("of a change one failing test is enough", () => {
    const now = run({ "a > old": "passed", "a > new": "failed", "a > too": "passed" });
    expect(seenFaults(CRITERIA, named(["a > new", "a > too"]), { before, now })).toEqual([]);
  });

  test("a test of the base that is written anew for the change fails as it should", () => {
    const now = run({ "a > old": "failed", "a > kept": "passed" });
    expect(seenFaults(CRITERIA, named(["a > old"], ["a > kept"]), { before, now })).toEqual([]);
  });

  test.each<readonly [string, readonly string[], readonly string[], CheckRun, string]>([
    [
      "nothing named",
      [],
      ["a > old"],
      run({ "a > old": "passed" }),
      "AC1 (changes): neither is a test named",
    ],
    [
      "passes already",
      ["a > new"],
      ["a > old"],
      run({ "a > old": "passed", "a > new": "passed" }),
      "a > new passes on the base, and a test of a change has to fail",
    ],
    [
      "skipped",
      ["a > new"],
      ["a > old"],
      run({ "a > old": "passed", "a > new": "skipped" }),
      "a > new is skipped",
    ],
    [
      "made up",
      ["a > new"],
      ["a > old"],
      run({ "a > old": "passed" }),
      "a > new is not in the report",
    ],
    [
      "what stays fails",
      ["a > new"],
      ["a > kept"],
      run({ "a > old": "passed", "a > new": "failed", "a > kept": "failed" }),
      "AC2 (keeps): a > kept fails on the base",
    ],
    [
      "what stays does not load",
      ["a > new"],
      ["a > old"],
      run({ a: "failed" }),
      "AC2 (keeps): a > old does not load on the base",
    ],
    [
      "another test breaks",
      ["a > new"],
      ["a > kept"],
      run({ "a > old": "failed", "a > new": "failed", "a > kept": "passed" }),
      "a > old passed before your tests came and fails with them",
    ],
    [
      "no report",
      ["a > new"],
      ["a > old"],
      run(undefined, { status: "failed" }),
      "a > new is not in the report",
    ],
  ])("%s goes back", (_name, ac1, ac2, now, fault) => {
    const faults = seenFaults(CRITERIA, named(ac1, ac2), { before, now });
    expect(faults.join("\n")).toContain(fault);
  });

  test("what breaks is named twenty times at most, and no list of ids follows where nothing else is wrong", () => {
    const olds = Array.from({ length: 21 }, (_, at) => `a > old ${at}`);
    const all = (status: "passed" | "failed") =>
      Object.fromEntries(olds.map((name) => [name, status]));
    const now = run({ ...all("failed"), "a > new": "failed", "a > kept": "passed" });
    const given = { before: run(all("passed")), now };
    const faults = seenFaults(CRITERIA, named(["a > new"], ["a > kept"]), given);
    expect(faults).toHaveLength(20);
    expect(faults.every((fault) => fault.includes("passed before your tests came"))).toBe(true);
  });

  test.each<readonly [string, CheckRun | undefined, Partial<CheckRun>]>([
    ["where nobody knows what passed before", undefined, {}],
    ["by what a compiler refuses", before, { notBuilt: ["undefined: Quote"] }],
    ["that failed before", run({ "a > old": "failed" }), {}],
    ["that was skipped before", run({ "a > old": "skipped" }), {}],
  ])("nothing is broken %s", (_what, was, more) => {
    const now = run({ "a > old": "failed", "a > new": "failed", "a > kept": "passed" }, more);
    const proofs = named(["a > new"], ["a > kept"]);
    expect(seenFaults(CRITERIA, proofs, { before: was, now })).toEqual([]);
  });

  test("without a report there are no ids to list", () => {
    const now = run(undefined, { status: "failed" });
    const faults = seenFaults(CRITERIA, named(["a > new"]), { before, now });
    expect(faults.map((fault) => fault.slice(0, 3))).toEqual(["AC1", "AC2"]);
  });

  test("a test is named once, however often it was said", () => {
    const now = run({ "a > old": "passed", "a > new": "passed" });
    const faults = seenFaults(CRITERIA, named(["a > new", "a > new"]), { before, now });
    expect(faults.filter((fault) => fault.startsWith("AC1"))).toHaveLength(1);
  });

  test("ids that came with the tests are listed, so that a misspelt one can be mended", () => {
    const now = run({ "a > old": "passed", "a > new one": "failed" });
    const faults = seenFaults(CRITERIA, named(["a > new"]), { before, now });
    expect(faults.at(-1)).toBe(
      "ids that the report has with your tests and had not before: \na > new one",
    );
  });
});

test("the parts of a budget are whole numbers, at least one, and no more than the whole", () => {
  const budget = { tokens: 1_000, usd: 5, turns: 80, wallClockMs: 60_000 };
  expect(partOf(budget, "tester")).toEqual({ ...budget, tokens: 300, usd: 1.5, turns: 24 });
  expect(partOf(budget, "coder")).toEqual({ ...budget, tokens: 700, usd: 3.5, turns: 56 });
  expect(partOf({ ...budget, turns: 1 }, "tester").turns).toBe(1);
});
