import { OUTSIDE } from "../../../domain/evidence/failure-comparison.ts";
import type { TestStatus } from "../../../domain/evidence.ts";
import { locate } from "../report-path.ts";
import { attributeOf, childrenOf, parseXml, type XmlNode } from "../xml.ts";
import { type ReadingTask, ReportFault, type TestList } from "./test-list.ts";

/** Suite names that runners use for everything, so they distinguish no tests. */
const EMPTY_WORDS = new Set([
  "",
  "(empty)", // CTest, for a build without a name
  "test",
  "tests",
  "pytest",
  "pytest tests",
  "vitest tests",
  "jest tests",
  "mocha tests",
  "root suite",
]);

/**
 * Per-test results of a JUnit XML report as vitest, jest-junit, `node --test`, pytest and surefire write it. A test is
 * named `file or class > suite > title`; paths become relative to the roots (the workspace, as seen inside and outside).
 * A suite that counts more failures than its cases show adds a failed result of its own, so that an error outside any
 * test is not lost. @throws ReportFault
 */
export function readJunit(bytes: Uint8Array, { list, roots }: ReadingTask): void {
  const parsed = parseXml(bytes);
  if ("problem" in parsed) throw new ReportFault(parsed.problem);
  const tops = ["testsuites", "testsuite"].flatMap((name) => childrenOf(parsed.root, name));
  if (tops.length === 0) throw new ReportFault("XML without a testsuite element");
  const hosts = new Set(tops.flatMap(hostsOf));
  const place = { roots, location: undefined, suites: [], tellsHosts: hosts.size > 1 };
  for (const top of tops) collect(top, place, list);
}

/** Hosts of all suites. Playwright writes the project there; a machine's own name is the same on all. */
function hostsOf(suite: XmlNode): readonly string[] {
  const own = attributeOf(suite, "hostname");
  const inner = childrenOf(suite, "testsuite").flatMap(hostsOf);
  return own === undefined || own === "" ? inner : [own, ...inner];
}

interface Place {
  readonly roots: readonly string[];
  /** File or class that an outer suite named. */
  readonly location: string | undefined;
  readonly suites: readonly string[];
  /** Whether the report has several hosts, so that they distinguish tests. */
  readonly tellsHosts: boolean;
}

/** Adds all tests of a suite; returns the number of failures that it counts. */
function collect(suite: XmlNode, outer: Place, list: TestList): number {
  const place = enter(suite, outer);
  let failures = 0;
  for (const testcase of childrenOf(suite, "testcase")) {
    const { parts, status, durationMs } = readCase(testcase, place);
    // Suites also count the failure of a todo, which does not count here.
    if (status === "failed" || hasFailure(testcase)) failures += 1;
    list.add(parts, status, durationMs);
  }
  for (const inner of childrenOf(suite, "testsuite")) failures += collect(inner, place, list);
  const said = count(suite, "failures") + count(suite, "errors");
  if (said <= failures) return failures;
  list.add(partsOf(place, OUTSIDE), "failed");
  return said;
}

function enter(suite: XmlNode, outer: Place): Place {
  const file = attributeOf(suite, "file") ?? attributeOf(suite, "filepath");
  const location = file === undefined ? outer.location : locate(file, outer.roots);
  const name = attributeOf(suite, "name") ?? "";
  const host = outer.tellsHosts ? (attributeOf(suite, "hostname") ?? "") : "";
  return { ...outer, location, suites: [...outer.suites, locate(name, outer.roots), host] };
}

/**
 * CTest repeats a test's name as its class, has its own status words, and names the suite after the build: `Linux-cc` on
 * one machine, `Linux-clang` on another, `(empty)` for a build without a name.
 */
function isOfCTest(testcase: XmlNode): boolean {
  const name = attributeOf(testcase, "name");
  const status = attributeOf(testcase, "status") ?? "";
  return attributeOf(testcase, "classname") === name && /^(?:run|fail|notrun)$/.test(status);
}

