import { OUTSIDE } from "../../../domain/evidence/failure-comparison.ts";
import type { TestStatus } from "../../../domain/evidence.ts";
import { locate } from "../report-path.ts";
import { linesOf } from "./lines.ts";
import { plainLine } from "./plain-line.ts";
import { type ReadingTask, ReportFault, TEST_LIMITS } from "./test-list.ts";

const LIMITS = { line: 10_000, depth: 50 } as const;
/** Points are kept until their parent comes; several may have one name, and suites are points too. */
const MOST_POINTS = 3 * TEST_LIMITS.tests;
/** A subtest is indented by four spaces (TAP 14; `node --test` and node-tap did so before). */
const INDENT = 4;

interface Point {
  readonly parts: readonly string[];
  readonly status: TestStatus;
}

/** Partial state: the points per depth whose parent has not come yet, and the plans at the top. */
interface Progress {
  readonly levels: Point[][];
  planned: number | undefined;
  /** Points at the top. */
  seen: number;
  /** Points in all. */
  points: number;
  bailed: boolean;
  /** Indentation of the YAML block that is being skipped. */
  block: number | undefined;
  /** Indentation of the point on the previous line; a block begins only there. */
  point: number | undefined;
}

/**
 * Per-test results of TAP 12 to 14: `outer > inner`, by title. The subtests of a point count instead of it, unless it
 * failed and none of them did. `# SKIP` and `# TODO` are skipped. A stream without a plan, with other points than
 * planned or with `Bail out!` ended early, which is a failed result of its own. @throws ReportFault
 */
export function readTap(text: string, { list, roots }: ReadingTask): void {
  const progress: Progress = {
    levels: [],
    planned: undefined,
    seen: 0,
    points: 0,
    bailed: false,
    block: undefined,
    point: undefined,
  };
  for (const line of linesOf(text)) take(plainLine(line, LIMITS.line), progress);
  if (progress.seen === 0 && progress.planned === undefined && !progress.bailed) return;
  // Points whose parent never came were still reported.
  for (const { parts, status } of progress.levels.flat()) {
    list.add(
      parts.map((part) => locate(part, roots)),
      status,
    );
  }
  if (progress.bailed || progress.planned !== progress.seen) list.add([OUTSIDE], "failed");
}

function take(line: string, progress: Progress): void {
  const rest = line.trimStart();
  const spaces = line.length - rest.length;
  if (isInBlock(rest, spaces, progress) || spaces % INDENT !== 0) return;
  const depth = spaces / INDENT;
  if (depth > LIMITS.depth) throw new ReportFault(`TAP of more than ${LIMITS.depth} levels`);
  if (/^Bail out!/i.test(rest)) progress.bailed = true;
  const plan = depth === 0 ? /^1\.\.(\d{1,9})(?: *#.*)?$/.exec(rest) : null;
  if (plan !== null) progress.planned = (progress.planned ?? 0) + Number(plan[1]);
  const point = readPoint(rest);
  if (point === undefined) return;
  progress.point = spaces;
  progress.points += 1;
  if (progress.points > MOST_POINTS) {
    throw new ReportFault(`TAP of more than ${MOST_POINTS} test points`);
  }
  if (depth === 0) progress.seen += 1;
  place(point, depth, progress.levels);
}

/** A YAML block is right below its point, indented by two spaces (TAP 14 §YAML Diagnostics). */
function isInBlock(rest: string, spaces: number, progress: Progress): boolean {
  const { block, point } = progress;
  progress.point = undefined;
  if (block !== undefined) {
    if (rest === "..." && spaces === block) progress.block = undefined;
    return true;
  }
  if (rest !== "---" || point === undefined || spaces !== point + 2) return false;
  progress.block = spaces;
  return true;
}

function readPoint(
  rest: string,
): { readonly title: string; readonly status: TestStatus } | undefined {
  const found = /^(not )?ok(?: +(\d{1,9})(?![^ ]))?(?: +|$)(?:- +)?(.*)$/.exec(rest);
  if (found === null) return undefined;
  const [, not, number, description = ""] = found;
  const directive = /(?:^| )# *(SKIP|TODO)\b/i.exec(description);
  const title = description
    .slice(0, directive?.index ?? description.length)
    // node-tap writes the duration.
    .replace(/ # time=[\d.]+m?s *\{?$/, "")
    .replace(/ \{$/, "")
    .replace(/\\([#\\])/g, "$1");
  const status = directive === null ? (not === undefined ? "passed" : "failed") : "skipped";
  return { title: title.trim() === "" ? `(test ${number ?? "without a number"})` : title, status };
}

/** Puts a point at its depth, and earlier subtests below its title. */
function place(
  { title, status }: { readonly title: string; readonly status: TestStatus },
  depth: number,
  levels: Point[][],
): void {
  while (levels.length <= depth) levels.push([]);
  const subtests = levels.splice(depth + 1).flat();
  const level = levels[depth] ?? [];
  for (const point of subtests) level.push({ ...point, parts: [title, ...point.parts] });
  if (subtests.length === 0) level.push({ parts: [title], status });
  else if (status === "failed" && subtests.every((point) => point.status !== "failed")) {
    level.push({ parts: [title, OUTSIDE], status });
  }
}
