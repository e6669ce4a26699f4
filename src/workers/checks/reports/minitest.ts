import { OUTSIDE } from "../../../domain/evidence/failure-comparison.ts";
import type { TestStatus } from "../../../domain/evidence.ts";
import { linesOf } from "./lines.ts";
import { plainLine } from "./plain-line.ts";
import { type ReadingTask, ReportFault, TEST_LIMITS } from "./test-list.ts";

const LONGEST_LINE = 10_000;
/** Most results before those of one name are merged. */
const MOST_TOLD = 2 * TEST_LIMITS.tests;

const RESULTS: ReadonlyMap<string, TestStatus> = new Map([
  [".", "passed"],
  ["F", "failed"],
  ["E", "failed"],
  ["S", "skipped"],
]);

interface Told {
  readonly suite: string;
  readonly name: string;
  readonly status: TestStatus;
  readonly seconds: number;
}

/** One run: from `# Running:` to the line with the counts. */
interface Progress {
  isRunning: boolean;
  /** A test whose result is on a later line, because its output followed its name. */
  waiting: Pick<Told, "suite" | "name"> | undefined;
  run: Told[];
  runs: number;
  readonly told: Told[];
}

/**
 * Per-test results of minitest's `--verbose` output: `Class > test_name`. The number that `minitest/spec` puts before a
 * title is left out, because it changes with every test above it. A run that began without counting its tests crashed,
 * which is a failed result of its own. @throws ReportFault if the lines do not match minitest's counts
 */
export function readMinitest(text: string, { list }: ReadingTask): void {
  const progress: Progress = { isRunning: false, waiting: undefined, run: [], runs: 0, told: [] };
  for (const line of linesOf(text)) take(plainLine(line, LONGEST_LINE), progress);
  if (progress.isRunning) {
    progress.told.push(...progress.run);
    list.add([OUTSIDE], "failed");
  }
  for (const { suite, name, status, seconds } of progress.told) {
    list.add([suite, name], status, seconds * 1_000);
  }
}

function take(line: string, progress: Progress): void {
  // Rails and minitest both begin so. A second beginning before the end of the first is output of a test.
  if (!progress.isRunning) {
    if (!/^# Running:$/.test(line)) return;
    progress.isRunning = true;
    progress.waiting = undefined;
    progress.run = [];
    return;
  }
  const counted =
    /^(\d{1,9}) runs, \d+ assertions, (\d{1,9}) failures, (\d{1,9}) errors, (\d{1,9}) skips$/.exec(
      line,
    );
  if (counted !== null) {
    finish(progress, counted.slice(1).map(Number));
    return;
  }
  takeResult(line, progress);
}

/** `Class#test_name = 0.00 s = .`, or its beginning and end apart if the test printed something. */
function takeResult(line: string, progress: Progress): void {
  const hash = /#test[_:]/.exec(line)?.index;
  const end = / ?= (\d{1,9}\.\d\d) s = ([.FES])$/.exec(line);
  const late = /(\d{1,9}\.\d\d) s = ([.FES])$/.exec(line);
  const middle = hash === undefined ? -1 : line.indexOf(" = ", hash);
  if (hash !== undefined && hash > 0 && middle !== -1) {
    const test = (until: number) => ({
      suite: line.slice(0, hash),
      name: withoutNumber(line.slice(hash + 1, until)),
    });
    if (end === null) progress.waiting = test(middle);
    else tell(progress, test(end.index), { seconds: end[1], result: end[2] ?? "" });
  } else if (late !== null) {
    if (progress.waiting === undefined) throw new ReportFault("a result without its test");
    tell(progress, progress.waiting, { seconds: late[1], result: late[2] ?? "" });
  }
}

function tell(
  progress: Progress,
  test: Pick<Told, "suite" | "name">,
  { seconds, result }: { readonly seconds: string | undefined; readonly result: string },
): void {
  const status = RESULTS.get(result);
  if (status === undefined) return;
  progress.waiting = undefined;
  progress.run.push({ ...test, status, seconds: Number(seconds) });
  if (progress.told.length + progress.run.length > MOST_TOLD) {
    throw new ReportFault(`of more than ${MOST_TOLD} results`);
  }
}

/** `test_0003_makes one dash` of `minitest/spec`. */
function withoutNumber(name: string): string {
  return name.replace(/^test_\d{4}_/, "");
}

function finish(progress: Progress, [runs, failures = 0, errors = 0, skips]: number[]): void {
  const count = (status: TestStatus) =>
    progress.run.filter((told) => told.status === status).length;
  progress.isRunning = false;
  const isWhole =
    runs === progress.run.length &&
    failures + errors === count("failed") &&
    skips === count("skipped");
  if (!isWhole) {
    throw new ReportFault(
      `not whole: minitest counts ${runs} runs, and ${progress.run.length} are told line by line (run it with --verbose)`,
    );
  }
  progress.told.push(...progress.run);
}
