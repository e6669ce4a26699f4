import type { TestResult, TestStatus } from "../../domain/evidence.ts";
import { locate } from "./report-path.ts";
import { attributeOf, childrenOf, parseXml, type XmlNode } from "./xml.ts";

/** What a JUnit XML report says, or why it says nothing that could be believed. */
export type JunitReading = { readonly tests: readonly TestResult[] } | { readonly problem: string };

/** Bounds that keep a proposal below what control reads: number of tests, and UTF-16 units of all their names. */
export const JUNIT_LIMITS = { tests: 50_000, nameUnits: 4_000_000 } as const;

/** Suite names that runners give to everything: they tell no two tests apart. */
const EMPTY_WORDS = new Set([
  "",
  "test",
  "tests",
  "pytest",
  "vitest tests",
  "jest tests",
  "mocha tests",
  "root suite",
]);

/**
 * Per-test results of a JUnit XML report as vitest, jest-junit, `node --test`, pytest and surefire write it. A test is
 * named `file or class > suite > title`; paths are made relative to `roots` (the workspace, as seen inside and outside).
 * Results of one name are one result, the worst of them. A suite that counts more failures than its cases show adds
 * a failed result of its own, so that an error outside of any test is not lost.
 */
export function readJunit(bytes: Uint8Array, roots: readonly string[]): JunitReading {
  const parsed = parseXml(bytes);
  if ("problem" in parsed) return parsed;
  const tops = ["testsuites", "testsuite"].flatMap((name) => childrenOf(parsed.root, name));
  if (tops.length === 0) return { problem: "XML without a testsuite element" };
  const collected: Collected = { tests: new Map(), nameUnits: 0 };
  for (const top of tops) {
    const problem = collect(top, { roots, location: undefined, suites: [] }, collected).problem;
    if (problem !== undefined) return { problem };
  }
  if (collected.tests.size === 0) return { problem: "a report without any test" };
  return { tests: [...collected.tests.values()] };
}

interface Collected {
  readonly tests: Map<string, TestResult>;
  nameUnits: number;
}

interface Place {
  readonly roots: readonly string[];
  /** File or class that an outer suite named. */
  readonly location: string | undefined;
  readonly suites: readonly string[];
}

function collect(
  suite: XmlNode,
  outer: Place,
  collected: Collected,
): { readonly failures: number; readonly problem?: string } {
  const place = enter(suite, outer);
  let failures = 0;
  for (const testcase of childrenOf(suite, "testcase")) {
    const result = readCase(testcase, place);
    if (result.status === "failed") failures += 1;
    const problem = add(result, collected);
    if (problem !== undefined) return { failures, problem };
  }
  for (const inner of childrenOf(suite, "testsuite")) {
    const below = collect(inner, place, collected);
    if (below.problem !== undefined) return below;
    failures += below.failures;
  }
  const said = count(suite, "failures") + count(suite, "errors");
  if (said <= failures) return { failures };
  const name = nameOf(place, "(outside of any test)");
  const problem = add({ name, status: "failed" }, collected);
  return problem === undefined ? { failures: said } : { failures: said, problem };
}

function enter(suite: XmlNode, outer: Place): Place {
  const file = attributeOf(suite, "file") ?? attributeOf(suite, "filepath");
  const location = file === undefined ? outer.location : locate(file, outer.roots);
  const name = attributeOf(suite, "name") ?? "";
  return { roots: outer.roots, location, suites: [...outer.suites, locate(name, outer.roots)] };
}

function readCase(testcase: XmlNode, place: Place): TestResult {
  const seconds = Number(attributeOf(testcase, "time") ?? Number.NaN);
  const file = attributeOf(testcase, "file");
  const location = file === undefined ? undefined : locate(file, place.roots);
  const within = { ...place, location: location ?? place.location ?? classOf(testcase, place) };
  return {
    name: nameOf(within, attributeOf(testcase, "name") ?? ""),
    status: statusOf(testcase),
    ...(seconds >= 0 && seconds < 1e6 ? { durationMs: Math.round(seconds * 1_000) } : {}),
  };
}

function classOf(testcase: XmlNode, place: Place): string | undefined {
  const name = attributeOf(testcase, "classname");
  if (name === undefined || EMPTY_WORDS.has(name.toLowerCase())) return undefined;
  // node --test and jest repeat the suites here: they stand in the name already.
  return place.suites.includes(name) ? undefined : locate(name, place.roots);
}

function statusOf(testcase: XmlNode): TestStatus {
  const has = (name: string) => childrenOf(testcase, name).length > 0;
  if (has("failure") || has("error")) return "failed";
  const said = attributeOf(testcase, "status")?.toLowerCase();
  if (said === "failed" || said === "error") return "failed";
  return has("skipped") || said === "skipped" || said === "disabled" ? "skipped" : "passed";
}

function nameOf(place: Place, title: string): string {
  const shown = title.trim() === "" ? "(unnamed)" : title;
  const parts = [place.location ?? "", ...place.suites].filter(
    (part, index, all) => !EMPTY_WORDS.has(part.toLowerCase()) && all.indexOf(part) === index,
  );
  // jest-junit writes the describes into the title again.
  const kept = parts.filter((part) => shown !== part && !shown.startsWith(`${part} `));
  return [...kept, shown].join(" > ").replace(/\s+/g, " ").toWellFormed().slice(0, 500);
}

function count(suite: XmlNode, attribute: string): number {
  const value = Number(attributeOf(suite, attribute) ?? 0);
  return Number.isSafeInteger(value) && value > 0 ? value : 0;
}

const WORST: readonly TestStatus[] = ["skipped", "passed", "failed"];

function add(result: TestResult, collected: Collected): string | undefined {
  const known = collected.tests.get(result.name);
  if (known === undefined) {
    collected.nameUnits += result.name.length;
    if (collected.tests.size >= JUNIT_LIMITS.tests) return `more than ${JUNIT_LIMITS.tests} tests`;
    if (collected.nameUnits > JUNIT_LIMITS.nameUnits) {
      return `more than ${JUNIT_LIMITS.nameUnits} characters of test names`;
    }
    collected.tests.set(result.name, result);
  } else if (WORST.indexOf(result.status) > WORST.indexOf(known.status)) {
    collected.tests.set(result.name, result);
  }
  return undefined;
}
