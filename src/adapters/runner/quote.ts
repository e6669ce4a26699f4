import { withoutEscapes } from "../../domain/text/without-escapes.ts";

/**
 * Possible line ends for a terminal or the runner: CR, LF, VT, FF, the C1 next line and the two separators of Unicode.
 * The runner is written in .NET, which trims and splits at more than a line feed (threats WF-03).
 */
const LINE_END = /\r\n|[\n\r\v\f\u0085\u2028\u2029]/u;
/** Other invisible characters, except tabs: escapes, bidirectional controls, byte order marks, zero widths. */
const HIDDEN = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu;

/** The longest line. A log reader may cut a longer one anywhere, and the rest would start a line without our mark. */
const LONGEST = 8_000;

/**
 * Foreign text as log lines: each starts with `| `, so that no `::command::` is at the start of a line, and `##[`, which
 * the runner looks for anywhere in a line, is broken. A long line becomes several.
 */
export function quoteLines(text: string): readonly string[] {
  return withoutEscapes(text)
    .split(LINE_END)
    .flatMap(piecesOf)
    .map((line) => `| ${breakLegacy(stripHidden(line))}`);
}

/** One line of ours: it must not become two, nor a command. */
export function plainLine(text: string): string {
  const [first = "", ...more] = piecesOf(text.split(LINE_END).join(" "));
  const line = breakLegacy(stripHidden(more.length === 0 ? first : `${first} …`));
  return line.trimStart().startsWith("::") ? `| ${line}` : line;
}

function piecesOf(line: string): readonly string[] {
  if (line.length <= LONGEST) return [line];
  return line.match(new RegExp(`.{1,${LONGEST / 2}}`, "gsu")) ?? [line];
}

function stripHidden(line: string): string {
  return line.replace(HIDDEN, (character) => (character === "\t" ? "\t" : ""));
}

/** After removing hidden characters, because one between `##` and `[` would hide the command until then. */
function breakLegacy(line: string): string {
  return line.replaceAll("##[", "##\u00A0[");
}
