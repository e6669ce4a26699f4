import { z } from "zod";
import { OUTSIDE } from "../../../domain/evidence/failure-comparison.ts";
import type { TestStatus } from "../../../domain/evidence.ts";
import { linesOf } from "./lines.ts";
import { type ReadingTask, ReportFault, TEST_LIMITS, type TestList } from "./test-list.ts";

/** `TestEvent` of `go doc test2json`; build events (Go 1.24) have an `ImportPath` and no `Package`. */
const TestEvent = z.object({
  Action: z.string(),
  Package: z.string().optional(),
  Test: z.string().optional(),
  /** Seconds. */
  Elapsed: z.number().optional(),
  Output: z.string().optional(),
});
type TestEvent = z.infer<typeof TestEvent>;

const FINAL: ReadonlyMap<string, TestStatus> = new Map([
  ["pass", "passed"],
  ["fail", "failed"],
  ["skip", "skipped"],
]);

interface Package {
  /** Tests that began and have not ended, each with the end of its output. */
  readonly open: Map<string, string>;
  failures: number;
  status: TestStatus | undefined;
}

/**
 * Per-test results of `go test -json`: `package > TestName/subtest`. A test that began and never ended failed: the
 * package crashed or ran out of time in it. If the package passed, Go has only lost the event, because the result was
 * attached to output without a line end (golang/go#81599); then the output decides. A package that failed while none of
 * its tests did (it does not build, or its TestMain or an `init` ends the process) adds a failed result of its own.
 * Lines that are no events are other output. @throws ReportFault
 */
export function readGoTest(text: string, { list }: ReadingTask): void {
  const packages = new Map<string, Package>();
  for (const line of linesOf(text)) {
    const event = readEvent(line);
    if (event === undefined || event.Action.startsWith("build-")) continue;
    const name = event.Package ?? "";
    const found = packages.get(name) ?? {
      open: new Map<string, string>(),
      failures: 0,
      status: undefined,
    };
    packages.set(name, found);
    if (packages.size > TEST_LIMITS.tests) {
      throw new ReportFault(`of more than ${TEST_LIMITS.tests} packages`);
    }
    take(event, found, list);
  }
  for (const [name, found] of packages) endPackage(name, found, list);
}

function take(event: TestEvent, found: Package, list: TestList): void {
  const status = FINAL.get(event.Action);
  if (event.Test === undefined) {
    found.status = status ?? found.status;
    return;
  }
  if (event.Action === "run") {
    if (found.open.size >= TEST_LIMITS.tests) {
      throw new ReportFault(`of more than ${TEST_LIMITS.tests} open tests`);
    }
    found.open.set(event.Test, "");
  }
  const said = found.open.get(event.Test);
  if (said !== undefined && event.Output !== undefined) {
    found.open.set(event.Test, `${said}${event.Output}`.slice(-RESULT_LINE));
  }
  if (status === undefined) return;
  found.open.delete(event.Test);
  if (status === "failed") found.failures += 1;
  list.add([event.Package ?? "", event.Test], status, (event.Elapsed ?? Number.NaN) * 1_000);
}

function endPackage(name: string, { open, failures, status }: Package, list: TestList): void {
  for (const [test, said] of open) {
    // Without a result of its own, it counts neither as run nor as failed.
    const result = status === "passed" ? resultIn(said, test) : "failed";
    if (result !== undefined) list.add([name, test], result);
  }
  const unexplained = status === undefined || status === "failed";
  if (unexplained && failures + open.size === 0) list.add([name, OUTSIDE], "failed");
}

/** The most units of output that hold a result line with the name of its test. */
const RESULT_LINE = 2_000;

/** `Hello--- PASS: TestHello (0.00s)`; the results of its subtests follow. */
function resultIn(output: string, test: string): TestStatus | undefined {
  if (output.includes(`--- PASS: ${test} (`)) return "passed";
  return output.includes(`--- SKIP: ${test} (`) ? "skipped" : undefined;
}

function readEvent(line: string): TestEvent | undefined {
  // Stryker disable next-line all: for speed alone, because what is no object is no event
  if (!line.startsWith("{")) return undefined;
  try {
    return TestEvent.safeParse(JSON.parse(line)).data;
  } catch {
    return undefined;
  }
}

/** Units at the end of an output that a person may see. */
const SHOWN = 1_000_000;

/** The output that a person would have read without `-json`: text in the events, and lines between them; of a long one its end. */
export function showGoTest(text: string): string {
  const start = text.length > SHOWN ? text.indexOf("\n", text.length - SHOWN) + 1 : 0;
  return text
    .slice(start)
    .split(/(?<=\n)/)
    .map((line) => readEvent(line)?.Output ?? (line.startsWith("{") ? "" : line))
    .join("");
}
