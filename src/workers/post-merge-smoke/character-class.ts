import { type Cursor, peek, SyntaxFault, take } from "./cursor.ts";

/** A supported regular expression, as a tree. `set` answers whether a code point belongs. */
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

export const LINE_ENDS = new Set([0x0a, 0x0d, 0x2028, 0x2029]);

export function one(wanted: number): Extract<Pattern, { readonly kind: "set" }> {
  return { kind: "set", has: (codePoint) => codePoint === wanted };
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

export function parseEscape(cursor: Cursor): Extract<Pattern, { readonly kind: "set" }> {
  const begin = cursor.at - 1;
  const letter = cursor.letters[cursor.at];
  cursor.at += 1;
  if (letter === undefined) throw new SyntaxFault("a \\ at the end", begin);
  const named = Object.hasOwn(CLASSES, letter) ? CLASSES[letter] : undefined;
  if (named !== undefined) {
    return { kind: "set", has: (codePoint) => named.test(String.fromCodePoint(codePoint)) };
  }
  if (Object.hasOwn(CONTROLS, letter)) return one(CONTROLS[letter] ?? 0);
  if (/[A-Za-z0-9]/.test(letter))
    throw new SyntaxFault(`\\${letter}, which is not supported`, begin);
  return one(letter.codePointAt(0) ?? 0);
}

export function parseClass(cursor: Cursor): Pattern {
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
  /** The code point of a single character. */
  readonly codePoint: number | undefined;
} {
  const letter = peek(cursor) ?? "";
  cursor.at += 1;
  if (letter !== "\\") {
    const codePoint = letter.codePointAt(0) ?? 0;
    return { has: (other) => other === codePoint, codePoint };
  }
  const escaped = peek(cursor) ?? "";
  const { has } = parseEscape(cursor);
  const codePoint = Object.hasOwn(CLASSES, escaped)
    ? undefined
    : (CONTROLS[escaped] ?? escaped.codePointAt(0));
  return { has, codePoint };
}
