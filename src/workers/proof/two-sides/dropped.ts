import type { DroppedHunk } from "../../../domain/github/unblock.ts";
import { type Difference, diffLines } from "../noticed/line-diff.ts";
import { isBinary, linesOf } from "../noticed/lines.ts";

/** One file of one side: at the merge base, on that side, and in the result. Absent if there is no file. */
export interface SideFile {
  readonly path: string;
  readonly before: Uint8Array | undefined;
  readonly side: Uint8Array | undefined;
  readonly result: Uint8Array | undefined;
}

const EMPTY = new Uint8Array();

/**
 * Hunks of a side that the result does not have as that side wrote them: an inserted line that is missing from its order
 * among that side's lines, or a removed line that is back. By lines alone, so that a reworded line is reported, too, and
 * a person can check it.
 */
export function droppedIn({ path, before, side, result }: SideFile): readonly DroppedHunk[] {
  const [was, is, now] = [before ?? EMPTY, side ?? EMPTY, result ?? EMPTY];
  if (isEqual(is, now) && (side === undefined) === (result === undefined)) return [];
  if ([was, is, now].some(isBinary)) {
    return [{ path: path.slice(0, 300), from: 0, to: 0, lost: 0, back: 0 }];
  }
  const lines = { before: linesOf(was), side: linesOf(is), result: linesOf(now) };
  const fromSide = diffLines(lines.side, lines.result);
  const gone = indexes(fromSide.map((difference) => difference.before));
  const put = new Set(fromSide.flatMap(({ after: [from, to] }) => lines.result.slice(from, to)));
  const takenOut = indexes(diffLines(lines.before, lines.result).map(({ before: span }) => span));
  return diffLines(lines.before, lines.side).flatMap((hunk) => {
    const lost = count(hunk.after, (at) => gone.has(at));
    const back = count(hunk.before, (at) => !takenOut.has(at) && put.has(lines.before[at] ?? ""));
    return lost + back === 0 ? [] : [{ path: path.slice(0, 300), ...placeOf(hunk), lost, back }];
  });
}

function placeOf({ after: [from, to] }: Difference): Pick<DroppedHunk, "from" | "to"> {
  return from === to ? { from: 0, to: 0 } : { from: from + 1, to };
}

function indexes(spans: readonly (readonly [number, number])[]): ReadonlySet<number> {
  return new Set(
    spans.flatMap(([from, to]) => Array.from({ length: to - from }, (_, index) => from + index)),
  );
}

function count([from, to]: readonly [number, number], holds: (at: number) => boolean): number {
  let found = 0;
  for (let at = from; at < to; at += 1) if (holds(at)) found += 1;
  return found;
}

function isEqual(left: Uint8Array, right: Uint8Array): boolean {
  return Buffer.from(left).equals(right);
}
