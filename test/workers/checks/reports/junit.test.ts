import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { readTests } from "../../../../src/workers/checks/reports/read-tests.ts";

const ROOTS = ["/host/workspace-1", "/ws"];

function read(report: string | Uint8Array) {
  return readTests("junit", [{ content: report }], ROOTS);
}

/** What the runners write, by example; times left out where they do not matter. */
const RUNNERS: readonly (readonly [string, string, Readonly<Record<string, string>>])[] = [
  [
    "vitest",
    `<?xml version="1.0" encoding="UTF-8" ?>
<testsuites name="vitest tests" tests="3" failures="1" errors="0" time="0.007">
  <testsuite name="test/quote.test.ts" tests="3" failures="1" errors="0" skipped="1">
    <testcase classname="test/quote.test.ts" name="quote &gt; Norway &amp; Sweden" time="0.0017"></testcase>
    <testcase classname="test/quote.test.ts" name="quote &gt; heavy"><failure message="1 != 2">at x &lt; y</failure></testcase>
    <testcase classname="test/quote.test.ts" name="quote &gt; later"><skipped/></testcase>
  </testsuite>
</testsuites>`,
    {
      "test/quote.test.ts > quote > Norway & Sweden": "passed",
      "test/quote.test.ts > quote > heavy": "failed",
      "test/quote.test.ts > quote > later": "skipped",
    },
  ],
  [
    "node --test",
    `<?xml version="1.0" encoding="utf-8"?>
<testsuites>
  <testcase name="top" time="0.000654" classname="test" file="/ws/test/a.test.mjs"/>
  <testcase name="later" classname="test" file="/ws/test/a.test.mjs"><skipped type="todo" message="true"/></testcase>
  <testsuite name="rates" errors="0" tests="2" failures="1">
    <testcase name="bad" classname="rates" file="/ws/test/a.test.mjs" failure="1 == 2"><failure type="testCodeFailure" message="1 == 2">[Error]</failure></testcase>
    <testsuite name="deep"><testcase name="leaf&#10;line" classname="rates.deep" file="/ws/test/a.test.mjs"/></testsuite>
  </testsuite>
  <!-- tests 4 -->
</testsuites>`,
    {
      "test/a.test.mjs > top": "passed",
      "test/a.test.mjs > later": "skipped",
      "test/a.test.mjs > rates > bad": "failed",
      "test/a.test.mjs > rates > deep > leaf line": "passed",
    },
  ],
  [
    "node --test, a file that does not load",
    `<testsuites><testcase name="test/b.test.mjs" classname="test" failure="test failed"><failure type="testCodeFailure" message="test failed">x</failure></testcase></testsuites>`,
    { "test/b.test.mjs": "failed" },
  ],
  [
    "mocha's xunit, two describes of one file with tests of one title",
    `<testsuite name="Mocha Tests" tests="3" failures="1" errors="0" skipped="0" time="0.1">
<testcase classname="req .is() when it is there" name="should return true" file="/ws/test/req.is.js" time="0.01"/>
<testcase classname="req .is() when it is not" name="should return true" file="/ws/test/req.is.js" time="0.01"><failure>x</failure></testcase>
<testcase classname="" name="loads" file="/ws/test/req.is.js" time="0"/>
</testsuite>`,
    {
      "test/req.is.js > req .is() when it is there > should return true": "passed",
      "test/req.is.js > req .is() when it is not > should return true": "failed",
      "test/req.is.js > loads": "passed",
    },
  ],
  [
    "CTest, of a build without a name",
    `<testsuite name="(empty)" tests="2" failures="1" disabled="0" skipped="0" hostname="" time="0">
  <testcase name="parse_tests" classname="parse_tests" time="0.0075" status="run"><system-out></system-out></testcase>
  <testcase name="misc_tests" classname="misc_tests" time="0.0088" status="fail"><failure message=""/><system-out></system-out></testcase>
</testsuite>`,
    { parse_tests: "passed", misc_tests: "failed" },
  ],
  [
    "CTest, of a build that is called after the compiler of this machine",
    `<testsuite name="Linux-cc" tests="2" failures="1" disabled="0" skipped="0" hostname="vm" time="0" timestamp="2026-11-30T02:10:49">
  <testcase name="valid" classname="valid" time="0.0019" status="run"><system-out></system-out></testcase>
  <testcase name="spaces" classname="spaces" time="0.0013" status="fail"><failure message=""/><system-out></system-out></testcase>
</testsuite>`,
    { valid: "passed", spaces: "failed" },
  ],
  [
    "a suite whose only test is called like its class, by no CTest",
    `<testsuite name="shop"><testcase name="prices" classname="prices" time="0"/></testsuite>`,
    { "shop > prices": "passed" },
  ],
  [
    "jest-junit",
    `<testsuites name="jest tests" tests="2" failures="1" errors="0">
  <testsuite name="add" errors="0" failures="1" tests="2">
    <testcase classname="add adds" name="add adds" time="0"/>
    <testcase classname="add overflows" name="add overflows"><failure>Error: boom</failure></testcase>
  </testsuite></testsuites>`,
    { "add adds": "passed", "add overflows": "failed" },
  ],
  [
    "pytest",
    `<?xml version="1.0" encoding="utf-8"?><testsuites><testsuite name="pytest" errors="1" failures="0" skipped="0" tests="2">
  <testcase classname="tests.test_rates.TestNorway" name="test_price[2.5]" time="0.001"/>
  <testcase classname="" name="tests.test_broken"><error message="collection failure">ImportError</error></testcase>
</testsuite></testsuites>`,
    {
      "tests.test_rates.TestNorway > test_price[2.5]": "passed",
      "tests.test_broken": "failed",
    },
  ],
  [
    "surefire",
    `<testsuite name="com.example.RatesTest" tests="2" errors="0" skipped="0" failures="1"><properties><property name="a" value="b"/></properties>
  <testcase name="norway" classname="com.example.RatesTest" time="0.01"/>
  <testcase name="sweden" classname="com.example.RatesTest"><failure message="x" type="AssertionError"><![CDATA[at <a>]]></failure></testcase></testsuite>`,
    {
      "com.example.RatesTest > norway": "passed",
      "com.example.RatesTest > sweden": "failed",
    },
  ],
  [
    "a suite that failed outside of its tests",
    `<testsuites><testsuite name="a" tests="1" failures="1"><testcase name="x"/></testsuite></testsuites>`,
    { "a > x": "passed", "a > (outside of any test)": "failed" },
  ],
  [
    "one name twice: the worst counts",
    `<testsuite name="a"><testcase name="x"/><testcase name="x"><error/></testcase><testcase name="x"><skipped/></testcase></testsuite>`,
    { "a > x": "failed" },
  ],
  [
    "names like those of the prototype",
    `<testsuites><testcase name="__proto__"/><testcase name="constructor" hasOwnProperty="1"/></testsuites>`,
    { ["__proto__"]: "passed", constructor: "passed" },
  ],
  [
    "absolute paths of the host",
    `<testsuites><testsuite name="/host/workspace-1/test/a.ts"><testcase name="x"/></testsuite></testsuites>`,
    { "test/a.ts > x": "passed" },
  ],
  [
    "an outside document type",
    `<?xml version="1.0"?><!DOCTYPE testsuites SYSTEM "http://example.com/junit.dtd"><testsuites><testcase name="x"/></testsuites>`,
    { x: "passed" },
  ],
];

