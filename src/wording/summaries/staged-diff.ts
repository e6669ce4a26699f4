import { showHidden } from "../../domain/text/hidden-text.ts";

/** Lines around what changed, as in `diff -u`. */
const CONTEXT = 3;

/**
 * A text before and after as one hunk of a unified diff, from the first changed line to the last. Exact, not the shortest:
 * it is read by people, and applied by nobody. Nothing for equal texts. `undefined` stands for a file that is not there.
 */
export function hunkOf(before: string | undefined, after: string | undefined): readonly string[] {
  const old = linesOf(before);
  const now = linesOf(after);
  const shortest = Math.min(old.length, now.length);
  let head = 0;
  while (head < shortest && old[head] === now[head]) head += 1;
  let tail = 0;
  while (tail < shortest - head && old.at(-1 - tail) === now.at(-1 - tail)) tail += 1;
  const gone = old.slice(head, old.length - tail);
  const come = now.slice(head, now.length - tail);
  if (gone.length === 0 && come.length === 0) return [];
  const start = Math.max(0, head - CONTEXT);
  const lead = old.slice(start, head);
  const trail = old.slice(old.length - tail, old.length - tail + CONTEXT);
  const around = lead.length + trail.length;
  return [
    `@@ ${range(start, gone.length + around, "-")} ${range(start, come.length + around, "+")} @@`,
    ...lead.map((line) => ` ${line}`),
    ...gone.map((line) => `-${line}`),
    ...come.map((line) => `+${line}`),
    ...trail.map((line) => ` ${line}`),
  ];
}

function range(start: number, count: number, sign: "-" | "+"): string {
  return `${sign}${count === 0 ? start : start + 1},${count}`;
}

/** A last line without its end says so, as git does. */
function linesOf(text: string | undefined): readonly string[] {
  if (text === undefined || text === "") return [];
  const lines = showHidden(text).split("\n");
  return lines.at(-1) === ""
    ? lines.slice(0, -1)
    : [...lines.slice(0, -1), `${lines.at(-1)} \u00b7 no newline at end of file`];
}
