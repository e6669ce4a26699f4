import { z } from "zod";
import type { TestStatus } from "../../../domain/evidence.ts";
import { OUTSIDE } from "../../../domain/known-failure.ts";
import { plainLine } from "./plain-line.ts";
import { type ReadingTask, ReportFault, TEST_LIMITS } from "./test-list.ts";

const LONGEST_LINE = 100_000;
/** Results before those of one name are made one. */
const MOST_TOLD = 2 * TEST_LIMITS.tests;

/** One test binary: from `running 3 tests` to `test result: …`. */
interface Binary {
  readonly target: string;
  /** Tests that began and have no result yet. */
  readonly open: Set<string>;
  /** The one of them whose result may come on a line of its own. */
  waiting: string | undefined;
  readonly counts: Record<TestStatus, number>;
  /** Past the results: what follows is captured output, in which anything may stand. */
  listing: boolean;
}

interface Told {
  readonly target: string;
  readonly name: string;
  readonly status: TestStatus;
}

interface Progress {
  target: string;
  binary: Binary | undefined;
  readonly told: Told[];
}

/**
 * Per-test results of `cargo test`, from libtest's plain text or its unstable `--format json`:
 * `source (crate) > module::test`, `doc-tests crate > file - item`. The line of a doc test is left out of its name, which
 * would change with every line above it; the second of an item is `#2`. A binary that began and never told its result
 * crashed: a failed result of its own.
 * @throws ReportFault when the lines are not those that the summary of a binary counts
 */
export function readCargoTest(text: string, { list }: ReadingTask): void {
  const progress: Progress = { target: "", binary: undefined, told: [] };
  for (const line of text.split(/\r?\n/)) {
    if (line.startsWith("{")) takeJson(line, progress);
    else takeText(plainLine(line, LONGEST_LINE), progress);
  }
  abandon(progress);
  for (const { target, name, status } of withoutLines(progress.told))
    list.add([target, name], status);
}

function takeText(line: string, progress: Progress): void {
  const target = targetOf(line);
  if (target !== undefined) {
    abandon(progress);
    progress.target = target;
  } else if (/^running \d+ tests?$/.test(line) && !progress.binary?.listing) begin(progress);
  else if (progress.binary !== undefined) takeResult(line, progress.binary, progress.told);
  const summary = /^test result: \w+\. (\d+) passed; (\d+) failed; (\d+) ignored;/.exec(line);
  if (summary === null || progress.binary === undefined) return;
  const [passed, failed, skipped] = summary.slice(1).map(Number);
  finish(progress, { passed, failed, skipped });
}

/** `Running unittests src/lib.rs (target/debug/deps/shop-507999230d6984fa)`, `Doc-tests shop`; before 1.58 the path alone. */
function targetOf(line: string): string | undefined {
  const documented = /^ +Doc-tests (\S+)$/.exec(line)?.[1];
  if (documented !== undefined) return `doc-tests ${documented}`;
  const running = /^ +Running (?:unittests )?(\S+)(?: \((.+)\))?$/.exec(line);
  if (running === null) return undefined;
  const [, source = "", binary = source] = running;
  const name = binary.replace(/^.*[\\/]/, "").replace(/-[0-9a-f]{16}(\.exe)?$/, "");
  if (source === binary) return name;
  // An integration test is a crate of its own, named after its file.
  return source.endsWith(`/${name}.rs`) ? source : `${source} (${name})`;
}

const RESULTS: ReadonlyMap<string, TestStatus> = new Map([
  ["ok", "passed"],
  ["FAILED", "failed"],
  ["failed", "failed"],
  ["ignored", "skipped"],
]);

function takeResult(line: string, binary: Binary, told: Told[]): void {
  if (binary.listing) return;
  if (/^(failures|successes):$/.test(line)) {
    binary.listing = true;
    return;
  }
  const started = /^test (.+?) \.\.\. ?(.*)$/.exec(line);
  const name = started?.[1] ?? binary.waiting;
  const said = (started === null ? line : (started[2] ?? "")).replace(/^ignored, .*$/, "ignored");
  const status = RESULTS.get(said);
  if (name === undefined) return;
  if (status !== undefined) tell({ target: binary.target, name, status }, binary, told);
  else if (started !== null && !said.startsWith("bench:")) {
    // With --nocapture and one thread, what a test prints stands between its name and its result.
    binary.open.add(name);
    binary.waiting = name;
  }
}