function readCase(testcase: XmlNode, outer: Place) {
  const place = isOfCTest(testcase) ? { ...outer, suites: [] } : outer;
  const file = attributeOf(testcase, "file");
  const location = file === undefined ? undefined : locate(file, place.roots);
  const at = location ?? place.location;
  const inner = innerClassOf(testcase, at) ?? groupOf(testcase, place, at);
  const suites = inner === undefined ? place.suites : [...place.suites, inner];
  const within = { ...place, suites, location: at ?? classOf(testcase, place) };
  const seconds = Number(attributeOf(testcase, "time") ?? Number.NaN);
  return {
    parts: partsOf(within, attributeOf(testcase, "name") ?? ""),
    status: statusOf(testcase),
    durationMs: seconds * 1_000,
  };
}

function classOf(testcase: XmlNode, place: Place): string | undefined {
  const name = attributeOf(testcase, "classname");
  if (name === undefined || EMPTY_WORDS.has(name.toLowerCase())) return undefined;
  // node --test and jest repeat the suites here, although the name contains them.
  return place.suites.includes(name) ? undefined : locate(name, place.roots);
}

/** `TestX` of `tests.test_a.TestX` in `tests/test_a.py`: pytest's xunit1 names both, and a file may have several classes. */
function innerClassOf(testcase: XmlNode, location: string | undefined): string | undefined {
  const module = moduleOf(location);
  const name = attributeOf(testcase, "classname") ?? "";
  return module !== undefined && name.startsWith(`${module}.`)
    ? name.slice(module.length + 1)
    : undefined;
}

/** Without a suite: mocha's xunit writes the titles of all describes as the class, beside the file. */
function groupOf(
  testcase: XmlNode,
  place: Place,
  location: string | undefined,
): string | undefined {
  const name = attributeOf(testcase, "classname") ?? "";
  const isTold = place.suites.some((suite) => !EMPTY_WORDS.has(suite.toLowerCase()));
  if (location === undefined || isTold || locate(name, place.roots) === location) return undefined;
  // pytest's module repeats the file.
  return moduleOf(location) === name ? undefined : name;
}

function moduleOf(location: string | undefined): string | undefined {
  return location?.replace(/\.\w+$/, "").replaceAll("/", ".");
}

function statusOf(testcase: XmlNode): TestStatus {
  const skipped = childrenOf(testcase, "skipped");
  // A test that `node --test` marks as todo: the run passes although it fails.
  if (skipped.some((mark) => attributeOf(mark, "type") === "todo")) return "skipped";
  const said = attributeOf(testcase, "status")?.toLowerCase();
  if (hasFailure(testcase) || said === "failed" || said === "error") return "failed";
  return skipped.length > 0 || said === "skipped" || said === "disabled" ? "skipped" : "passed";
}

function hasFailure(testcase: XmlNode): boolean {
  return ["failure", "error"].some((name) => childrenOf(testcase, name).length > 0);
}

function partsOf(place: Place, title: string): readonly string[] {
  const shown = title.trim() === "" ? "(unnamed)" : locate(title, place.roots);
  const parts = [place.location ?? "", ...place.suites].filter(
    (part, index, all) => !EMPTY_WORDS.has(part.toLowerCase()) && all.indexOf(part) === index,
  );
  // jest-junit repeats the describes in the title; surefire lists an outer class's tests under a nested one.
  const kept = parts.filter(
    (part) =>
      shown !== part &&
      !shown.startsWith(`${part} `) &&
      !part.startsWith(`${place.location ?? part}$`) &&
      !place.location?.startsWith(`${part}$`),
  );
  return [...kept, shown];
}

function count(suite: XmlNode, attribute: string): number {
  const value = Number(attributeOf(suite, attribute) ?? 0);
  return Number.isSafeInteger(value) && value > 0 ? value : 0;
}
