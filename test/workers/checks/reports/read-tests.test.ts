import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  TEST_REPORT_FORMATS,
  type TestReportFormat,
} from "../../../../src/domain/config/test-report.ts";
import { readTests, showOutput } from "../../../../src/workers/checks/reports/read-tests.ts";
import { TEST_LIMITS } from "../../../../src/workers/checks/reports/test-list.ts";
import { ANY_CHARACTER } from "../../../any-character.ts";

const ROOTS = ["/host/workspace-1", "/ws"];
/** What the tools really wrote; stack traces are left out. */
const FIXTURES = join(import.meta.dirname, "fixtures");

function read(format: TestReportFormat, ...contents: readonly (string | Uint8Array)[]) {
  return readTests(
    format,
    contents.map((content) => ({ content })),
    ROOTS,
  );
}

/** Names by status; what fails to read fails the test. */
function statuses(reading: ReturnType<typeof readTests>) {
  if ("problem" in reading) throw new Error(reading.problem);
  const of = (status: string) =>
    reading.tests.filter((test) => test.status === status).map(({ name }) => name);
  return { passed: of("passed"), failed: of("failed"), skipped: of("skipped") };
}

function problemOf(reading: ReturnType<typeof readTests>): string {
  if ("tests" in reading) throw new Error(JSON.stringify(reading.tests));
  return reading.problem;
}

const fixture = (name: string) => readFileSync(join(FIXTURES, name));

