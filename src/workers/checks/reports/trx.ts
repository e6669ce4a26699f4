import { OUTSIDE } from "../../../domain/evidence/failure-comparison.ts";
import type { TestStatus } from "../../../domain/evidence.ts";
import { attributeOf, childrenOf, parseXml, type XmlNode } from "../xml.ts";
import { type ReadingTask, ReportFault, type TestList } from "./test-list.ts";

/**
 * `TestOutcome` of Visual Studio's schema of test results (vstst.xsd). An unknown outcome counts as a failure.
 */
const OUTCOMES: ReadonlyMap<string, TestStatus> = new Map([
  ["Passed", "passed"],
  ["PassedButRunAborted", "passed"],
  ["Warning", "passed"],
  ["NotExecuted", "skipped"],
  ["NotRunnable", "skipped"],
  ["Pending", "skipped"],
  ["Inconclusive", "skipped"],
]);

/**
 * Per-test results of `dotnet test --logger trx`: `class > test`, the test as the runner names it, with its arguments. A
 * run that failed for none of its tests is a failed result of its own. @throws ReportFault
 */
export function readTrx(bytes: Uint8Array, { list }: ReadingTask): void {
  const parsed = parseXml(bytes);
  if ("problem" in parsed) throw new ReportFault(parsed.problem);
  const [run] = childrenOf(parsed.root, "TestRun");
  if (run === undefined) throw new ReportFault("XML without a TestRun element");
  const classes = classesOf(run);
  const results = childrenOf(run, "Results").flatMap((all) =>
    ["UnitTestResult", "TestResult"].flatMap((name) => childrenOf(all, name)),
  );
  const statuses = results.map((result) => addResult(result, { classes, list }));
  const [summary = ""] = childrenOf(run, "ResultSummary");
  // A crashed host or an interrupted run leaves only passed results.
  const isSound = SOUND.has(attributeOf(summary, "outcome") ?? "");
  if (!isSound && !statuses.includes("failed")) list.add([OUTSIDE], "failed");
}

const SOUND: ReadonlySet<string> = new Set(["Completed", "Passed", "Warning"]);

function addResult(
  result: XmlNode,
  { classes, list }: { readonly classes: ReadonlyMap<string, string>; readonly list: TestList },
): TestStatus {
  const status = OUTCOMES.get(attributeOf(result, "outcome") ?? "") ?? "failed";
  const suite = classes.get(attributeOf(result, "testId") ?? "") ?? "";
  const name = attributeOf(result, "testName") ?? "";
  list.add([suite, titleOf(name, suite)], status, millisecondsOf(result));
  return status;
}

/** The class of each test, by the test's id. */
function classesOf(run: XmlNode): ReadonlyMap<string, string> {
  const tests = childrenOf(run, "TestDefinitions").flatMap((all) => childrenOf(all, "UnitTest"));
  return new Map(
    tests.flatMap((test) => {
      const [method] = childrenOf(test, "TestMethod");
      const name = method === undefined ? undefined : attributeOf(method, "className");
      const id = attributeOf(test, "id");
      // Older adapters write the assembly after the class.
      return id === undefined || name === undefined ? [] : [[id, name.replace(/,.*$/s, "")]];
    }),
  );
}

/** xunit writes the class before the method; NUnit and MSTest do not. */
function titleOf(name: string, suite: string): string {
  return suite !== "" && name.startsWith(`${suite}.`) ? name.slice(suite.length + 1) : name;
}

/** `00:00:01.5000000` */
function millisecondsOf(result: XmlNode): number | undefined {
  const found = /^(\d{1,4}):(\d\d):(\d\d(?:\.\d{1,9})?)$/.exec(
    attributeOf(result, "duration") ?? "",
  );
  if (found === null) return undefined;
  const [hours = 0, minutes = 0, seconds = 0] = found.slice(1).map(Number);
  return ((hours * 60 + minutes) * 60 + seconds) * 1_000;
}
