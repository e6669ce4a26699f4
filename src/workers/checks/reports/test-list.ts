import { digestOf } from "../../../domain/digest.ts";
import { tallyOf } from "../../../domain/evidence/tally.ts";
import type { TestResult, TestStatus } from "../../../domain/evidence.ts";
import { withoutEscapes } from "../../../domain/text/without-escapes.ts";

/** Limits that keep a proposal readable for control: number of tests, UTF-16 units of one name and of all. */
export const TEST_LIMITS = { tests: 50_000, name: 500, nameUnits: 4_000_000 } as const;

/** Why a report is not trusted, in words that follow "the report is". */
export class ReportFault extends Error {}

/** The tests of all reports of one run. */
export interface TestList {
  /**
   * Adds a result. Several of one name become one, the worst, with their count. `parts` lead to the test, the outermost
   * first. @throws ReportFault if it exceeds the limits
   */
  add(parts: readonly string[], status: TestStatus, durationMs?: number | undefined): void;
  readonly results: readonly TestResult[];
}

const WORST: readonly TestStatus[] = ["skipped", "passed", "failed"];

export function createTestList(): TestList {
  const tests = new Map<string, TestResult>();
  let nameUnits = 0;
  return {
    add: (parts, status, durationMs) => {
      const name = testName(parts);
      const known = tests.get(name);
      if (known === undefined) {
        nameUnits += name.length;
        if (tests.size >= TEST_LIMITS.tests) {
          throw new ReportFault(`a list of more than ${TEST_LIMITS.tests} tests`);
        }
        if (nameUnits > TEST_LIMITS.nameUnits) {
          throw new ReportFault(`of more than ${TEST_LIMITS.nameUnits} characters of test names`);
        }
      }
      const result = { name, status, ...measured(durationMs) };
      tests.set(name, known === undefined ? result : worseOf(known, result));
    },
    get results() {
      return [...tests.values()];
    },
  };
}

function worseOf(known: TestResult, result: TestResult): TestResult {
  const before = tallyOf(known);
  const several = { ...before, [result.status]: before[result.status] + 1 };
  const isWorse = WORST.indexOf(result.status) > WORST.indexOf(known.status);
  return { ...(isWorse ? result : known), several };
}

function measured(durationMs: number | undefined): Pick<TestResult, "durationMs"> {
  if (durationMs === undefined || !(durationMs >= 0 && durationMs < 1e9)) return {};
  return { durationMs: Math.round(durationMs) };
}

/** The parts joined. A name that is too long keeps its beginning and gets a digest of the whole, so that it stays unique. */
function testName(parts: readonly string[]): string {
  const whole = withoutEscapes(parts.filter((part) => part !== "").join(" > "))
    .replace(/\s+/g, " ")
    .trim()
    .toWellFormed();
  if (whole === "") return "(unnamed)";
  if (whole.length <= TEST_LIMITS.name) return whole;
  const mark = `… ${digestOf(whole).slice(0, 16)}`;
  return `${whole.slice(0, TEST_LIMITS.name - mark.length)}${mark}`.toWellFormed();
}

/** Input of a reader besides the report itself. */
export interface ReadingTask {
  /** Where the tests go. */
  readonly list: TestList;
  /** Possible beginnings of workspace paths. */
  readonly roots: readonly string[];
}