describe("what the tools write", () => {
  test("go test -json", () => {
    expect(statuses(read("go-test", fixture("go-test.jsonl")))).toEqual({
      passed: [
        "example.com/shop/exits > TestFine",
        "example.com/shop/panics > TestBefore",
        "example.com/shop/rates > TestSweden",
        "example.com/shop/rates > TestZones/zone_one",
        "example.com/shop/rates > ExamplePrice",
      ],
      failed: [
        "example.com/shop/panics > TestPanics",
        "example.com/shop/rates > TestNorway",
        "example.com/shop/rates > TestZones/zone/two",
        "example.com/shop/rates > TestZones",
        "example.com/shop/broken > (outside of any test)",
        "example.com/shop/exits > (outside of any test)",
      ],
      skipped: ["example.com/shop/rates > TestLater"],
    });
  });

  test("go test -json, as a person would have read it", () => {
    const shown = showOutput("go-test", fixture("go-test.jsonl").toString());
    expect(shown).toContain("--- FAIL: TestNorway (0.00s)\n");
    expect(shown).toContain("broken/broken_test.go:5:32: undefined: missing\n");
    expect(shown).not.toContain('{"');
    expect(showOutput(undefined, "{plain}\n")).toBe("{plain}\n");
  });

  const CARGO = {
    passed: ["src/lib.rs (shop) > tests::sweden", "tests/whole.rs > sweden"],
    skipped: ["src/lib.rs (shop) > tests::later", "src/lib.rs (shop) > tests::later_still"],
  };

  test("cargo test", () => {
    const found = statuses(read("cargo-test", fixture("cargo-test.txt")));
    expect(found.passed.sort()).toEqual([
      "doc-tests shop > src/lib.rs - price",
      "doc-tests shop > src/lib.rs - price - compile fail",
      "src/lib.rs (shop) > tests::panics - should panic",
      ...CARGO.passed,
    ]);
    expect(found.failed).toEqual([
      "src/lib.rs (shop) > tests::calm - should panic",
      "src/lib.rs (shop) > tests::norway",
      "tests/aborts.rs > (outside of any test)",
      "doc-tests shop > src/lib.rs - price #2",
    ]);
    expect(found.skipped).toEqual([...CARGO.skipped, "doc-tests shop > src/lib.rs - price #3"]);
  });

  test("cargo test with libtest's JSON", () => {
    const found = statuses(read("cargo-test", fixture("cargo-test.jsonl")));
    expect(found.passed).toEqual(expect.arrayContaining(CARGO.passed));
    expect(found.failed).toEqual([
      "src/lib.rs (shop) > tests::calm",
      "src/lib.rs (shop) > tests::norway",
      "tests/aborts.rs > dies",
      "tests/aborts.rs > fine",
      "tests/aborts.rs > (outside of any test)",
      "doc-tests shop > src/lib.rs - price #2",
    ]);
    expect(found.skipped).toEqual(expect.arrayContaining(CARGO.skipped));
  });

  test("node --test, as TAP", () => {
    expect(statuses(read("tap", fixture("node.tap")))).toEqual({
      passed: ["top level", "rates > prices Sweden", "rates > deep > leaf"],
      failed: ["fails at the top # with a hash", "rates > prices Norway", "test/b.test.mjs"],
      skipped: ["rates > prices Finland", "rates > prices Denmark", "rates > knows it fails"],
    });
  });

  test("node --test, as JUnit XML", () => {
    expect(statuses(read("junit", fixture("node.xml")))).toEqual({
      passed: [
        "test/a.test.mjs > top level",
        "test/a.test.mjs > rates > prices Sweden",
        "test/a.test.mjs > rates > deep > leaf",
        "test/c.test.mjs > rates > prices Sweden",
      ],
      failed: [
        "test/a.test.mjs > fails at the top # with a hash",
        "test/b.test.mjs",
        "test/a.test.mjs > rates > prices Norway",
      ],
      skipped: [
        "test/a.test.mjs > rates > prices Finland",
        "test/a.test.mjs > rates > prices Denmark",
        "test/a.test.mjs > rates > knows it fails",
      ],
    });
  });

  test("jest --json", () => {
    expect(statuses(read("jest", fixture("jest.json")))).toEqual({
      passed: [
        "test/rates.test.js > rates > prices Sweden",
        "test/rates.test.js > rates > deep > leaf 1",
        "test/late.test.js > fine",
      ],
      failed: [
        "test/rates.test.js > rates > prices Norway",
        "test/rates.test.js > rates > deep > leaf 2",
        "test/late.test.js > (outside of any test)",
        "test/broken.test.js > (outside of any test)",
      ],
      skipped: [
        "test/rates.test.js > rates > prices Finland",
        "test/rates.test.js > rates > prices Denmark",
      ],
    });
  });

  const VITEST = {
    passed: ["test/leaks.test.ts > leaks", "test/rates.test.ts > rates > prices Sweden"],
    skipped: [
      "test/rates.test.ts > rates > prices Finland",
      "test/rates.test.ts > rates > prices Denmark",
    ],
  };

  test("vitest's json", () => {
    expect(statuses(read("jest", fixture("vitest.json")))).toMatchObject({
      ...VITEST,
      failed: [
        "test/broken.test.ts > (outside of any test)",
        "test/rates.test.ts > rates > prices Norway",
      ],
    });
  });

  test("vitest's junit, which also tells what no test awaited", () => {
    const found = statuses(read("junit", fixture("vitest.xml")));
    const names = (list: readonly string[]) => list.map((name) => name.replaceAll(" > ", "|"));
    expect(names(found.passed)).toEqual(names(VITEST.passed));
    expect(names(found.skipped)).toEqual(names(VITEST.skipped));
    expect(found.failed).toEqual([
      "test/broken.test.ts",
      "test/rates.test.ts > rates > prices Norway",
      "vitest unhandled errors > Unhandled Rejection: unhandled",
    ]);
  });

  test("pytest", () => {
    expect(statuses(read("junit", fixture("pytest.xml")))).toEqual({
      passed: ["tests.test_rates.TestNorway > test_price[2.5]", "tests.test_rates > test_sweden"],
      failed: [
        "tests.test_broken",
        "tests.test_rates.TestNorway > test_price[40]",
        "tests.test_rates > test_fixture",
      ],
      skipped: ["tests.test_rates > test_later", "tests.test_rates > test_known"],
    });
  });

  test("surefire, one file per class", () => {
    const files = readdirSync(join(FIXTURES, "surefire")).sort();
    expect(files).toHaveLength(3);
    expect(statuses(read("junit", ...files.map((name) => fixture(`surefire/${name}`))))).toEqual({
      passed: [
        "shop.RatesTest > sweden",
        "shop.RatesTest > weight(int)[1]",
        "shop.RatesTest$Deep > leaf",
      ],
      failed: [
        "shop.RatesTest > norway",
        "shop.RatesTest > weight(int)[2]",
        "shop.ZonesTest > (unnamed)",
      ],
      skipped: ["shop.RatesTest > later"],
    });
  });
});

const GO = (action: string, test?: string) =>
  JSON.stringify({ Action: action, Package: "p", ...(test === undefined ? {} : { Test: test }) });
