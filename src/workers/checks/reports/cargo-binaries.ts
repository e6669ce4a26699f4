import { OUTSIDE } from "../../../domain/evidence/failure-comparison.ts";
import type { TestStatus } from "../../../domain/evidence.ts";
import { ReportFault, TEST_LIMITS } from "./test-list.ts";

/** Most results before those of one name are merged. */
const MOST_TOLD = 2 * TEST_LIMITS.tests;

/** One test binary: from `running 3 tests` to `test result: …`. */
export interface Binary {
  readonly target: string;
  /** Tests that began and have no result yet. */
  readonly open: Set<string>;
  /** One of them, whose result may be on a later line. */
  waiting: string | undefined;
  readonly counts: Record<TestStatus, number>;
  /** After the results: captured output follows, which may contain anything. */
  listing: boolean;
}

export interface Told {
  readonly target: string;
  readonly name: string;
  readonly status: TestStatus;
}

export interface Progress {
  target: string;
  binary: Binary | undefined;
  readonly told: Told[];
}

export const RESULTS: ReadonlyMap<string, TestStatus> = new Map([
  ["ok", "passed"],
  ["FAILED", "failed"],
  ["failed", "failed"],
  ["ignored", "skipped"],
]);

export function tell(result: Told, binary: Binary, told: Told[]): void {
  binary.open.delete(result.name);
  binary.waiting = undefined;
  binary.counts[result.status] += 1;
  if (told.push(result) > MOST_TOLD) throw new ReportFault(`of more than ${MOST_TOLD} results`);
}

export function begin(progress: Progress): void {
  abandon(progress);
  progress.binary = {
    target: progress.target,
    open: new Set(),
    waiting: undefined,
    counts: { passed: 0, failed: 0, skipped: 0 },
    listing: false,
  };
}

export function finish(
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
export function abandon(progress: Progress): void {
  const { binary, told } = progress;
  progress.binary = undefined;
  if (binary === undefined) return;
  for (const name of binary.open) told.push({ target: binary.target, name, status: "failed" });
  told.push({ target: binary.target, name: OUTSIDE, status: "failed" });
}

/** `src/lib.rs - price (line 7)` without its line. Several of one item are counted in line order. */
export function withoutLines(told: readonly Told[]): readonly Told[] {
  const lines = new Map<string, Set<number>>();
  const found = told.map((result) => {
    const [, before = result.name, line, after = ""] =
      /(.*) \(line (\d{1,9})\)(.*)/s.exec(result.name) ?? [];
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