function tell(result: Told, binary: Binary, told: Told[]): void {
  binary.open.delete(result.name);
  binary.waiting = undefined;
  binary.counts[result.status] += 1;
  if (told.push(result) > MOST_TOLD) throw new ReportFault(`of more than ${MOST_TOLD} results`);
}

const SuiteEvent = z.object({
  type: z.literal("suite"),
  event: z.enum(["started", "ok", "failed"]),
  passed: z.number().optional(),
  failed: z.number().optional(),
  ignored: z.number().optional(),
});
const TestEvent = z.object({ type: z.literal("test"), event: z.string(), name: z.string() });
const LibtestEvent = z.union([SuiteEvent, TestEvent]);

function takeJson(line: string, progress: Progress): void {
  const event = readEvent(line);
  if (event?.type === "suite") {
    if (event.event === "started") begin(progress);
    else if (progress.binary !== undefined) {
      finish(progress, { passed: event.passed, failed: event.failed, skipped: event.ignored });
    }
  }
  if (event?.type !== "test" || progress.binary === undefined) return;
  const status = RESULTS.get(event.event);
  if (event.event === "started") progress.binary.open.add(event.name);
  else if (status !== undefined) {
    const { target } = progress.binary;
    tell({ target, name: event.name, status }, progress.binary, progress.told);
  }
}

function readEvent(line: string): z.infer<typeof LibtestEvent> | undefined {
  try {
    return LibtestEvent.safeParse(JSON.parse(line)).data;
  } catch {
    return undefined;
  }
}

function begin(progress: Progress): void {
  abandon(progress);
  progress.binary = {
    target: progress.target,
    open: new Set(),
    waiting: undefined,
    counts: { passed: 0, failed: 0, skipped: 0 },
    listing: false,
  };
}

function finish(
  progress: Progress,
  said: Readonly<Partial<Record<TestStatus, number | undefined>>>,
): void {
  const counts = progress.binary?.counts;
  progress.binary = undefined;
  if (counts === undefined) return;
  for (const status of ["passed", "failed", "skipped"] as const) {
    if (said[status] === counts[status]) continue;
    throw new ReportFault(
      `not whole: ${progress.target || "a binary"} counts ${said[status]} ${status}, and ${counts[status]} are told line by line (run cargo test without --nocapture and --quiet)`,
    );
  }
}

/** A binary that ended without its result. */
function abandon(progress: Progress): void {
  const { binary, told } = progress;
  progress.binary = undefined;
  if (binary === undefined) return;
  for (const name of binary.open) told.push({ target: binary.target, name, status: "failed" });
  told.push({ target: binary.target, name: OUTSIDE, status: "failed" });
}

/** `src/lib.rs - price (line 7)` without its line; where an item has several, they are counted in the order of their lines. */
function withoutLines(told: readonly Told[]): readonly Told[] {
  const lines = new Map<string, Set<number>>();
  const found = told.map((result) => {
    const [, before = result.name, line, after = ""] =
      /^(.*) \(line (\d{1,9})\)(.*)$/s.exec(result.name) ?? [];
    const name = `${before}${after}`;
    const key = `${result.target}\0${name}`;
    if (line !== undefined) lines.set(key, (lines.get(key) ?? new Set()).add(Number(line)));
    return { result: { ...result, name }, key, line: Number(line) };
  });
  const ranks = new Map<string, number>();
  for (const [key, numbers] of lines) {
    const sorted = [...numbers].sort((left, right) => left - right);
    for (const [rank, line] of sorted.entries()) ranks.set(`${key}\0${line}`, rank + 1);
  }
  return found.map(({ result, key, line }) => {
    const rank = ranks.get(`${key}\0${line}`) ?? 1;
    return rank === 1 ? result : { ...result, name: `${result.name} #${rank}` };
  });
}
