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

/** A text of our renderers, taken apart at its folds. */
export type Piece =
  | { readonly text: string }
  | { readonly summary: string; readonly isOpen: boolean; readonly pieces: readonly Piece[] };

const HEAD = /^<details( open)?><summary>(?:<b>)?(.*?)(?:<\/b>)?<\/summary>$/u;
const FENCE = /^ {0,3}(`{3,})/u;

/** The folds of Markdown that our renderers wrote, however deep. Content of a fence is text; one that is not ended ends with the text. */
export function piecesOf(markdown: string): readonly Piece[] {
  const top: Piece[] = [];
  const open: { pieces: Piece[]; lines: string[] }[] = [{ pieces: top, lines: [] }];
  let fence: string | undefined;
  const flush = (place: { pieces: Piece[]; lines: string[] } | undefined) => {
    const text = place?.lines.splice(0).join("\n").trim() ?? "";
    if (text !== "") place?.pieces.push({ text });
  };
  for (const line of markdown.split("\n")) {
    const place = open.at(-1);
    const head = fence === undefined ? HEAD.exec(line) : null;
    if (head !== null) {
      flush(place);
      const pieces: Piece[] = [];
      const isOpen = head[1] !== undefined;
      place?.pieces.push({ summary: head[2] ?? "", isOpen, pieces });
      open.push({ pieces, lines: [] });
    } else if (fence === undefined && line === END && open.length > 1) {
      flush(open.pop());
    } else {
      fence = fenceAfter(line, fence);
      place?.lines.push(line);
    }
  }
  for (const place of open) flush(place);
  return top;
}

/** The fence in which the next line stands; undefined: in none. */
function fenceAfter(line: string, fence: string | undefined): string | undefined {
  const found = FENCE.exec(line)?.[1];
  if (found === undefined) return fence;
  if (fence === undefined) return found;
  const ends = found.length >= fence.length && line.trim() === found;
  return ends ? undefined : fence;
}
