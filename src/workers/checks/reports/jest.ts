import { z } from "zod";
import { OUTSIDE } from "../../../domain/evidence/failure-comparison.ts";
import type { TestStatus } from "../../../domain/evidence.ts";
import { locate } from "../report-path.ts";
import { parseJson } from "./parse-json.ts";
import { type ReadingTask, ReportFault } from "./test-list.ts";

/** `AssertionResult.status` of @jest/test-result, and vitest's `skipped`. */
const STATUSES = {
  passed: "passed",
  failed: "failed",
  pending: "skipped",
  skipped: "skipped",
  todo: "skipped",
  disabled: "skipped",
  focused: "passed",
} as const satisfies Readonly<Record<string, TestStatus>>;

const AssertionResult = z.object({
  ancestorTitles: z.array(z.string()).default([]),
  title: z.string(),
  status: z.enum(Object.keys(STATUSES) as (keyof typeof STATUSES)[]),
  duration: z.number().nullish(),
});

/** `FormattedTestResults` of @jest/test-result, as far as it is used here. */
const JestReport = z.object({
  success: z.boolean().optional(),
  testResults: z.array(
    z.object({
      name: z.string(),
      status: z.string(),
      assertionResults: z.array(AssertionResult),
    }),
  ),
});
type JestFile = z.infer<typeof JestReport>["testResults"][number];

/**
 * Per-test results of `jest --json --outputFile` and of vitest's `json` reporter. A test is named `file > describe >
 * title`. A file that failed while none of its tests did (it does not load, a hook throws) adds a failed result of its
 * own; so does a run that failed for none of its files. @throws ReportFault
 */
export function readJest(text: string, { list, roots }: ReadingTask): void {
  const report = JestReport.safeParse(parseJson(text));
  if (!report.success) {
    const [issue] = report.error.issues;
    throw new ReportFault(
      `not the JSON that jest writes (${issue?.path.join(".")}: ${issue?.message})`,
    );
  }
  const { success, testResults } = report.data;
  for (const file of testResults) addFile(file, { list, roots });
  if (success === false && testResults.every(({ status }) => status !== "failed")) {
    list.add([OUTSIDE], "failed");
  }
}

function addFile({ name, status, assertionResults }: JestFile, { list, roots }: ReadingTask): void {
  const file = locate(name, roots);
  for (const test of assertionResults) {
    list.add(
      [file, ...test.ancestorTitles, test.title],
      STATUSES[test.status],
      test.duration ?? undefined,
    );
  }
  if (status === "failed" && assertionResults.every((test) => test.status !== "failed")) {
    list.add([file, OUTSIDE], "failed");
  }
}
