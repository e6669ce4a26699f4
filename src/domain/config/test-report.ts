import { z } from "zod";

/** Formats of per-test results; each names its writers. */
export const TEST_REPORT_FORMATS = [
  /** JUnit XML: vitest, jest-junit, `node --test`, pytest, Maven surefire, Gradle, gotestsum, cargo-nextest, … */
  "junit",
  /** `jest --json --outputFile`; vitest's `json` reporter writes the same. */
  "jest",
  /** `go test -json`: one event a line (`go doc test2json`). */
  "go-test",
  /** `cargo test`: libtest's plain text, or its unstable `--format json`. */
  "cargo-test",
  /** Test Anything Protocol 12 to 14: `node --test --test-reporter=tap`, bats, prove, pg_prove, … */
  "tap",
  /** `rspec --format json`, which every RSpec has. */
  "rspec",
  /** Output of minitest with `--verbose`, and of `bin/rails test --verbose`: a line for each test. */
  "minitest",
  /** `dotnet test --logger trx`, which needs no package: Visual Studio's test results. */
  "trx",
] as const;
export const TestReportFormat = z.enum(TEST_REPORT_FORMATS);
export type TestReportFormat = z.infer<typeof TestReportFormat>;

/** Formats read from the command's own output if the config names no files. */
const IN_OUTPUT: readonly TestReportFormat[] = ["go-test", "cargo-test", "tap", "minitest"];

const Files = z
  .string()
  .min(1)
  .max(200)
  .refine(isBelow, "expected a path or a glob below the root of the repository");

function isBelow(path: string): boolean {
  return !/^[/!]|^[A-Za-z]:|\\|\0/.test(path) && !path.split("/").includes("..");
}

/**
 * Location of a check's per-test results. A string is JUnit XML: a path, or a glob whose files count together. Matching
 * files are removed before the check runs, so that no older file counts as its result.
 */
export const TestReport = z
  .union([
    Files.transform((files) => ({ format: "junit" as const, files })),
    z
      .strictObject({
        format: TestReportFormat,
        files: Files.optional().meta({
          description:
            "A path or a glob. May be left out for go-test, cargo-test, tap and minitest: then the output of the command is read.",
        }),
      })
      .refine(({ format, files }) => files !== undefined || IN_OUTPUT.includes(format), {
        path: ["files"],
        error: ({ input }) =>
          `${(input as { format: string }).format} results are written to a file: name its path, or a glob`,
      }),
  ])
  .meta({
    description:
      "Per-test results: a path or a glob of JUnit XML files, or a format and where it is. Without it only the exit code speaks, and a test that fails on the base already cannot be told from a new failure.",
  });
export type TestReport = z.infer<typeof TestReport>;
