import { expect, test } from "vitest";
import type { CheckRun, TestStatus } from "../../../../src/domain/evidence.ts";
import { judgeRun } from "../../../../src/workers/proof/noticed/judge.ts";

type Tests = Readonly<Record<string, TestStatus>>;

function ran(tests: Tests | undefined, exitCode: number | null, more: Partial<CheckRun> = {}) {
  return {
    kind: "check",
    name: "test",
    on: "change",
    subject: { base: "a".repeat(40), tree: "b".repeat(40) },
    command: "npm test",
    status: exitCode === 0 ? "passed" : "failed",
    exitCode,
    durationMs: 1,
    tail: "",
    outputBytes: 0,
    ...(tests === undefined
      ? {}
      : { tests: Object.entries(tests).map(([name, status]) => ({ name, status })) }),
    ...more,
  } satisfies CheckRun;
}

const WATCHED = [
  { name: "a.test.ts > one", file: "a.test.ts" },
  { name: "b.test.ts > two", file: "b.test.ts" },
];
const KNOWN = new Set([...WATCHED.map(({ name }) => name), "b.test.ts > other", "c > x"]);
const SOURCE = "src/a.ts";
const judge = (run: CheckRun, path = SOURCE) =>
  judgeRun(run, { watched: WATCHED, path, known: KNOWN });

test.each<readonly [string, CheckRun, object]>([
  [
    "a named test that fails notices it",
    ran({ "a.test.ts > one": "failed", "b.test.ts > two": "passed" }, 1),
    { noticed: "by-tests", tests: ["a.test.ts > one"] },
  ],
  [
    "so it does where the others do not load",
    ran({ "a.test.ts > one": "failed" }, 1),
    { noticed: "by-tests", tests: ["a.test.ts > one"] },
  ],
  [
    "nobody does where all pass",
    ran({ "a.test.ts > one": "passed", "b.test.ts > two": "passed" }, 0),
    { noticed: "unnoticed" },
  ],
  [
    "nor where some test fails that nobody named",
    ran({ "a.test.ts > one": "passed", "b.test.ts > two": "passed", "c > x": "failed" }, 1),
    { noticed: "unnoticed" },
  ],
  ["nothing was built: there is no report", ran(undefined, 2), { noticed: "by-compiler" }],
  [
    "nothing was built: the report only says so",
    ran({ "shop > (outside of any test)": "failed" }, 1),
    { noticed: "by-compiler" },
  ],
  [
    "the file of a named test did not load",
    ran({ "a.test.ts": "failed", "b.test.ts > two": "passed" }, 1),
    { noticed: "by-compiler" },
  ],
])("%s", (_title, run, expected) => {
  expect(judge(run)).toEqual(expected);
});

test.each<readonly [string, CheckRun, string]>([
  ["the tests are gone and nothing failed", ran({ "c > x": "passed" }, 0), SOURCE],
  ["nothing ran and nothing failed", ran({}, 0), SOURCE],
  ["it was killed", ran(undefined, null), SOURCE],
  ["a named test is skipped", ran({ "a.test.ts > one": "skipped", "c > x": "failed" }, 1), SOURCE],
  [
    "a named test is gone while its file runs: its name may come from the source",
    ran({ "a.test.ts > one": "passed", "b.test.ts > other": "failed" }, 1),
    SOURCE,
  ],
  [
    "the part stands in the file of the test that is gone: it may have held it",
    ran({ "a.test.ts": "failed", "b.test.ts > two": "passed" }, 1),
    "a.test.ts",
  ],
])("nothing is told where %s", (_title, run, path) => {
  expect(judge(run, path)).toEqual({ noticed: "untried", because: "not-told" });
});

test("a run that was killed at its time limit tells nothing", () => {
  const run = ran({ "a.test.ts > one": "failed" }, null, { status: "timed-out" });
  expect(judge(run)).toEqual({ noticed: "untried", because: "timed-out" });
});

test.each<readonly [string, { readonly file?: string }, Tests, string]>([
  ["a test of which no place is known", {}, { "c > x": "passed" }, "untried"],
  ["that test, where nothing ran at all", {}, {}, "by-compiler"],
  [
    "that test, where only names ran that the change whole has not",
    {},
    { new: "failed" },
    "by-compiler",
  ],
  ["a title alone beside a file that ran", { file: "t.js" }, { "c > x": "passed" }, "by-compiler"],
  ["a title alone beside another one", { file: "t.js" }, { U: "passed" }, "untried"],
  ["a title alone that is skipped", { file: "t.js" }, { T: "skipped" }, "untried"],
])("without a report of %s", (_title, where, tests, noticed) => {
  const known = new Set(["T", "U", "c > x"]);
  const about = { watched: [{ name: "T", ...where }], path: SOURCE, known };
  expect(judgeRun(ran(tests, 1), about).noticed).toBe(noticed);
});
