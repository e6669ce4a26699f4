/** Less than this is no place for sentences: a terminal breaks its lines itself (characters). */
const LEAST = 30;

/**
 * Breaks a text between words, so that no line is longer than `width` characters unless one word is. Lines after the first begin with
 * `hang` spaces.
 * @param width of the terminal; undefined where there is none, and nothing is broken for a program that reads
 */
export function wrapWords(text: string, width: number | undefined, hang: number): string {
  if (width === undefined || width < LEAST) return text;
  const [lead = ""] = /^ */.exec(text) ?? [];
  const lines: string[] = [];
  let line = lead;
  for (const word of text.trim().split(" ")) {
    const begins = line.trim() === "";
    if (!begins && line.length + 1 + word.length > width) {
      lines.push(line);
      line = `${" ".repeat(hang)}${word}`;
    } else line = begins ? `${line}${word}` : `${line} ${word}`;
  }
  return [...lines, line].join("\n");
}
