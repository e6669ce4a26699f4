import { stripVTControlCharacters } from "node:util";

/** Less than this is no place for sentences: a terminal breaks its lines itself (characters). */
const LEAST = 30;
/** At most this share of a line may stay empty below a column. */
const MOST_HANG = 0.5;

/** Blanks, then one word; what stands between backticks is one word, because somebody copies it. */
const WORDS = /( *)((?:`[^`]*`|[^ `]|`)+)/gu;
/** What begins a point of a list: a mark such as ✓, – or →, or a number. */
const MARK = /^ *(?:[^\p{L}\p{N}\s`'"“(<[/.~$-] +|[0-9]+\. )?/u;
/** Two blanks stand between the columns of a line, and nowhere else. */
const GAP = /\S {2,}(?=\S)/u;
/** Characters that take two places, and those that take none, in a terminal (Unicode TR 11, in brief). */
const WIDE =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\p{Emoji_Presentation}\u3000-\u303f\uff01-\uff60]/gu;
const NO_PLACE = /[\p{Mn}\p{Me}\p{Cf}]/gu;

/**
 * Breaks a text between words, so that no line is longer than `width` places unless one word is. Colors take no place,
 * and a command between backticks is never broken. @param width of the terminal; undefined if there is none, and nothing
 * is broken for a program that reads @param hang blanks before each line after the first; by default the text continues
 * below where its words or its second column began
 */
export function wrapWords(
  text: string,
  width: number | undefined,
  hang = hangOf(text, width),
): string {
  if (width === undefined || width < LEAST || placesOf(text) <= width) return text;
  const lines: string[] = [];
  let line = "";
  let used = 0;
  for (const [, blanks = "", word = ""] of text.matchAll(WORDS)) {
    const places = placesOf(word);
    const begins = line === "" || line.trim() === "";
    if (!begins && used + blanks.length + places > width) {
      lines.push(line);
      line = " ".repeat(hang);
      used = hang;
    } else {
      line += blanks;
      used += blanks.length;
    }
    line += word;
    used += places;
  }
  return [...lines, line].join("\n");
}

/** Where a line goes on: below its second column if that leaves room, else below its first word. */
function hangOf(text: string, width: number | undefined): number {
  const plain = stripVTControlCharacters(text);
  const [lead = ""] = MARK.exec(plain) ?? [];
  const column = GAP.exec(plain.slice(lead.length));
  if (column === null || width === undefined) return lead.length;
  const below = lead.length + column.index + column[0].length;
  return below <= width * MOST_HANG ? below : lead.length + 2;
}

/** How many places of a line a text takes. */
export function placesOf(text: string): number {
  const plain = stripVTControlCharacters(text).replace(NO_PLACE, "");
  return [...plain].length + (plain.match(WIDE)?.length ?? 0);
}
