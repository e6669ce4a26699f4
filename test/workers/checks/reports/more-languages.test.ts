import { readFileSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { TestReportFormat } from "../../../../src/domain/config/test-report.ts";
import { readTests } from "../../../../src/workers/checks/reports/read-tests.ts";
import { ANY_CHARACTER } from "../../../any-character.ts";

/** What RSpec 3.12, minitest 5.17 and PHPUnit 9.6 really wrote; stack traces are left out. */
const FIXTURES = join(import.meta.dirname, "fixtures");
const OUTSIDE = "(outside of any test)";

function read(format: TestReportFormat, content: string | Buffer) {
  return readTests(format, [{ content }], ["/ws"]);
}

/** Statuses by name, or the problem in words. */
function statuses(format: TestReportFormat, content: string | Buffer) {
  const reading = read(format, content);
  if ("problem" in reading) return reading.problem;
  return Object.fromEntries(reading.tests.map(({ name, status }) => [name, status]));
}

const fixture = (name: string) => readFileSync(join(FIXTURES, name));

describe("RSpec", () => {
  test("its JSON, by the file that was run", () => {
    expect(statuses("rspec", fixture("rspec.json"))).toEqual({
      "spec/a_spec.rb > A is": "passed",
      "spec/a_spec.rb > A no": "failed",
      "spec/a_spec.rb > A is expected to eq 3": "passed",
      "spec/a_spec.rb > A later": "skipped",
      "spec/a_spec.rb > A pend": "skipped",
      "spec/a_spec.rb > A same": "passed",
      "spec/a_spec.rb > A in z": "failed",
    });
  });

  test("a file that does not load is a failure of its own", () => {
    expect(statuses("rspec", fixture("rspec-broken.json"))).toEqual({ [OUTSIDE]: "failed" });
  });

  const one = { file_path: "./spec/x_spec.rb", full_description: "X is", status: "passed" };
  test.each<readonly [string, unknown, unknown]>([
    [
      "an example that another file shares stands in the file that was run",
      {
        examples: [{ ...one, id: "./spec/own_spec.rb[1:2:1]", file_path: "./spec/shared.rb" }],
        summary: { example_count: 1 },
      },
      { "spec/own_spec.rb > X is": "passed" },
    ],
    [
      "before RSpec 3.3 there is no id",
      { examples: [one], summary: { example_count: 1 } },
      { "spec/x_spec.rb > X is": "passed" },
    ],
    [
      "an unknown status is no result",
      { examples: [{ ...one, status: "odd" }], summary: { example_count: 1 } },
      expect.stringContaining("not the JSON that RSpec writes (examples.0.status"),
    ],
    [
      "other examples than it counts",
      { examples: [one], summary: { example_count: 2 } },
      "not whole: RSpec counts 2 examples and lists 1",
    ],
    ["no JSON of RSpec", [], expect.stringContaining("not the JSON that RSpec writes")],
  ])("%s", (_title, content, expected) => {
    expect(statuses("rspec", JSON.stringify(content))).toEqual(expected);
  });
});

const minitest = (lines: readonly string[], counts: string) =>
  ["# Running:", "", ...lines, "", counts, ""].join("\n");

describe("minitest", () => {
  test("what it prints for people, also where a test prints, and without the numbers of minitest/spec", () => {
    expect(statuses("minitest", fixture("minitest.txt"))).toEqual({
      "ATest > test_err": "failed",
      "ATest > test_no": "failed",
      "ATest > test_ok": "passed",
      "ATest > test_print": "passed",
      "ATest > test_skip": "skipped",
      "A thing > does = 0.1 s = stuff": "passed",
      "A thing::inner > x": "failed",
    });
  });

  const COUNTED = "1 runs, 1 assertions, 0 failures, 0 errors, 0 skips";
  test.each<readonly [string, string, unknown]>([
    [
      "without --verbose nothing tells of single tests",
      minitest([".", "Finished in 0.1s"], COUNTED),
      expect.stringContaining("not whole: minitest counts 1 runs, and 0 are told"),
    ],
    [
      "a result that a test prints is one more than is counted",
      minitest(["ATest#test_a = BTest#test_b = 0.00 s = .", "0.01 s = F"], COUNTED),
      "a result without its test",
    ],
    [
      "another result than is counted",
      minitest(["ATest#test_a = 0.00 s = F"], COUNTED),
      expect.stringContaining("not whole"),
    ],
    [
      "a run that ends before it counts",
      "# Running:\n\nATest#test_a = 0.00 s = .\n",
      { "ATest > test_a": "passed", [OUTSIDE]: "failed" },
    ],
    [
      "two runs in one output",
      minitest(["ATest#test_a = 0.00 s = ."], COUNTED) +
        minitest(["BTest#test_b = 0.50 s = ."], COUNTED),
      { "ATest > test_a": "passed", "BTest > test_b": "passed" },
    ],
    [
      "failures that Rails prints between the results, in colours",
      minitest(
        ["\u001b[31mATest#test_a = 0.00 s = F\u001b[0m", "", "Failure:", "ATest#test_a [a.rb:1]:"],
        "1 runs, 1 assertions, 1 failures, 0 errors, 0 skips",
      ),
      { "ATest > test_a": "failed" },
    ],
    ["nothing that runs", "hello\n", "a report without any test"],
  ])("%s", (_title, output, expected) => {
    expect(statuses("minitest", output)).toEqual(expected);
  });
});

test("PHPUnit's JUnit XML, with its sets of data", () => {
  expect(statuses("junit", fixture("phpunit.xml"))).toEqual({
    'tests/SlugTest.php > unit > SlugTest > SlugTest::testRows > testRows with data set "one x"':
      "passed",
    "tests/SlugTest.php > unit > SlugTest > SlugTest::testRows > testRows with data set #0":
      "failed",
    "tests/SlugTest.php > unit > SlugTest > testOk": "passed",
    "tests/SlugTest.php > unit > SlugTest > testErr": "failed",
    "tests/SlugTest.php > unit > SlugTest > testSkip": "skipped",
    "tests/SlugTest.php > unit > SlugTest > testInc": "skipped",
  });
});

const trx = (results: string, outcome: string) =>
  `<?xml version="1.0" encoding="utf-8"?>
<TestRun id="r" xmlns="http://microsoft.com/schemas/VisualStudio/TeamTest/2010">
  <Results>${results}</Results>
  <TestDefinitions>
    <UnitTest name="Shop.Tests.RatesTest.Norway" id="1"><TestMethod className="Shop.Tests.RatesTest" name="Norway" /></UnitTest>
    <UnitTest name="Sweden" id="2"><TestMethod className="Shop.Tests.RatesTest, Shop.Tests" name="Sweden" /></UnitTest>
  </TestDefinitions>
  <ResultSummary outcome="${outcome}"><Counters total="2" /></ResultSummary>
</TestRun>`;
const ran = (id: number, name: string, outcome: string) =>
  `<UnitTestResult testId="${id}" testName="${name}" outcome="${outcome}" duration="00:00:01.5000000" />`;

describe("dotnet test --logger trx, after its schema", () => {
  test.each<readonly [string, string, unknown]>([
    [
      "xunit's names with their class, MSTest's without, and theories with their arguments",
      trx(
        ran(1, "Shop.Tests.RatesTest.Norway(weight: 2.5)", "Passed") + ran(2, "Sweden", "Failed"),
        "Failed",
      ),
      {
        "Shop.Tests.RatesTest > Norway(weight: 2.5)": "passed",
        "Shop.Tests.RatesTest > Sweden": "failed",
      },
    ],
    [
      "what was not run, and an outcome that nobody knows",
      trx(ran(1, "Norway", "NotExecuted") + ran(2, "Sweden", "Odd"), "Failed"),
      { "Shop.Tests.RatesTest > Norway": "skipped", "Shop.Tests.RatesTest > Sweden": "failed" },
    ],
    [
      "a run that failed for none of its tests",
      trx(ran(1, "Norway", "Passed"), "Failed"),
      { "Shop.Tests.RatesTest > Norway": "passed", [OUTSIDE]: "failed" },
    ],
    ["no result", trx("", "Completed"), "a report without any test"],
    ["another XML", "<testsuites/>", "XML without a TestRun element"],
  ])("%s", (_title, content, expected) => {
    expect(statuses("trx", content)).toEqual(expected);
  });

  test("milliseconds", () => {
    const reading = read("trx", trx(ran(1, "Norway", "Passed"), "Completed"));
    expect("tests" in reading && reading.tests[0]?.durationMs).toBe(1_500);
  });
});

test("whatever stands in a report is a result or a problem, never an exception", () => {
  const formats = fc.constantFrom<TestReportFormat>("rspec", "minitest", "trx");
  const texts = fc.oneof(
    fc.string({ unit: ANY_CHARACTER }),
    fc.json(),
    fc
      .array(
        fc.constantFrom(
          "# Running:",
          "A#test_a = ",
          "0.00 s = .",
          "1 runs, 1 assertions, 0 failures, 0 errors, 0 skips",
        ),
      )
      .map((lines) => lines.join("\n")),
  );
  fc.assert(
    fc.property(formats, texts, (format, text) => {
      const reading = read(format, text);
      expect("problem" in reading ? reading.problem : reading.tests.length).toBeTruthy();
    }),
  );
});
