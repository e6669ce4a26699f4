/** A regular expression of the supported part, as a tree. `set` answers whether a code point belongs. */
export type Pattern =
  | { readonly kind: "set"; readonly has: (codePoint: number) => boolean }
  | { readonly kind: "start" | "end" }
  | { readonly kind: "sequence" | "choice"; readonly of: readonly Pattern[] }
  | {
      readonly kind: "repeat";
      readonly of: Pattern;
      readonly least: number;
      readonly most: number;
    };

/** What was not understood, and where (in characters from the start). */
export interface PatternFault {
  readonly fault: string;
  readonly at: number;
}

/** Thrown inside the parser only: a recursive descent that every level would have to unwind by hand otherwise. */
class SyntaxFault extends Error {
  readonly at: number;
  constructor(message: string, at: number) {
    super(message);
    this.at = at;
  }
}

interface Cursor {
  readonly letters: readonly string[];
  at: number;
}

const MAXIMUM_REPEAT = 200;
const MAXIMUM_DEPTH = 20;

/**
 * Parses the part of JavaScript's regular expressions that can be matched in linear time: characters, `.`, classes,
 * `\d \w \s` and their opposites, groups, `|`, `* + ? {n,m}` (lazy ones too: only whether it matches is asked), `^ $`.
 * References back, look-arounds and word boundaries are faults.
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

function peek(cursor: Cursor): string | undefined {
  return cursor.letters[cursor.at];
}

function take(cursor: Cursor, letter: string): boolean {
  if (peek(cursor) !== letter) return false;
  cursor.at += 1;
  return true;
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
  if (/^[*+?]$/.test(peek(cursor) ?? "")) throw new SyntaxFault("nothing to repeat", cursor.at);
  return { kind: "repeat", of, ...bounds };
}

function parseBounds(
  cursor: Cursor,
): { readonly least: number; readonly most: number } | undefined {
  if (take(cursor, "*")) return { least: 0, most: Number.POSITIVE_INFINITY };
  if (take(cursor, "+")) return { least: 1, most: Number.POSITIVE_INFINITY };
  if (take(cursor, "?")) return { least: 0, most: 1 };
  const rest = cursor.letters.slice(cursor.at, cursor.at + 12).join("");
  const braces = /^\{(\d{1,4})(,(\d{0,4}))?\}/.exec(rest);
  if (braces === null) return undefined;
  const least = Number(braces[1]);
  const unbounded = braces[2] !== undefined && braces[3] === "";
  const most = unbounded ? Number.POSITIVE_INFINITY : Number(braces[3] ?? braces[1]);
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

const LINE_ENDS = new Set([0x0a, 0x0d, 0x2028, 0x2029]);

function one(wanted: number): Pattern {
  return { kind: "set", has: (codePoint) => codePoint === wanted };
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

const CLASSES: Readonly<Record<string, RegExp>> = {
  d: /^\d$/u,
  D: /^\D$/u,
  w: /^\w$/u,
  W: /^\W$/u,
  s: /^\s$/u,
  S: /^\S$/u,
};
const CONTROLS: Readonly<Record<string, number>> = { n: 10, r: 13, t: 9, f: 12, v: 11 };

function parseEscape(cursor: Cursor): Pattern {
  const begin = cursor.at - 1;
  const letter = cursor.letters[cursor.at];
  cursor.at += 1;
  if (letter === undefined) throw new SyntaxFault("a \\ at the end", begin);
  const named = Object.hasOwn(CLASSES, letter) ? CLASSES[letter] : undefined;
  if (named !== undefined) {
    return { kind: "set", has: (codePoint) => named.test(String.fromCodePoint(codePoint)) };
  }
  if (Object.hasOwn(CONTROLS, letter)) return one(CONTROLS[letter] ?? 0);
  if (/^[A-Za-z0-9]$/.test(letter))
    throw new SyntaxFault(`\\${letter}, which is not supported`, begin);
  return one(letter.codePointAt(0) ?? 0);
}

function parseClass(cursor: Cursor): Pattern {
  const begin = cursor.at - 1;
  const negated = take(cursor, "^");
  const members: ((codePoint: number) => boolean)[] = [];
  while (!take(cursor, "]")) {
    if (peek(cursor) === undefined) throw new SyntaxFault("a [ without its ]", begin);
    members.push(parseMember(cursor));
  }
  return { kind: "set", has: (codePoint) => members.some((has) => has(codePoint)) !== negated };
}

function parseMember(cursor: Cursor): (codePoint: number) => boolean {
  const begin = cursor.at;
  const from = parseMemberAtom(cursor);
  const ranged = peek(cursor) === "-" && cursor.letters[cursor.at + 1] !== "]";
  if (!ranged) return from.has;
  cursor.at += 1;
  if (peek(cursor) === undefined) throw new SyntaxFault("a [ without its ]", begin);
  const to = parseMemberAtom(cursor);
  const { codePoint: low } = from;
  const { codePoint: high } = to;
  if (low === undefined || high === undefined || high < low) {
    throw new SyntaxFault("a range in the wrong order", begin);
  }
  return (codePoint) => codePoint >= low && codePoint <= high;
}

function parseMemberAtom(cursor: Cursor): {
  readonly has: (codePoint: number) => boolean;
  /** Of a single character. */
  readonly codePoint: number | undefined;
} {
  const letter = peek(cursor) ?? "";
  cursor.at += 1;
  if (letter !== "\\") {
    const codePoint = letter.codePointAt(0) ?? 0;
    return { has: (other) => other === codePoint, codePoint };
  }
  const escaped = peek(cursor) ?? "";
  const pattern = parseEscape(cursor);
  if (pattern.kind !== "set") throw new SyntaxFault("an anchor in a class", cursor.at);
  const codePoint = Object.hasOwn(CLASSES, escaped)
    ? undefined
    : (CONTROLS[escaped] ?? escaped.codePointAt(0));
  return { has: pattern.has, codePoint };
}
