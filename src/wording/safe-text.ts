import { showHidden, withoutHidden } from "../domain/text/hidden-text.ts";
import { closeFolds } from "./fold.ts";
import { BLOCK_START, codeSpan, isInert, SENTENCE_MARKS } from "./inert-words.ts";

/** GitHub answers 422 for an issue, comment or pull-request body longer than this, in characters. */
export const BODY_CHARACTERS = 65_536;
const INLINE_CHARACTERS = 2_000;

/**
 * A short text of others as inert inline Markdown on one line. Words of plain prose stay prose; everything else stands in
 * code spans, where GitHub neither mentions, links, closes, loads nor renders (threats OUT-01 … OUT-04, IN-02).
 * Escaping alone would not do: GitHub looks for mentions and references after Markdown is rendered.
 */
export function safeText(text: string): string {
  const parts: Part[] = [];
  const pieces = oneLine(text).split(/`([^`]*)`/u);
  for (const [index, piece] of pieces.entries()) {
    if (index % 2 === 1) parts.push({ code: true, glued: false, text: piece.trim() });
    // Code that is empty leaves nothing to be glued to: the words around it would become one.
    else parts.push(...partsOfProse(piece, (pieces[index - 1] ?? "").trim() !== ""));
  }
  return joinParts(parts.filter((part) => part.text !== ""));
}

/** As `safeText`, for a cell of a table: a bar would end the cell, even in code. */
export function safeCell(text: string): string {
  return safeText(text.replaceAll("|", "¦"));
}

interface Part {
  readonly code: boolean;
  /** It followed the code before it without a blank, as a comma does. */
  readonly glued: boolean;
  readonly text: string;
}

function partsOfProse(piece: string, afterCode: boolean): readonly Part[] {
  return piece.split(" ").flatMap((word, index): readonly Part[] => {
    const glued = afterCode && index === 0;
    if (isInert(word)) return [{ code: false, glued, text: word }];
    // The comma behind a path is the sentence's.
    const text = word.replace(SENTENCE_MARKS, "");
    const marks = word.slice(text.length);
    if (text === "" || marks === "") return [{ code: true, glued, text: word }];
    return [
      { code: true, glued, text },
      { code: false, glued: true, text: marks },
    ];
  });
}

function joinParts(parts: readonly Part[]): string {
  let out = "";
  let run: string[] = [];
  const add = (text: string, glued: boolean) => {
    out += out === "" || glued ? text : ` ${text}`;
  };
  const flush = () => {
    if (run.length > 0) add(tightCode(run.join(" ")), false);
    run = [];
  };
  for (const [index, part] of parts.entries()) {
    if (part.code || (index === 0 && BLOCK_START.test(part.text))) run.push(part.text);
    else {
      flush();
      add(part.text, part.glued);
    }
  }
  flush();
  return out;
}

/** A code span without padding where none is needed: with no backtick inside. The text has no blanks at its ends. */
function tightCode(text: string): string {
  return text.includes("`") || text === "" ? codeSpan(text) : `\`${text}\``;
}

function oneLine(text: string): string {
  const line = withoutHidden(text).replace(/\s+/gu, " ").trim();
  const letters = [...line];
  return letters.length <= INLINE_CHARACTERS
    ? line
    : `${letters.slice(0, INLINE_CHARACTERS).join("")} …`;
}

/** A commit of this repository by its digits. Plain numbers and words like `effaced` stay: they name one only by chance. */
const COMMIT = /(?<![0-9a-z])(?=[a-f]*[0-9])(?=[0-9]*[a-f])[0-9a-f]{7,}(?![0-9a-z])/giu;
/** Words with a colon that make a trailer of the line, in which GitHub and release tools believe (threats GIT-18). */
const TRAILER = /(?<![\p{L}\p{N}])(\p{L}+-by|skip-checks|release-as|change-id)(?=\s*:)/giu;

/**
 * A text of others where Markdown is not rendered: commit messages and titles. GitHub reads references and mentions there
 * as well, and `[skip ci]` in all its spellings, so they are broken by visible characters.
 */
