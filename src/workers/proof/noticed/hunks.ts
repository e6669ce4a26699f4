import type { ChangedFile } from "../../../domain/change-set.ts";
import type { UntriedReason } from "../../../domain/evidence/noticed.ts";
import { type Difference, diffLines, joinNear, wholeDifference } from "./line-diff.ts";
import { bytesOfLines, isBinary, linesOf } from "./lines.ts";

/** A changed file before and after; absent if it does not exist. */
export interface FileVersions {
  readonly path: string;
  readonly before?: Version;
  readonly after?: Version;
}

export interface Version {
  readonly bytes: Uint8Array;
  readonly mode: "100644" | "100755";
}

/** A part of a changed file that can be reverted alone. */
export interface Hunk {
  readonly path: string;
  /** First and last line in the change, from 1. For a pure removal, the line before it. */
  readonly from: number;
  readonly to: number;
  /** Lines inserted and removed. */
  readonly lines: number;
  readonly difference: Difference;
}

/** A part of a file that is reported and not tried. */
export interface Untried extends Omit<Hunk, "difference"> {
  readonly because: UntriedReason;
}

/** The most equal lines between two differences of one hunk, because neighboring changes belong together. */
const GAP = 1;

/** The hunks of one file. A new or deleted file is one. */
export function hunksOf(file: FileVersions): readonly Hunk[] {
  const before = linesOf(file.before?.bytes ?? new Uint8Array());
  const after = linesOf(file.after?.bytes ?? new Uint8Array());
  const isWhole = file.before === undefined || file.after === undefined;
  const differences = isWhole
    ? [wholeDifference(before.length, after.length)]
    : joinNear(diffLines(before, after), GAP);
  return differences.map((difference) => hunkAt(file.path, difference));
}

function hunkAt(path: string, difference: Difference): Hunk {
  const { after, lines } = difference;
  const [from, to] = after[1] > after[0] ? [after[0] + 1, after[1]] : [after[0], after[0]];
  return { path, from: Math.max(1, from), to: Math.max(1, to), lines, difference };
}

/** Joins hunks of one file, in order. The equal lines between them are the same on both sides. */
export function joinHunks(first: Hunk, ...others: readonly Hunk[]): Hunk {
  return others.reduce((joined, { path, difference }) => {
    const { before, after, lines } = joined.difference;
    return hunkAt(path, {
      before: [before[0], difference.before[1]],
      after: [after[0], difference.after[1]],
      lines: lines + difference.lines,
    });
  }, first);
}

/** The changed file with these hunks reverted to the base. Reverting all of them gives the base's file. */
export function takeBack(file: FileVersions, hunks: readonly Hunk[]): ChangedFile {
  const { path, before, after } = file;
  if (after === undefined || before === undefined) {
    return fileOf(path, hunks.length === 0 ? after : before);
  }
  const [old, now] = [linesOf(before.bytes), linesOf(after.bytes)];
  const lines: string[] = [];
  let at = 0;
  const inOrder = hunks.toSorted(
    (one, other) => one.difference.after[0] - other.difference.after[0],
  );
  for (const { difference } of inOrder) {
    lines.push(...now.slice(at, difference.after[0]), ...old.slice(...difference.before));
    at = difference.after[1];
  }
  lines.push(...now.slice(at));
  return fileOf(path, { bytes: bytesOfLines(lines), mode: after.mode });
}

function fileOf(path: string, version: Version | undefined): ChangedFile {
  if (version === undefined) return { path, deleted: true };
  const content = Buffer.from(version.bytes).toString("base64");
  return { path, mode: version.mode, encoding: "base64", content };
}

/** Parts of a change that can be tried, the largest first, and parts that cannot. */
export function splitChange(files: readonly FileVersions[]): {
  readonly hunks: readonly Hunk[];
  readonly untried: readonly Untried[];
} {
  const moved = movedPaths(files);
  const parts = files.map((file) => {
    const because = reasonAgainst(file, moved);
    if (because === undefined) return { hunks: hunksOf(file), untried: [] };
    const { difference: _, ...whole } = hunkAt(file.path, wholeOf(file));
    const lines = because === "mode" ? 0 : whole.lines;
    return { hunks: [], untried: [{ ...whole, lines, because }] };
  });
  const hunks = parts.flatMap((part) => part.hunks).toSorted(biggestFirst);
  return { hunks, untried: parts.flatMap((part) => part.untried) };
}

function wholeOf({ before, after }: FileVersions): Difference {
  const count = (version: Version | undefined) =>
    version === undefined || isBinary(version.bytes) ? 0 : linesOf(version.bytes).length;
  return wholeDifference(count(before), count(after));
}

function biggestFirst(one: Hunk, other: Hunk): number {
  if (one.lines !== other.lines) return other.lines - one.lines;
  if (one.path !== other.path) return one.path < other.path ? -1 : 1;
  return one.from - other.from;
}

function reasonAgainst(
  { path, before, after }: FileVersions,
  moved: ReadonlySet<string>,
): UntriedReason | undefined {
  if (moved.has(path)) return "renamed";
  if ([before, after].some((version) => version !== undefined && isBinary(version.bytes))) {
    return "binary";
  }
  if (before === undefined || after === undefined) return undefined;
  return Buffer.compare(before.bytes, after.bytes) === 0 ? "mode" : undefined;
}

/** Moved files with the same bytes: reverting one half alone says nothing. */
function movedPaths(files: readonly FileVersions[]): ReadonlySet<string> {
  const keyOf = ({ bytes }: Version) => Buffer.from(bytes).toString("latin1");
  const gone = files.flatMap(({ path, before, after }) =>
    before !== undefined && after === undefined ? [{ path, key: keyOf(before) }] : [],
  );
  const come = files.flatMap(({ path, before, after }) =>
    before === undefined && after !== undefined ? [{ path, key: keyOf(after) }] : [],
  );
  const keysOf = (list: typeof gone) => new Set(list.map(({ key }) => key));
  const [left, arrived] = [keysOf(gone), keysOf(come)];
  const isMoved = ({ key }: { readonly key: string }) => left.has(key) && arrived.has(key);
  return new Set([...gone, ...come].filter(isMoved).map(({ path }) => path));
}
