import type { TestReportFormat } from "../../../domain/config/test-report.ts";
import type { TestResult } from "../../../domain/evidence.ts";
import { decodeText } from "../xml.ts";
import { readCargoTest } from "./cargo-test.ts";
import { readGoTest, showGoTest } from "./go-test.ts";
import { readJest } from "./jest.ts";
import { readJunit } from "./junit.ts";
import { readMinitest } from "./minitest.ts";
import { readRspec } from "./rspec.ts";
import { readTap } from "./tap.ts";
import { createTestList, type ReadingTask, ReportFault } from "./test-list.ts";
import { readTrx } from "./trx.ts";

/** Results of one run's reports, or why they are not trusted. */
export type TestsReading = { readonly tests: readonly TestResult[] } | { readonly problem: string };

/** One report: a file of the workspace, or the output of the command. */
export interface ReportSource {
  readonly path?: string;
  readonly content: Uint8Array | string;
}

type Reader = (content: Uint8Array | string, task: ReadingTask) => void;

const asText =
  (read: (text: string, task: ReadingTask) => void): Reader =>
  (content, task) => {
    const decoded = typeof content === "string" ? { text: content } : decodeText(content);
    if ("problem" in decoded) throw new ReportFault(decoded.problem);
    read(decoded.text, task);
  };

const asBytes =
  (read: (bytes: Uint8Array, task: ReadingTask) => void): Reader =>
  (content, task) =>
    read(typeof content === "string" ? new TextEncoder().encode(content) : content, task);

const READERS: Readonly<Record<TestReportFormat, Reader>> = {
  junit: asBytes(readJunit),
  jest: asText(readJest),
  "go-test": asText(readGoTest),
  "cargo-test": asText(readCargoTest),
  tap: asText(readTap),
  rspec: asText(readRspec),
  minitest: asText(readMinitest),
  trx: asBytes(readTrx),
};

/**
 * Per-test results of all reports of one run together. Unreviewed code writes the reports, so their content becomes a
 * result or a problem in words, never an exception, and is bounded (`TEST_LIMITS`). @param roots how paths below the
 * workspace may begin; names of tests are the same in every workspace
 */
export function readTests(
  format: TestReportFormat,
  sources: readonly ReportSource[],
  roots: readonly string[],
): TestsReading {
  const list = createTestList();
  for (const { path, content } of sources) {
    try {
      READERS[format](content, { list, roots });
    } catch (error) {
      const message = error instanceof ReportFault ? error.message : `unreadable: ${error}`;
      const where = path === undefined || sources.length === 1 ? "" : ` (${path})`;
      return { problem: `${message.slice(0, 300)}${where}` };
    }
  }
  const tests = list.results;
  return tests.length === 0 ? { problem: "a report without any test" } : { tests };
}

/** A command's output as a person reads it, if its report was written for machines. */
export function showOutput(format: TestReportFormat | undefined, output: string): string {
  return format === "go-test" ? showGoTest(output) : output;
}