export function safePlain(text: string): string {
  return oneLine(text)
    .replaceAll("[", "(")
    .replaceAll("]", ")")
    .replace(/\b(no|skip)_(?=ci\b)/giu, "$1 ")
    .replace(TRAILER, (words) => words.replaceAll("-", " "))
    .replace(/[#＃]\s?(?=\d)/gu, "no. ")
    .replace(/(gh)-(?=\d)/giu, "$1 ")
    .replace(/[@＠﹫]/gu, "(at)")
    .replaceAll("://", ": ")
    .replace(/(issues|pull|commit|discussions)\/(?=[0-9a-f])/giu, "$1 ")
    .replace(/www\./giu, "www ")
    .replace(COMMIT, (digits) => `${digits.slice(0, 6)}…`)
    .replace(/\s+/gu, " ");
}

/** Names that GitHub gives to accounts and teams. */
const ACCOUNT = /^[A-Za-z0-9][A-Za-z0-9_-]{0,38}(\/[A-Za-z0-9][A-Za-z0-9_-]{0,99})?$/;

/** Calls a person or team whom our own code asks, never somebody whom a text of others names. A name that is none stays inert. */
export function ownMention(name: string): string {
  return ACCOUNT.test(name) ? `@${name}` : safeText(name);
}

/** A link that our own code makes. An address with anything unusual in it is shown, not linked. */
export function ownLink(label: string, url: string): string {
  return /^https?:\/\/[A-Za-z0-9.-]+(:\d+)?(\/[A-Za-z0-9._~/#?=&%-]*)?$/u.test(url)
    ? `[${safeText(label)}](${url})`
    : tightCode(oneLine(url));
}

/**
 * A longer text of others as a fenced block; hidden characters are made visible, and nothing inside can end the fence. It
 * names no language: what GitHub draws (mermaid, math, maps) or offers to commit (suggestion) is chosen by that word.
 */
export function safeBlock(text: string): string {
  const shown = withoutLastLineBreaks(showHidden(text.replaceAll("\r\n", "\n")));
  let longest = 2;
  for (const [run] of shown.matchAll(/`+/gu)) longest = Math.max(longest, run.length);
  const fence = "`".repeat(longest + 1);
  return `${fence}\n${shown}\n${fence}`;
}

/** Counted from the end: a pattern would read each run of blank lines as often as it is long. */
function withoutLastLineBreaks(text: string): string {
  let end = text.length;
  while (text[end - 1] === "\n") end -= 1;
  return text.slice(0, end);
}

/**
 * Markdown of this room's renderers that fits: cut at a line's end, with a notice, and with an open fence and open folds
 * closed. Whatever else renderers open they keep within one line, so a cut between lines opens nothing more.
 * @param bound.characters what the place takes; an issue's or comment's body when left out
 * @param bound.whole inline Markdown of ours that says where the whole text is
 */
export function boundBody(
  markdown: string,
  bound: { readonly characters?: number; readonly whole?: string } = {},
): string {
  const { characters = BODY_CHARACTERS, whole = "" } = bound;
  if (markdown.length <= characters) return markdown;
  const notice = `\n\n_Cut: the whole text has ${markdown.length} characters, ${characters} fit here._${whole === "" ? "" : ` ${whole}`}\n`;
  const room = markdown.slice(0, characters - notice.length - LONGEST_FENCE - FOLD_ENDS - 1);
  const kept = room.slice(0, Math.max(room.lastIndexOf("\n"), 0));
  const { open, outside } = readFences(kept);
  const end = closeFolds(outside) + notice;
  if (open === undefined) return kept + end;
  return open.fence.length <= LONGEST_FENCE
    ? `${kept}\n${open.fence}${end}`
    : kept.slice(0, open.at) + end;
}

/** What is kept free to close a fence; a longer one is left out with what it holds. */
const LONGEST_FENCE = 200;
/** What is kept free to close folds: renderers open at most two, one in the other. */
const FOLD_ENDS = 40;

interface Fences {
  readonly open: { readonly fence: string; readonly at: number } | undefined;
  /** Lines that stand in no fence. */
  readonly outside: readonly string[];
}

function readFences(markdown: string): Fences {
  let open: { readonly fence: string; readonly at: number } | undefined;
  let at = 0;
  const outside: string[] = [];
  for (const line of markdown.split("\n")) {
    if (open === undefined) outside.push(line);
    const fence = /^ {0,3}(`{3,})/u.exec(line)?.[1];
    if (fence !== undefined && open === undefined) open = { fence, at };
    else if (
      fence !== undefined &&
      fence.length >= (open?.fence.length ?? 0) &&
      /^ *`+\s*$/u.test(line)
    )
      open = undefined;
    at += line.length + 1;
  }
  return { open, outside };
}
