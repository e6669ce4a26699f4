const BEGIN = "<details><summary>";
const END = "</details>";

/**
 * Lines that a person opens when they want them; nothing where there are none. GitHub reads no Markdown in the summary,
 * so it is one of our own, in plain words.
 */
export function fold(summary: string, lines: readonly string[]): readonly string[] {
  if (lines.length === 0) return [];
  return [foldHead(summary), "", ...lines, "", END];
}

/** All the markup of a fold that is not Markdown. */
export function foldMarkup(summary: string): readonly string[] {
  return [foldHead(summary), END];
}

function foldHead(summary: string): string {
  return `${BEGIN}${summary}</summary>`;
}

/** What closes the folds that these lines open and do not end; the lines stand outside every fence. */
export function closeFolds(lines: readonly string[]): string {
  const open = lines.filter((line) => line.startsWith("<details")).length;
  const closed = lines.filter((line) => line === END).length;
  return `\n${END}\n`.repeat(Math.max(0, open - closed));
}