/** One testsuite, and what is read of it. */
const SUITES: readonly (readonly [string, string, Readonly<Record<string, string>>])[] = [
  [
    "a failure that an attribute tells is counted once",
    '<testsuite name="s" failures="1"><testcase name="x" status="failed"/></testsuite>',
    { "s > x": "failed" },
  ],
  [
    "errors outside of its tests",
    '<testsuite name="s" failures="0" errors="1"><testcase name="x"/></testsuite>',
    { "s > x": "passed", "s > (outside of any test)": "failed" },
  ],
  [
    "failures and errors together, as many as its tests have",
    '<testsuite name="s" failures="1" errors="1"><testcase name="x"><failure/></testcase><testcase name="y"><error/></testcase></testsuite>',
    { "s > x": "failed", "s > y": "failed" },
  ],
  ...["-1", "x", "1.5", "1e999"].map(
    (failures) =>
      [
        `${failures} failures`,
        `<testsuite name="s" failures="${failures}"><testcase name="x"/></testsuite>`,
        { "s > x": "passed" },
      ] as const,
  ),
  ...["file", "filepath"].map(
    (attribute) =>
      [
        `its place as ${attribute}`,
        `<testsuite name="s" ${attribute}="/ws/test/a.py"><testcase name="x" classname="other"/></testsuite>`,
        { "test/a.py > s > x": "passed" },
      ] as const,
  ),
  [
    "states in words",
    '<testsuite><testcase name="a" status="FAILED"/><testcase name="b" status="Error"/><testcase name="c" status="Skipped"/><testcase name="d" status="disabled"/><testcase name="e" status="run"/></testsuite>',
    { a: "failed", b: "failed", c: "skipped", d: "skipped", e: "passed" },
  ],
  [
    "tests without a name",
    '<testsuite name="s"><testcase/><testcase name=" "><failure/></testcase></testsuite>',
    { "s > (unnamed)": "failed" },
  ],
  [
    "a class that tells nothing apart",
    '<testsuite><testcase name="x" classname="PyTest"/></testsuite>',
    { x: "passed" },
  ],
  [
    "a title that repeats its suite, and one that only begins alike",
    '<testsuite name="add"><testcase name="add adds"/><testcase name="adder"/><testcase name="add"/></testsuite>',
    { "add adds": "passed", "add > adder": "passed", add: "passed" },
  ],
  [
    "entities and characters by number",
    '<testsuite><testcase name="&lt;&GT;&amp;&quot;&apos;&#x41;&#66;&#0;&#x110000;&other;"/></testsuite>',
    { "<>&\"'AB&#0;&#x110000;&other;": "passed" },
  ],
];

