import { showHidden } from "../../domain/text/hidden-text.ts";

/** Words with which compilers, linters and test runners of the common languages report errors. */
const TELLING =
  /\b(?:errors?|fail(?:ed|ure|s|ing)?|fatal|panic(?:ked)?|exception|assert\w*|expected|received|actual|traceback|undefined|cannot|not ok|FAIL|warning|warn)\b|[✖✗✘×❌]|^\s*(?:>|\+|-)\s|:\d+:\d+\b|\.\w+:\d+\b|^E\s/i;
/** Frames of the runtime and of installed packages: many lines, no help. */
const NOISE = /^\s*at .*(?:node:internal|node_modules)|^\s*$/;

const LINES_BEFORE = 1;
const LINES_AFTER = 3;
const LAST_LINES = 12;
const MAXIMUM_LINES = 120;
const MAXIMUM_LINE = 400;
/** Characters; about 2,000 tokens. */
const MAXIMUM_TEXT = 8_000;

/**
 * The important lines of a failed check: its errors with some context, and the end, where runners sum up. Left-out lines
 * are counted; colors and hidden characters are removed or shown.
 */
export function tellingLines(output: string): string {
  const lines = linesOf(output);
  const shown = withinLength(chooseLines(lines), lines);
  const parts: string[] = [];
  let previous = -1;
  for (const index of shown) {
    parts.push(...leftOut(index - previous - 1, ""), showHidden(lines[index] ?? ""));
    previous = index;
  }
  return [...parts, ...leftOut(lines.length - 1 - previous, "more ")].join("\n");
}

function leftOut(count: number, more: string): readonly string[] {
  return count === 0 ? [] : [`… (${count} ${more}${count === 1 ? "line" : "lines"})`];
}

function withinLength(chosen: readonly number[], lines: readonly string[]): readonly number[] {
  let length = 0;
  return chosen.filter((index) => {
    length += (lines[index] ?? "").length + 1;
    return length <= MAXIMUM_TEXT;
  });
}

function chooseLines(lines: readonly string[]): readonly number[] {
  const chosen = new Set<number>();
  for (const [index, line] of lines.entries()) {
    if (chosen.size >= MAXIMUM_LINES - LAST_LINES) break;
    if (TELLING.test(line) && !NOISE.test(line)) addAround(chosen, index, lines);
  }
  for (let index = Math.max(0, lines.length - LAST_LINES); index < lines.length; index += 1) {
    chosen.add(index);
  }
  return [...chosen].sort((left, right) => left - right);
}

function addAround(chosen: Set<number>, index: number, lines: readonly string[]): void {
  for (let near = index - LINES_BEFORE; near <= index + LINES_AFTER; near += 1) {
    // Positions before the first or after the last line count as blank.
    if (!NOISE.test(lines[near] ?? "")) chosen.add(near);
  }
}

const ESCAPE = String.fromCharCode(0x1b);
const BELL = String.fromCharCode(0x07);
/** CSI, OSC and two-character escape sequences of terminals (ECMA-48; threats IN-05). */
const SEQUENCE = new RegExp(
  `${ESCAPE}(?:\\[[0-?]*[ -/]*[@-~]|\\][^${BELL}${ESCAPE}]*(?:${BELL}|${ESCAPE}\\\\)?|[@-Z\\\\-_])`,
  "g",
);

/** Bounded lines without escape sequences and without text that a carriage return overwrote; none empty at the end. */
function linesOf(output: string): readonly string[] {
  const lines = output
    .replace(SEQUENCE, "")
    .split("\n")
    .map((line) => {
      const ended = line.replace(/\r$/, "");
      return ended
        .slice(ended.lastIndexOf("\r") + 1)
        .slice(0, MAXIMUM_LINE)
        .trimEnd();
    });
  return lines.slice(0, lines.findLastIndex((line) => line !== "") + 1);
}
