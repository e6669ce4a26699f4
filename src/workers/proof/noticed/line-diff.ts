/** Lines of the base from `before[0]` to before `before[1]` became those of the change in `after`, counted from 0. */
export interface Difference {
  readonly before: readonly [number, number];
  readonly after: readonly [number, number];
  /** Lines taken out and put in; equal lines between two differences that were joined are none. */
  readonly lines: number;
}

export function wholeDifference(before: number, after: number): Difference {
  return { before: [0, before], after: [0, after], lines: before + after };
}

/** Lines put in or taken out beyond which two texts are told apart as wholes: the search takes the square of it. */
const MOST_EDITS = 1_500;

/** The differences of two lists of lines, in order and as few lines as can be (Myers 1986); none where they are equal. */
export function diffLines(
  before: readonly string[],
  after: readonly string[],
): readonly Difference[] {
  const start = commonStart(before, after);
  const end = commonEnd(before, after, start);
  const [left, right] = [
    before.slice(start, before.length - end),
    after.slice(start, after.length - end),
  ];
  const trace = search(left, right);
  const whole = wholeDifference(left.length, right.length);
  const found = trace === undefined ? [whole] : walkBack(trace, left, right);
  return found.map((one) => ({
    before: [one.before[0] + start, one.before[1] + start],
    after: [one.after[0] + start, one.after[1] + start],
    lines: one.lines,
  }));
}

function commonStart(before: readonly string[], after: readonly string[]): number {
  const first = before.findIndex((line, index) => line !== after[index]);
  return first === -1 ? before.length : first;
}

function commonEnd(before: readonly string[], after: readonly string[], start: number): number {
  const most = Math.min(before.length, after.length) - start;
  let count = 0;
  while (count < most && before.at(-1 - count) === after.at(-1 - count)) count += 1;
  return count;
}

/** For each number of edits how far each diagonal reaches; undefined beyond the bound. */
type Trace = readonly Int32Array[];

function search(left: readonly string[], right: readonly string[]): Trace | undefined {
  const most = Math.min(left.length + right.length, MOST_EDITS);
  const middle = most + 1;
  const reach = new Int32Array(2 * most + 3);
  const trace: Int32Array[] = [];
  for (let edits = 0; edits <= most; edits += 1) {
    trace.push(reach.slice(middle - edits - 1, middle + edits + 2));
    for (let diagonal = -edits; diagonal <= edits; diagonal += 2) {
      const at = middle + diagonal;
      const down = isDown(reach, { at, diagonal, edits });
      const from = down ? (reach[at + 1] ?? 0) : (reach[at - 1] ?? 0) + 1;
      const x = alongEqual(left, right, { x: from, y: from - diagonal });
      reach[at] = x;
      if (x >= left.length && x - diagonal >= right.length) return trace;
    }
  }
  return undefined;
}

/** How far lines are equal from here on. */
function alongEqual(
  left: readonly string[],
  right: readonly string[],
  { x, y }: { readonly x: number; readonly y: number },
): number {
  let steps = 0;
  while (x + steps < left.length && y + steps < right.length) {
    if (left[x + steps] !== right[y + steps]) break;
    steps += 1;
  }
  return x + steps;
}

/** Whether the farthest way to a diagonal puts a line in, rather than taking one out. */
function isDown(
  reach: Int32Array,
  {
    at,
    diagonal,
    edits,
  }: { readonly at: number; readonly diagonal: number; readonly edits: number },
): boolean {
  if (diagonal === -edits) return true;
  return diagonal !== edits && (reach[at - 1] ?? 0) < (reach[at + 1] ?? 0);
}

/** The way back through the search, as differences in order. */
function walkBack(
  trace: Trace,
  left: readonly string[],
  right: readonly string[],
): readonly Difference[] {
  const found: Difference[] = [];
  let [x, y] = [left.length, right.length];
  for (let edits = trace.length - 1; edits > 0; edits -= 1) {
    const reach = trace[edits] ?? new Int32Array(0);
    const diagonal = x - y;
    const at = diagonal + edits + 1;
    const down = isDown(reach, { at, diagonal, edits });
    const previous = down ? diagonal + 1 : diagonal - 1;
    const fromX = reach[down ? at + 1 : at - 1] ?? 0;
    const fromY = fromX - previous;
    // Behind the edit may follow lines that are equal; the edit itself is one line.
    const [toX, toY] = down ? [fromX, fromY + 1] : [fromX + 1, fromY];
    found.push({ before: [fromX, toX], after: [fromY, toY], lines: 1 });
    [x, y] = [fromX, fromY];
  }
  return joinNear(found.reverse(), 0);
}

/** Differences with at most `gap` equal lines between them, as one. */
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