const BOMB = `<?xml version="1.0"?><!DOCTYPE l [<!ENTITY a "aaaaaaaaaa">${Array.from({ length: 9 }, (_, level) => `<!ENTITY a${level + 1} "${`&a${level || ""};`.repeat(10)}">`).join("")}]><testsuites><testcase name="&a9;"/></testsuites>`;

const NEVER_GREEN: readonly (readonly [string, string | Uint8Array, RegExp])[] = [
  ["nothing", "", /empty/],
  ["blanks", "  \n", /empty/],
  ["no XML", "all 12 tests passed", /well-formed/],
  ["HTML", "<html><body>ok</body></html>", /without a testsuite/],
  ["no test", `<testsuites tests="12" failures="0"></testsuites>`, /without any test/],
  ["a truncated file", `<testsuites><testsuite name="a"><testcase name="x"/>`, /well-formed/],
  ["cut within a tag", `<testsuites><testsuite name="a"><testcase na`, /well-formed|read/],
  ["crossed tags", "<testsuites><testsuite></testsuites></testsuite>", /well-formed/],
  ["an entity bomb", BOMB, /declarations of its own/],
  [
    "an entity behind a comment",
    `<!-- <a> --><!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]><testsuites><testcase name="&b;"/></testsuites>`,
    /declarations of its own/,
  ],
  ["an endless prolog", `${"<!-- -->".repeat(5_000)}<testsuites/>`, /declarations of its own/],
  [
    "deep nesting",
    `<testsuites>${"<testsuite>".repeat(5_000)}${"</testsuite>".repeat(5_000)}</testsuites>`,
    /read|well-formed/,
  ],
  [
    "an element named as the prototype",
    `<testsuites><__proto__/><testcase name="x"/></testsuites>`,
    /read/,
  ],
  ["bytes that are no text", new Uint8Array([0x3c, 0x61, 0xc3, 0x28, 0x3e]), /not utf-8/],
  [
    "an unknown encoding",
    `<?xml version="1.0" encoding="EBCDIC-1"?><testsuites/>`,
    /unknown encoding/,
  ],
  ["too many bytes", new Uint8Array(32_000_001).fill(0x20), /larger than/],
  [
    "too many tests",
    `<testsuites>${Array.from({ length: 50_001 }, (_, index) => `<testcase name="t${index}"/>`).join("")}</testsuites>`,
    /more than 50000 tests/,
  ],
  [
    "too long names",
    `<testsuites>${Array.from({ length: 10_000 }, (_, index) => `<testcase name="${"n".repeat(480)}${index}"/>`).join("")}</testsuites>`,
    /characters of test names/,
  ],
];

