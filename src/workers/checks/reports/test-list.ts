import { digestOf } from "../../../domain/digest.ts";
import { tallyOf } from "../../../domain/evidence/tally.ts";
import type { TestResult, TestStatus } from "../../../domain/evidence.ts";
import { withoutEscapes } from "../../../domain/text/without-escapes.ts";

/** Bounds that keep a proposal below what control reads: number of tests, UTF-16 units of one name and of all. */
export const TEST_LIMITS = { tests: 50_000, name: 500, nameUnits: 4_000_000 } as const;

/** Why a report says nothing that could be believed, in words that go on from "the report is". */
export class ReportFault extends Error {}

/** The tests of all reports of one run. */
export interface TestList {
  /**
   * Adds a result; several of one name are one, the worst of them, and counted. `parts` lead to the test, the outermost first.
   * @throws ReportFault when there is more than the bounds allow
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

/** The parts joined; a name that is too long keeps its beginning and gets a digest of the whole, so that it stays its own. */
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

/** What a reader of one form is given beside the report itself. */
export interface ReadingTask {
  /** Where the tests go. */
  readonly list: TestList;
  /** How paths below the workspace may begin. */
  readonly roots: readonly string[];
}
