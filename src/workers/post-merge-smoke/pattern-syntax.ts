import { LINE_ENDS, one, type Pattern, parseClass, parseEscape } from "./character-class.ts";
import { type Cursor, peek, SyntaxFault, take } from "./cursor.ts";

/** The part that was not understood, and its position (in characters from the start). */
export interface PatternFault {
  readonly fault: string;
  readonly at: number;
}

const MAXIMUM_REPEAT = 200;

const MAXIMUM_DEPTH = 20;

/**
 * Parses the part of JavaScript's regular expressions that can be matched in linear time: characters, `.`, classes, `\d
 * \w \s` and their opposites, groups, `|`, `* + ? {n,m}` (lazy ones too, because only a match matters), `^ $`. Back
 * references, look-arounds and word boundaries are faults.
 */
export function parsePattern(text: string): Pattern | PatternFault {
  const cursor: Cursor = { letters: [...text], at: 0 };
  try {
    const pattern = parseChoice(cursor, 0);
    if (cursor.at < cursor.letters.length) throw new SyntaxFault("a ) without its (", cursor.at);
    return pattern;
  } catch (error) {
    if (error instanceof SyntaxFault) return { fault: error.message, at: error.at };
    throw error;
  }
}

function parseChoice(cursor: Cursor, depth: number): Pattern {
  if (depth > MAXIMUM_DEPTH)
    throw new SyntaxFault(`more than ${MAXIMUM_DEPTH} nested groups`, cursor.at);
  const branches = [parseSequence(cursor, depth)];
  while (take(cursor, "|")) branches.push(parseSequence(cursor, depth));
  return { kind: "choice", of: branches };
}

function parseSequence(cursor: Cursor, depth: number): Pattern {
  const parts: Pattern[] = [];
  for (
    let next = peek(cursor);
    next !== undefined && next !== "|" && next !== ")";
    next = peek(cursor)
  ) {
    parts.push(parseQuantified(cursor, depth));
  }
  return { kind: "sequence", of: parts };
}

function parseQuantified(cursor: Cursor, depth: number): Pattern {
  const of = parseAtom(cursor, depth);
  const bounds = parseBounds(cursor);
  if (bounds === undefined) return of;
  if (of.kind === "start" || of.kind === "end")
    throw new SyntaxFault("a repeated anchor", cursor.at);
  take(cursor, "?");
  return { kind: "repeat", of, ...bounds };
}

function parseBounds(
  cursor: Cursor,
): { readonly least: number; readonly most: number } | undefined {
  if (take(cursor, "*")) return { least: 0, most: Number.POSITIVE_INFINITY };
  if (take(cursor, "+")) return { least: 1, most: Number.POSITIVE_INFINITY };
  if (take(cursor, "?")) return { least: 0, most: 1 };
  const rest = cursor.letters.slice(cursor.at, cursor.at + 12).join("");
  const braces = /^\{(\d{1,4})(?:,(\d{0,4}))?\}/.exec(rest);
  if (braces === null) return undefined;
  const least = Number(braces[1]);
  const unbounded = braces[2] === "";
  const most = unbounded ? Number.POSITIVE_INFINITY : Number(braces[2] ?? braces[1]);
  if (Math.max(least, unbounded ? 0 : most) > MAXIMUM_REPEAT) {
    throw new SyntaxFault(`more than ${MAXIMUM_REPEAT} repetitions`, cursor.at);
  }
  if (most < least) throw new SyntaxFault("repetitions in the wrong order", cursor.at);
  cursor.at += braces[0].length;
  return { least, most };
}

function parseAtom(cursor: Cursor, depth: number): Pattern {
  const begin = cursor.at;
  const letter = cursor.letters[begin] ?? "";
  cursor.at += 1;
  switch (letter) {
    case "^":
      return { kind: "start" };
    case "$":
      return { kind: "end" };
    case ".":
      return { kind: "set", has: (codePoint) => !LINE_ENDS.has(codePoint) };
    case "(":
      return parseGroup(cursor, depth);
    case "[":
      return parseClass(cursor);
    case "\\":
      return parseEscape(cursor);
    case "*":
    case "+":
    case "?":
      throw new SyntaxFault("nothing to repeat", begin);
    default:
      return one(letter.codePointAt(0) ?? 0);
  }
}

function parseGroup(cursor: Cursor, depth: number): Pattern {
  const begin = cursor.at;
  if (take(cursor, "?") && !take(cursor, ":")) {
    throw new SyntaxFault("a look-around or a named group, which are not supported", begin);
  }
  const inside = parseChoice(cursor, depth + 1);
  if (!take(cursor, ")")) throw new SyntaxFault("a ( without its )", begin - 1);
  return inside;
}