const LIBTEST = (result: string, counts: string) =>
  `     Running unittests src/lib.rs (target/debug/deps/a-0123456789abcdef)\n\nrunning 1 test\n${result}\n\ntest result: FAILED. ${counts}; 0 measured; 0 filtered out\n`;

/** What one test prints while it runs, and what is still no word of the harness. */
const NOISE = [
  "we are not running 2 tests",
  "running 2 tests of mine",
  "my test result: ok. 9 passed; 9 failed; 9 ignored;",
  "hey   Doc-tests other",
  "   Doc-tests other one",
  "hey   Running other",
  "   Running one two three",
  "no failures:",
  "failures: 3",
  "a test of mine ... ok",
].join("\n");
const libtest = (event: Readonly<Record<string, unknown>>) => JSON.stringify(event);
const SUITE = libtest({ type: "suite", event: "started" });
const ran = (name: string, event: string) => libtest({ type: "test", event, name });
const manyLibtest = (result: string, count: number) =>
  Array.from({ length: count }, (_, index) => `test ${result}-${index} ... ${result}`);

describe("what else they write", () => {
  test.each<readonly [string, TestReportFormat, string, Readonly<Record<string, string>>]>([
    [
      "a test that never ended",
      "go-test",
      [GO("start"), GO("run", "TestA"), GO("run", "TestB"), GO("pass", "TestB")].join("\n"),
      { "p > TestA": "failed", "p > TestB": "passed" },
    ],
    [
      "a package that went away between its tests",
      "go-test",
      [GO("run", "TestA"), GO("pass", "TestA")].join("\n"),
      { "p > TestA": "passed", "p > (outside of any test)": "failed" },
    ],
    [
      "foreign lines and broken events between those of go",
      "go-test",
      ["# p", "{", '{"Action":3}', "null", GO("pass", "TestA"), "FAIL", GO("pass")].join("\n"),
      { "p > TestA": "passed" },
    ],
    [
      "a test that ran twice",
      "go-test",
      [GO("fail", "TestA"), GO("pass", "TestA"), GO("fail")].join("\n"),
      { "p > TestA": "failed" },
    ],
    [
      "a result behind what a Rust test printed",
      "cargo-test",
      LIBTEST("test a ... hello\nworld\nok", "1 passed; 0 failed; 0 ignored"),
      { "src/lib.rs (a) > a": "passed" },
    ],
    [
      "colours",
      "cargo-test",
      LIBTEST("test a ... \u001b[31mFAILED\u001b[m", "0 passed; 1 failed; 0 ignored"),
      { "src/lib.rs (a) > a": "failed" },
    ],
    [
      "a benchmark beside a test",
      "cargo-test",
      LIBTEST(
        "test b ... bench:  12 ns/iter (+/- 1)\ntest a ... ignored, no network",
        "0 passed; 0 failed; 1 ignored",
      ),
      { "src/lib.rs (a) > a": "skipped" },
    ],
    [
      "cargo before 1.58",
      "cargo-test",
      "     Running target/debug/deps/shop-0123456789abcdef\n\nrunning 1 test\ntest a ... ok\n\ntest result: ok. 1 passed; 0 failed; 0 ignored; 0 measured\n",
      { "shop > a": "passed" },
    ],
    [
      "what a Rust test printed in the words of the harness",
      "cargo-test",
      LIBTEST(`test a ... ${NOISE}\nok`, "1 passed; 0 failed; 0 ignored"),
      { "src/lib.rs (a) > a": "passed" },
    ],
    [
      "more than nine Rust tests of each kind",
      "cargo-test",
      `running 33 tests\n${[...manyLibtest("ok", 12), ...manyLibtest("FAILED", 11), ...manyLibtest("ignored", 10)].join("\n")}\ntest result: FAILED. 12 passed; 11 failed; 10 ignored; 0 measured`,
      Object.fromEntries([
        ...Array.from({ length: 12 }, (_, index) => [`ok-${index}`, "passed"]),
        ...Array.from({ length: 11 }, (_, index) => [`FAILED-${index}`, "failed"]),
        ...Array.from({ length: 10 }, (_, index) => [`ignored-${index}`, "skipped"]),
      ]),
    ],
    [
      "a Rust test that ended the process",
      "cargo-test",
      "running 2 tests\ntest a ... ok\ntest b ... \nabort\n",
      { a: "passed", b: "failed", "(outside of any test)": "failed" },
    ],
    [
      "a Rust binary on Windows",
      "cargo-test",
      "     Running unittests src\\main.rs (target\\debug\\deps\\shop-0123456789abcdef.exe)\nrunning 1 test\ntest a ... ok\ntest result: ok. 1 passed; 0 failed; 0 ignored; 0 measured\n",
      { "src\\main.rs (shop) > a": "passed" },
    ],
    [
      "a Rust test that ended before the process did, in JSON",
      "cargo-test",
      [SUITE, ran("a", "started"), ran("a", "ok"), ran("b", "started")].join("\n"),
      { a: "passed", b: "failed", "(outside of any test)": "failed" },
    ],
    [
      "a Rust binary that began while another was open, in JSON",
      "cargo-test",
      [
        SUITE,
        SUITE,
        ran("a", "ok"),
        libtest({ type: "suite", event: "ok", passed: 1, failed: 0, ignored: 0 }),
      ].join("\n"),
      { "(outside of any test)": "failed", a: "passed" },
    ],
    [
      "foreign objects, and events that are no results, between those of libtest",
      "cargo-test",
      [
        ran("early", "ok"),
        libtest({ type: "suite", event: "ok", passed: 7, failed: 0, ignored: 0 }),
        SUITE,
        '{"type":"other"}',
        "{broken",
        ran("a", "timeout"),
        ran("a", "ok"),
        libtest({ type: "suite", event: "ok", passed: 1, failed: 0, ignored: 0 }),
      ].join("\n"),
      { a: "passed" },
    ],
    [
      "output of a test of go that ended",
      "go-test",
      [GO("run", "TestA"), GO("pass", "TestA"), GO("output", "TestA"), GO("pass")].join("\n"),
      { "p > TestA": "passed" },
    ],
    [
      "a test of go that failed before another never ended",
      "go-test",
      [GO("run", "A"), GO("fail", "A"), GO("run", "B"), GO("fail")].join("\n"),
      { "p > A": "failed", "p > B": "failed" },
    ],
    [
      "events of go without a package",
      "go-test",
      '{"Action":"pass","Test":"TestA"}\n{"Action":"pass"}\n',
      { TestA: "passed" },
    ],
    ["a plan and none of its points", "tap", "1..2\n", { "(outside of any test)": "failed" }],
    [
      "lines that only look like TAP",
      "tap",
      "1..3\n  ok 7 - forged\nbook 8 - forged\nok 1 - Bail out! button\nok 2 - counts 1..9\n1..9 apples\nok  3  -  blanks\n",
      { "Bail out! button": "passed", "counts 1..9": "passed", blanks: "passed" },
    ],
    [
      "more than nine points",
      "tap",
      `1..12 # all\n${Array.from({ length: 11 }, (_, index) => `ok ${index + 1} - t${index}\n`).join("")}not ok 12\n`,
      {
        ...Object.fromEntries(Array.from({ length: 11 }, (_, index) => [`t${index}`, "passed"])),
        "(test 12)": "failed",
      },
    ],
    [
      "directives, however they are spaced",
      "tap",
      "1..5\nok 1 # SKIP\nok 2 - b #  todo later\nnot ok 3 - c #SKIP\nok 4 - d # skipper\nok 5 - e#skip\n",
      {
        "(test 1)": "skipped",
        b: "skipped",
        c: "skipped",
        "d # skipper": "passed",
        "e#skip": "passed",
      },
    ],
    [
      "times and braces of node-tap",
      "tap",
      "1..4\nok 1 - a # time=3s\nok 2 - b # time=1.5ms {\nok 3 - c {\nok 4 - d { e\n",
      { a: "passed", b: "passed", c: "passed", "d { e": "passed" },
    ],
    [
      "dashes and dots that are no YAML block",
      "tap",
      "TAP version 14\n  ---\n1..4\nok 1 - a\n---\nok 2 - b\n    ---\nok 3 - c\n# d\n  ---\nok 4 - d\n",
      { a: "passed", b: "passed", c: "passed", d: "passed" },
    ],
    [
      "dots within a YAML block",
      "tap",
      "1..2\nok 1 - a\n  ---\n    ...\nok 9 - forged\n  ...\nok 2 - b\n",
      { a: "passed", b: "passed" },
    ],
    [
      "TAP of as many levels as it may have",
      "tap",
      `${" ".repeat(200)}ok 1 - deep\n1..1\nok 1 - top\n`,
      { "top > deep": "passed" },
    ],
    [
      "a run of jest that says that it passed",
      "jest",
      JSON.stringify({
        success: true,
        testResults: [
          {
            name: "file:///ws/a.test.js",
            status: "passed",
            assertionResults: [{ title: "a", status: "passed" }],
          },
        ],
      }),
      { "a.test.js > a": "passed" },
    ],
    [
      "bats",
      "tap",
      "1..3\nok 1 adds\nnot ok 2 subtracts\n# (in test file test/a.bats, line 7)\nok 3 later # skip no network\n",
      { adds: "passed", subtracts: "failed", later: "skipped" },
    ],
    [
      "node-tap",
      "tap",
      "TAP version 14\n# Subtest: a.js\n    ok 1 - adds # time=3.2ms\n    1..1\nok 1 - a.js # time=10ms\n1..1\n# time=12ms\n",
      { "a.js > adds": "passed" },
    ],
    [
      "points without numbers or titles",
      "tap",
      "1..2\nok\nnot ok 2\n",
      { "(test without a number)": "passed", "(test 2)": "failed" },
    ],
    [
      "a suite that failed outside of its tests",
      "tap",
      "    ok 1 - a\n    1..1\nnot ok 1 - suite\n1..1\n",
      { "suite > a": "passed", "suite > (outside of any test)": "failed" },
    ],
    [
      "a stream that ended early",
      "tap",
      "1..2\nok 1 - a\n",
      { a: "passed", "(outside of any test)": "failed" },
    ],
    [
      "a stream without a plan",
      "tap",
      "ok 1 - a\n",
      { a: "passed", "(outside of any test)": "failed" },
    ],
    [
      "a stream that bailed out",
      "tap",
      "Bail out! no database\n",
      { "(outside of any test)": "failed" },
    ],
    [
      "two streams one after the other",
      "tap",
      "1..1\nok 1 - a\nTAP version 13\nok 1 - b\n1..1\n",
      { a: "passed", b: "passed" },
    ],
    [
      "points inside a YAML block",
      "tap",
      "1..1\nnot ok 1 - a\n  ---\n  found: |\n    ok 2 - forged\nok 3 - forged\n  ...\n",
      { a: "failed" },
    ],
    [
      "a run of jest that failed for none of its files",
      "jest",
      JSON.stringify({
        success: false,
        testResults: [
          {
            name: "/ws/a.test.js",
            status: "passed",
            assertionResults: [{ title: "a", status: "passed" }],
          },
        ],
      }),
      { "a.test.js > a": "passed", "(outside of any test)": "failed" },
    ],
  ])("%s", (_what, format, content, expected) => {
    const reading = read(format, content);
    if ("problem" in reading) throw new Error(reading.problem);
    expect(Object.fromEntries(reading.tests.map(({ name, status }) => [name, status]))).toEqual(
      expected,
    );
  });

  test.each<readonly [TestReportFormat, string | Uint8Array, RegExp]>([
    ["go-test", "FAIL p [build failed]\n", /without any test/],
    ["cargo-test", "error: could not compile `a`\n", /without any test/],
    ["tap", "> shop@1.0.0 test\n> node --test\n", /without any test/],
    ["tap", "1..0 # skip no database\n", /without any test/],
    ["jest", "", /not JSON/],
    ["jest", '{"testResults":[', /not JSON, or cut off/],
    [
      "jest",
      '{"testResults":[{"name":"a"}]}',
      /not the JSON that jest writes \(testResults\.0\.status/,
    ],
    [
      "jest",
      '{"testResults":[{"name":"a","status":"x","assertionResults":[{"title":"t","status":"green"}]}]}',
      /testResults\.0\.assertionResults\.0\.status/,
    ],
    [
      "cargo-test",
      LIBTEST("test a ... noise", "1 passed; 0 failed; 0 ignored"),
      /src\/lib\.rs \(a\) counts 1 passed, and 0 are told line by line \(run cargo test without --nocapture/,
    ],
    [
      "cargo-test",
      "running 1 test\ntest a ... noise\ntest result: ok. 1 passed; 0 failed; 0 ignored; 0",
      /not whole: a binary counts 1 passed, and 0 are told/,
    ],
    [
      "cargo-test",
      `running 1 test\n${"test a ... ok\n".repeat(2 * TEST_LIMITS.tests + 1)}`,
      /^of more than 100000 results$/,
    ],
    ["tap", `${" ".repeat(204)}ok 1 - deep`, /more than 50 levels/],
    ["tap", `${" ".repeat(400)}ok 1 - deep`, /more than 50 levels/],
    ["go-test", new Uint8Array([0xc3, 0x28]), /not utf-8/],
  ])("%s says nothing with %j", (format, content, expected) => {
    expect(problemOf(read(format, content))).toMatch(expected);
  });

  test("names the file of several that cannot be read", () => {
    const sources = [
      { path: "a.xml", content: '<testsuite><testcase name="x"/></testsuite>' },
      { path: "b.xml", content: "" },
    ];
    expect(problemOf(readTests("junit", sources, ROOTS))).toBe("empty (b.xml)");
  });

  test("names no file where there is but one", () => {
    expect(problemOf(readTests("junit", [{ path: "a.xml", content: "" }], ROOTS))).toBe("empty");
  });

  test.each<readonly [string, TestReportFormat, string]>([
    ["go's seconds", "go-test", '{"Action":"pass","Test":"a","Elapsed":0.25}\n{"Action":"pass"}'],
    [
      "jest's milliseconds",
      "jest",
      '{"testResults":[{"name":"","status":"passed","assertionResults":[{"title":"a","status":"passed","duration":249.7}]}]}',
    ],
    [
      "the first of several",
      "junit",
      '<testsuite><testcase name="a" time="0.25"/><testcase name="a" time="0.5"/></testsuite>',
    ],
  ])("tells durations by %s", (_what, format, content) => {
    expect(read(format, content)).toMatchObject({
      tests: [{ name: "a", status: "passed", durationMs: 250 }],
    });
  });

  test("shows of go's events what they say, and every other line", () => {
    const events = ['{"Action":"output","Output":"ok\\n"}', "plain", GO("run", "TestA"), "end"];
    expect(showOutput("go-test", events.join("\n"))).toBe("ok\nplain\nend");
  });

  test("keeps the worst of one name over several files", () => {
    const suite = (inner: string) =>
      `<testsuite name="s"><testcase name="x">${inner}</testcase></testsuite>`;
    expect(statuses(read("junit", suite("<failure/>"), suite("")))).toMatchObject({
      failed: ["s > x"],
      passed: [],
    });
  });

  test.each<readonly [string, TestReportFormat, string, string]>([
    [
      "vitest in two projects",
      "junit",
      '<testsuites><testsuite name="a.test.js" hostname="m"><testcase name="x"/></testsuite><testsuite name="a.test.js" hostname="m"><testcase name="x"><failure/></testcase></testsuite></testsuites>',
      "a.test.js > x",
    ],
    [
      "jest in two projects",
      "jest",
      JSON.stringify({
        testResults: ["passed", "failed"].map((status) => ({
          name: "/ws/a.test.js",
          status,
          assertionResults: [{ title: "x", status }],
        })),
      }),
      "a.test.js > x",
    ],
    ["one title twice", "tap", "1..2\nok 1 - x\nnot ok 2 - x\n", "x"],
    [
      "a module run twice",
      "go-test",
      [GO("pass", "TestA"), GO("pass"), GO("fail", "TestA"), GO("fail")].join("\n"),
      "p > TestA",
    ],
    [
      "two crates with a test file of one name",
      "cargo-test",
      ["ok", "FAILED"]
        .map((said, index) =>
          [
            `     Running tests/a.rs (target/debug/deps/a-${String(index).repeat(16)})`,
            "running 1 test",
            `test x ... ${said}`,
            `test result: ok. ${1 - index} passed; ${index} failed; 0 ignored;`,
          ].join("\n"),
        )
        .join("\n"),
      "tests/a.rs > x",
    ],
  ])("counts both where a name stands for two: %s", (_what, format, content, name) => {
    expect(read(format, content)).toMatchObject({
      tests: [{ name, status: "failed", several: { passed: 1, failed: 1, skipped: 0 } }],
    });
  });

  test("reads a result of go that stuck to output without a line end, where the package passed", () => {
    const said = (test: string, output: string) =>
      JSON.stringify({ Action: "output", Package: "p", Test: test, Output: output });
    const open = [
      GO("run", "TestA"),
      said("TestA", "Hello "),
      said("TestA", "you--- PASS: TestA (0.00s)\n"),
      said("TestA", "    --- PASS: TestA/sub (0.00s)\n"),
      GO("run", "TestB"),
      said("TestB", "later--- SKIP: TestB (0.00s)\n"),
      GO("run", "TestC"),
      said("TestC", "who knows\n"),
      GO("pass", "TestD"),
    ];
    const ended = (status: string) => read("go-test", [...open, GO(status)].join("\n"));
    expect(statuses(ended("pass"))).toEqual({
      passed: ["p > TestD", "p > TestA"],
      failed: [],
      skipped: ["p > TestB"],
    });
    expect(statuses(ended("fail")).failed).toEqual(["p > TestA", "p > TestB", "p > TestC"]);
    expect(statuses(read("go-test", open.join("\n"))).failed).toHaveLength(3);
  });

  test.each<readonly [string, TestReportFormat, string, RegExp]>([
    [
      "lists without an end",
      "jest",
      `{"testResults":[${"[],".repeat(1_100_000)}[]]}`,
      /2000000 values/,
    ],
    ["points without an end", "tap", "ok\n".repeat(150_001), /150000 test points/],
    [
      "packages without an end",
      "go-test",
      Array.from({ length: 50_001 }, (_, index) => `{"Action":"start","Package":"p${index}"}`).join(
        "\n",
      ),
      /50000 packages/,
    ],
  ])("ends at %s before memory does", (_what, format, content, expected) => {
    expect(problemOf(read(format, content))).toMatch(expected);
  });

  test("shows of a long output of go's its end", () => {
    const line = `${JSON.stringify({ Action: "output", Output: "x\n" })}\n`;
    const shown = showOutput("go-test", `${line.repeat(50_000)}the end`);
    expect(shown.endsWith("x\nthe end")).toBe(true);
    expect(shown.length).toBeLessThan(100_000);
  });

  test("tells apart what the report does: two projects as hosts, two classes of a file", () => {
    const host = (name: string) =>
      `<testsuite name="a.spec.ts" hostname="${name}"><testcase name="x"/></testsuite>`;
    const projects = `<testsuites>${host("chromium")}${host("webkit")}</testsuites>`;
    expect(statuses(read("junit", projects)).passed).toEqual([
      "a.spec.ts > chromium > x",
      "a.spec.ts > webkit > x",
    ]);
    const inClass = (name: string) =>
      `<testcase classname="tests.test_a.${name}" file="tests/test_a.py" name="test_x"/>`;
    const classes = `<testsuite name="pytest">${inClass("TestA")}${inClass("TestB")}</testsuite>`;
    expect(statuses(read("junit", classes)).passed).toEqual([
      "tests/test_a.py > TestA > test_x",
      "tests/test_a.py > TestB > test_x",
    ]);
  });

  const NAMED: Readonly<Record<TestReportFormat, (names: readonly string[]) => string>> = {
    junit: (names) =>
      `<testsuite>${names.map((name) => `<testcase name="${name}"/>`).join("")}</testsuite>`,
    jest: (names) =>
      JSON.stringify({
        testResults: [
          {
            name: "/ws/a.test.js",
            status: "passed",
            assertionResults: names.map((title) => ({ title, status: "passed" })),
          },
        ],
      }),
    "go-test": (names) => [...names.map((name) => GO("pass", name)), GO("pass")].join("\n"),
    "cargo-test": (names) =>
      [
        `running ${names.length} tests`,
        ...names.map((name) => `test ${name} ... ok`),
        `test result: ok. ${names.length} passed; 0 failed; 0 ignored;`,
      ].join("\n"),
    tap: (names) =>
      [`1..${names.length}`, ...names.map((name, at) => `ok ${at + 1} - ${name}`)].join("\n"),
    rspec: (names) =>
      JSON.stringify({
        examples: names.map((name) => ({
          file_path: "./spec/a_spec.rb",
          full_description: name,
          status: "passed",
        })),
        summary: { example_count: names.length },
      }),
    minitest: (names) =>
      [
        "# Running:",
        ...names.map((name) => `A#test_0001_${name} = 0.00 s = .`),
        `${names.length} runs, 1 assertions, 0 failures, 0 errors, 0 skips`,
      ].join("\n"),
    trx: (names) =>
      `<TestRun><Results>${names
        .map((name) => `<UnitTestResult testName="${name}" outcome="Passed"/>`)
        .join("")}</Results><ResultSummary outcome="Completed"/></TestRun>`,
  };

  test.each(TEST_REPORT_FORMATS)("tells names apart by case: %s", (format) => {
    const { passed } = statuses(read(format, NAMED[format](["sums A", "sums a"])));
    expect(passed).toHaveLength(2);
  });

  test.each(TEST_REPORT_FORMATS)(
    "counts names that differ in white space alone as one, and says so: %s",
    (format) => {
      const reading = read(format, NAMED[format](["sums a", "sums  a"]));
      expect(reading).toMatchObject({ tests: [{ several: { passed: 2, failed: 0, skipped: 0 } }] });
    },
  );

  test("keeps long names apart", () => {
    const long = "x".repeat(2_000);
    const { passed } = statuses(read("tap", `1..2\nok 1 - ${long}a\nok 2 - ${long}b\n`));
    expect(passed).toHaveLength(2);
    expect(passed.every((name) => name.length === TEST_LIMITS.name)).toBe(true);
  });

  test.each<readonly [TestReportFormat, (index: number) => string]>([
    ["go-test", (index) => GO("pass", `T${index}`)],
    ["tap", (index) => `ok ${index} - t${index}`],
  ])("ends at too many tests in %s", (format, line) => {
    const lines = Array.from({ length: TEST_LIMITS.tests + 1 }, (_, index) => line(index));
    expect(problemOf(read(format, lines.join("\n")))).toBe("a list of more than 50000 tests");
  });
});

/** Bits of all formats, so that random joins of them get far into the readers. */
const BITS = [
  ...["running 2 tests", "test a ... ok", "test b ... FAILED", "test c ... ", "ok", "failures:"],
  ...["test result: ok. 1 passed; 0 failed; 0 ignored; 0 measured", "   Doc-tests a"],
  ...["     Running unittests src/lib.rs (target/debug/deps/a-0123456789abcdef)"],
  ...["test src/lib.rs - a (line 3) ... ok", '{"type":"suite","event":"started"}'],
  ...['{"type":"test","event":"ok","name":"a"}', '{"type":"suite","event":"ok","passed":1}'],
  ...["1..2", "ok 1 - a", "not ok 2 - b # TODO", "    ok 1 - c", "  ---", "  ...", "Bail out!"],
  ...[GO("run", "T"), GO("pass", "T"), GO("fail"), GO("output", "T"), '{"Action":"pass"}'],
  ...['{"testResults":[', '{"name":"a","status":"failed","assertionResults":[]}', "]}"],
  ...["<testsuites>", '<testcase name="a">', "<failure/>", "</testcase>", "</testsuites>"],
];

describe("whatever stands in a report", () => {
  const line = fc.oneof(
    { weight: 3, arbitrary: fc.constantFrom(...BITS) },
    { weight: 1, arbitrary: fc.string({ unit: ANY_CHARACTER, maxLength: 30 }) },
  );
  const text = fc.array(line, { maxLength: 30 }).map((lines) => lines.join("\n"));
  const bytes = fc.uint8Array({ maxLength: 60 });

  test("is bounded results with known statuses and names of their own, or a problem in words", () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...TEST_REPORT_FORMATS),
        fc.oneof(text, bytes),
        (format, content) => {
          const reading = read(format, content);
          if ("problem" in reading) {
            expect(reading.problem.length).toBeGreaterThan(0);
            expect(reading.problem.length).toBeLessThan(500);
            return;
          }
          const names = reading.tests.map(({ name }) => name);
          expect(new Set(names).size).toBe(names.length);
          for (const { name, status } of reading.tests) {
            expect(name.length).toBeGreaterThan(0);
            expect(name.length).toBeLessThanOrEqual(TEST_LIMITS.name);
            expect(name.isWellFormed()).toBe(true);
            expect(["passed", "failed", "skipped"]).toContain(status);
          }
        },
      ),
    );
  });

  test("never forgets a failure by a second report", () => {
    fc.assert(
      fc.property(fc.constantFrom("go-test", "tap"), text, text, (format, one, other) => {
        const alone = read(format, one);
        const both = read(format, one, other);
        if ("problem" in alone || "problem" in both) return;
        const failed = new Set(statuses(both).failed);
        expect(statuses(alone).failed.filter((name) => !failed.has(name))).toEqual([]);
      }),
    );
  });
});
