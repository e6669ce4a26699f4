import { diffArrays } from "diff";

/** Lines of the base from `before[0]` to before `before[1]` became those of the change in `after`, counted from 0. */
export interface Difference {
  readonly before: readonly [number, number];
  readonly after: readonly [number, number];
  /** Lines removed and inserted, without equal lines between joined differences. */
  readonly lines: number;
}

export function wholeDifference(before: number, after: number): Difference {
  return { before: [0, before], after: [0, after], lines: before + after };
}

/** The most inserted or removed lines. Beyond it two texts differ as wholes, because the search time is quadratic. */
const MOST_EDITS = 1_500;

/** Minimal differences of two lists of lines, in order (Myers 1986); empty if they are equal. */
export function diffLines(
  before: readonly string[],
  after: readonly string[],
): readonly Difference[] {
  const parts = diffArrays([...before], [...after], { maxEditLength: MOST_EDITS });
  if (parts === undefined) return [betweenEqualEnds(before, after)];
  const found: Difference[] = [];
  let [left, right] = [0, 0];
  for (const { count, added, removed } of parts) {
    const [fromLeft, fromRight] = [left, right];
    if (!added) left += count;
    if (!removed) right += count;
    if (!added && !removed) continue;
    found.push({ before: [fromLeft, left], after: [fromRight, right], lines: count });
  }
  return joinNear(found, 0);
}

/** One difference: everything between the equal lines at the start and those at the end. */
function betweenEqualEnds(before: readonly string[], after: readonly string[]): Difference {
  const shorter = Math.min(before.length, after.length);
  let start = 0;
  while (start < shorter && before[start] === after[start]) start += 1;
  let end = 0;
  while (end < shorter - start && before.at(-1 - end) === after.at(-1 - end)) end += 1;
  const [left, right] = [before.length - end, after.length - end];
  return { before: [start, left], after: [start, right], lines: left + right - 2 * start };
}

/** Joins differences with at most `gap` equal lines between them. */
export function joinNear(differences: readonly Difference[], gap: number): readonly Difference[] {
  const joined: Difference[] = [];
  for (const next of differences) {
    const last = joined.at(-1);
    if (last !== undefined && next.before[0] - last.before[1] <= gap) {
      joined[joined.length - 1] = {
        before: [last.before[0], next.before[1]],
        after: [last.after[0], next.after[1]],
        lines: last.lines + next.lines,
      };
    } else joined.push(next);
  }
  return joined;
}
