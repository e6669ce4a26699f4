import { BLOCK_START, codeSpan, isInert, SENTENCE_MARKS } from "./inert-words.ts";

/**
 * A value of a contract as inline Markdown that people read as prose and the machine reads back: readText(renderText(text))
 * = text. Words that GitHub could mention, link or render stand in code spans with a fence of two or more backticks; code that
 * the text itself marks keeps its single ones. So both look alike, and nothing is lost (threats OUT-01 … OUT-04).
 *
 * @param text one visible line without blanks at its ends
 */
export function renderText(text: string): string {
  const pieces = text.split(CODE);
  const rendered = pieces
    .map((piece, index) => (index % 2 === 1 ? piece : renderProse(piece, index === 0)))
    .join("");
  // Code beside code would become one: then nothing of it is prose.
  return readText(rendered) === text ? rendered : wholeCode(text);
}

/** Code as people mark it: one backtick at each side, no blank inside them at the ends. */
const CODE = /(?<!`)(`[^` ](?:[^`]*[^` ])?`)(?!`)/u;

/** The longest that a value of a contract can be rendered to; more is not read. */
const LONGEST = 8_000;

/** The text of `renderText`; undefined where it cannot be one. */
export function readText(markdown: string): string | undefined {
  if (markdown.length > LONGEST) return undefined;
  let text = "";
  let at = 0;
  while (at < markdown.length) {
    const fence = /`+/gy;
    fence.lastIndex = at;
    const open = fence.exec(markdown)?.[0] ?? "";
    if (open === "") {
      text += markdown[at];
      at += 1;
      continue;
    }
    const end = closing(markdown, { open, from: at + open.length });
    if (end === undefined) return undefined;
    const inside = markdown.slice(at + open.length, end);
    const read = open.length === 1 ? `\`${inside}\`` : withoutPadding(inside);
    if (read === undefined) return undefined;
    text += read;
    at = end + open.length;
  }
  return text;
}

/** Where the next run of exactly as many backticks begins. */
function closing(
  markdown: string,
  { open, from }: { readonly open: string; readonly from: number },
): number | undefined {
  const runs = /`+/g;
  runs.lastIndex = from;
  for (let run = runs.exec(markdown); run !== null; run = runs.exec(markdown)) {
    if (run[0] === open) return run.index;
  }
  return undefined;
}

function withoutPadding(inside: string): string | undefined {
  const isPadded = inside.length > 2 && inside.startsWith(" ") && inside.endsWith(" ");
  return isPadded ? inside.slice(1, -1) : undefined;
}

/** A fence of two tells it from code that the text itself marks. */
function wholeCode(text: string): string {
  return codeSpan(text, 2);
}

/** Neighbors that are not prose share a span, with the blanks between them. */
function renderProse(piece: string, isFirst: boolean): string {
  const words = piece.split(" ");
  let out = "";
  let run: string[] = [];
  const flush = () => {
    if (run.length === 0) return;
    out += spanOf(run.join(" "));
    run = [];
  };
  for (const [index, word] of words.entries()) {
    const isPlain = isPlainAt(word, { index, words, isFirst });
    if (isPlain) flush();
    if (index > 0 && run.length === 0) out += " ";
    if (isPlain) out += word;
    else run.push(word);
  }
  flush();
  return out;
}

/** A blank at the end of a piece belongs to the code beside it; one within shows only in code that there are two. */
function isPlainAt(
  word: string,
  at: { readonly index: number; readonly words: readonly string[]; readonly isFirst: boolean },
): boolean {
  const { index, words, isFirst } = at;
  if (word === "") return index === 0 || index === words.length - 1;
  if (isFirst && index === 0 && BLOCK_START.test(word)) return false;
  return isInert(word);
}

/** The comma behind a path is the sentence's. */
function spanOf(text: string): string {
  const inner = text.replace(SENTENCE_MARKS, "");
  return inner === "" || inner.endsWith(" ")
    ? wholeCode(text)
    : `${wholeCode(inner)}${text.slice(inner.length)}`;
}
