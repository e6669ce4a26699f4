import { z } from "zod";
import { OUTSIDE } from "../../../domain/evidence/failure-comparison.ts";
import type { TestStatus } from "../../../domain/evidence.ts";
import { locate } from "../report-path.ts";
import { parseJson } from "./parse-json.ts";
import { type ReadingTask, ReportFault } from "./test-list.ts";

const STATUSES = {
  passed: "passed",
  failed: "failed",
  pending: "skipped",
} as const satisfies Readonly<Record<string, TestStatus>>;

/** Output of RSpec's JsonFormatter, as far as it is used here. */
const RspecReport = z.object({
  examples: z.array(
    z.object({
      /** `./spec/slug_spec.rb[1:2]`, since RSpec 3.3: the file that was run, even for a shared example. */
      id: z.string().optional(),
      file_path: z.string(),
      full_description: z.string(),
      status: z.enum(Object.keys(STATUSES) as (keyof typeof STATUSES)[]),
      run_time: z.number().nullish(),
    }),
  ),
  summary: z.object({
    example_count: z.number(),
    errors_outside_of_examples_count: z.number().default(0),
  }),
});

/**
 * Per-test results of `rspec --format json`: `file > full description`. A file that does not load, or a hook that fails
 * outside every example, is a failed result of its own. @throws ReportFault also if RSpec's count differs from its list
 */
export function readRspec(text: string, { list, roots }: ReadingTask): void {
  const report = RspecReport.safeParse(parseJson(text));
  if (!report.success) {
    const [issue] = report.error.issues;
    throw new ReportFault(
      `not the JSON that RSpec writes (${issue?.path.join(".")}: ${issue?.message})`,
    );
  }
  const { examples, summary } = report.data;
  for (const { id, file_path, full_description, status, run_time } of examples) {
    const file = id?.replace(/\[[\d:]+\]$/, "") ?? file_path;
    const seconds = run_time ?? Number.NaN;
    list.add([locate(file, roots), full_description], STATUSES[status], seconds * 1_000);
  }
  if (summary.example_count !== examples.length) {
    throw new ReportFault(
      `not whole: RSpec counts ${summary.example_count} examples and lists ${examples.length}`,
    );
  }
  if (summary.errors_outside_of_examples_count > 0) list.add([OUTSIDE], "failed");
}
