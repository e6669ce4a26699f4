import { z } from "zod";

/** Places of a committed mutation report; the first valid one counts. */
export const MUTATION_REPORTS = [
  "reports/mutation/mutation.json",
  "reports/mutation.json",
  "mutation.json",
] as const;

/** Of the mutation testing schema (mutation-testing-elements), which Stryker for three platforms, PIT and others write. */
const Report = z.looseObject({
  files: z.record(
    z.string(),
    z.looseObject({
      mutants: z.array(
        z.looseObject({
          status: z.string(),
          location: z.looseObject({ start: z.looseObject({ line: z.int().positive() }) }),
        }),
      ),
    }),
  ),
});

/** Results for the mutants of a file, or of all files of a folder if the path ends with a slash. */
export interface MutatedFile {
  readonly path: string;
  readonly noticed: number;
  readonly judged: number;
  /** Place of the first unnoticed mutant. */
  readonly unnoticedAt?: number;
}

export interface MutationReport {
  /** The report and its subject. */
  readonly source: string;
  readonly files: readonly MutatedFile[];
}

/** Compile and runtime errors do not judge a test. Such mutants are left out, as in the schema's own score. */
const NOTICED = new Set(["Killed", "Timeout"]);
const UNNOTICED = new Set(["Survived", "NoCoverage"]);

/** Undefined if it is no report of the schema, or judged nothing. */
export function readMutants(path: string, text: string): MutationReport | undefined {
  const read = Report.safeParse(parseJson(text));
  if (!read.success) return undefined;
  const files = Object.entries(read.data.files).map(([file, { mutants }]) => {
    const noticed = mutants.filter(({ status }) => NOTICED.has(status)).length;
    const left = mutants.filter(({ status }) => UNNOTICED.has(status));
    const lines = left.map(({ location }) => location.start.line);
    const first = lines.reduce((least, line) => Math.min(least, line), Number.POSITIVE_INFINITY);
    return {
      path: file.replace(/^\.\//, ""),
      noticed,
      judged: noticed + left.length,
      ...(left.length > 0 && { unnoticedAt: first }),
    };
  });
  return files.some(({ judged }) => judged > 0) ? { source: path, files } : undefined;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // Text that is not JSON is no report, like any other that does not fit.
    return undefined;
  }
}