describe("readJunit", () => {
  test.each(RUNNERS)("reads %s", (_runner, report, expected) => {
    const reading = read(report);
    if (!("tests" in reading)) throw new Error(reading.problem);
    expect(reading.tests.map(({ name, status }) => [name, status])).toEqual(
      Object.entries(expected),
    );
  });

  test.each(SUITES)("reads of a suite %s", (_what, report, expected) => {
    const reading = read(report);
    if (!("tests" in reading)) throw new Error(reading.problem);
    expect(Object.fromEntries(reading.tests.map(({ name, status }) => [name, status]))).toEqual(
      expected,
    );
  });

  test("reads a report in the encoding that it declares", () => {
    const text = `<?xml version='1.0' encoding='ISO-8859-1'?><testsuites><testcase name="blåbær"/></testsuites>`;
    expect(read(new Uint8Array(Buffer.from(text, "latin1")))).toEqual({
      tests: [{ name: "blåbær", status: "passed" }],
    });
  });

  test.each(NEVER_GREEN)("finds no result in %s", (_what, report, problem) => {
    const reading = read(report);
    expect(reading).toEqual({ problem: expect.stringMatching(problem) });
  });

  test("reads UTF-16 by its byte order mark", () => {
    const text = `<testsuites><testcase name="blåbær"/></testsuites>`;
    const little = Buffer.from(`\ufeff${text}`, "utf16le");
    const expected = { tests: [{ name: "blåbær", status: "passed" }] };
    expect(read(new Uint8Array(little))).toEqual(expected);
    expect(read(new Uint8Array(Buffer.from(little).swap16()))).toEqual(expected);
  });

  test("reads 50,000 tests", () => {
    const cases = Array.from(
      { length: 50_000 },
      (_, index) => `<testcase name="test ${index}" time="0.01"/>`,
    );
    const reading = read(`<testsuites>${cases.join("\n")}</testsuites>`);
    expect("tests" in reading && reading.tests.length).toBe(50_000);
  });

  test("keeps durations in ms, and only those that can be", () => {
    const reading = read(
      `<testsuites><testcase name="a" time="0.25"/><testcase name="b" time="-1"/><testcase name="c" time="x"/></testsuites>`,
    );
    expect(reading).toEqual({
      tests: [
        { name: "a", status: "passed", durationMs: 250 },
        { name: "b", status: "passed" },
        { name: "c", status: "passed" },
      ],
    });
  });

  test("never throws, and never calls green what has a failing case", () => {
    const escaped = (text: string) =>
      text.replace(/[<>&"]/g, (mark) => `&#${mark.charCodeAt(0)};`).replace(/[^\P{Cc}\n]/gu, "");
    fc.assert(
      fc.property(fc.array(fc.string(), { minLength: 1, maxLength: 5 }), fc.nat(4), (names, at) => {
        const cases = names.map(
          (name, index) =>
            `<testcase name="${escaped(name)}">${index === at % names.length ? "<failure/>" : ""}</testcase>`,
        );
        const reading = read(`<testsuites>${cases.join("")}</testsuites>`);
        if ("problem" in reading) return;
        expect(reading.tests.some(({ status }) => status === "failed")).toBe(true);
      }),
    );
    fc.assert(fc.property(fc.uint8Array({ maxLength: 300 }), (bytes) => void read(bytes)));
  });
});
