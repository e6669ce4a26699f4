export const encoder = new TextEncoder();

const LINE_FEED = 10;

const NOTHING = 0xff;

/** The value of a byte as a digit; `NOTHING` for any other byte. */
const DIGIT = Uint8Array.from({ length: 256 }, (_, byte) => {
  const value = Number.parseInt(String.fromCharCode(byte), 16);
  return Number.isNaN(value) ? NOTHING : value;
});

/** What may follow the lead of an escape: how many digits of which base, and what ends them. The longest lead comes first. */
interface Notation {
  readonly start: string;
  readonly base: 8 | 10 | 16;
  readonly least: number;
  readonly most: number;
  readonly end?: string;
}

const NOTATIONS: readonly Notation[] = [
  { start: "%", base: 16, least: 2, most: 2 },
  { start: "\\u{", base: 16, least: 1, most: 6, end: "}" },
  { start: "\\u", base: 16, least: 4, most: 4 },
  { start: "\\x", base: 16, least: 2, most: 2 },
  { start: "0x", base: 16, least: 2, most: 2 },
  { start: "0X", base: 16, least: 2, most: 2 },
  { start: "&#x", base: 16, least: 1, most: 6, end: ";" },
  { start: "&#X", base: 16, least: 1, most: 6, end: ";" },
  { start: "&#", base: 10, least: 1, most: 7, end: ";" },
  { start: "\\", base: 8, least: 3, most: 3 },
];

/** Notations by their first byte, so that any other byte costs one lookup. */
const LEADS: readonly (readonly Notation[] | undefined)[] = Array.from(
  { length: 256 },
  (_, byte) => {
    const own = NOTATIONS.filter(({ start }) => start.charCodeAt(0) === byte);
    return own.length === 0 ? undefined : own;
  },
);

const BREAKS = new Set(encoder.encode("abefnrtv"));

const [BACKSLASH] = encoder.encode("\\");

/** The text with `%73`, `\x73`, `\u0073`, `\u{73}`, `\163`, `\n`, `&#115;`, `&#x73;` and `0x73` resolved; undefined if there are none. */
export function resolveEscapes(view: Uint8Array): Uint8Array | undefined {
  const out = new Uint8Array(view.length);
  let end = 0;
  let at = 0;
  while (at < view.length) {
    const byte = view[at] ?? 0;
    const notations = LEADS[byte];
    const escaped = notations === undefined ? undefined : readEscape(view, at, notations);
    out[end] = escaped?.byte ?? byte;
    end += 1;
    at += escaped?.length ?? 1;
  }
  return end === view.length ? undefined : out.subarray(0, end);
}

/** One escape: its ASCII character, 0 for any other, and its length in bytes. */
interface Escape {
  readonly byte: number;
  readonly length: number;
}

function readEscape(
  view: Uint8Array,
  at: number,
  notations: readonly Notation[],
): Escape | undefined {
  if (view[at] === BACKSLASH && BREAKS.has(view[at + 1] ?? 0))
    return { byte: LINE_FEED, length: 2 };
  for (const notation of notations) {
    const escaped = readNotation(view, at, notation);
    if (escaped !== undefined) return escaped;
  }
  return undefined;
}

function readNotation(view: Uint8Array, at: number, notation: Notation): Escape | undefined {
  const { start, base, least, most, end } = notation;
  for (let index = 1; index < start.length; index += 1) {
    if (view[at + index] !== start.charCodeAt(index)) return undefined;
  }
  let code = 0;
  let count = 0;
  for (; count < most; count += 1) {
    const digit = DIGIT[view[at + start.length + count] ?? 0] ?? NOTHING;
    if (digit >= base) break;
    code = code * base + digit;
  }
  if (count < least) return undefined;
  const length = start.length + count;
  const closed = end !== undefined && view[at + length] === end.charCodeAt(0);
  return { byte: fold(code), length: closed ? length + 1 : length };
}

/** ASCII stays, full-width forms become ASCII, and anything else cannot be part of a secret. */
function fold(code: number): number {
  if (code >= 0xff01 && code <= 0xff5e) return code - 0xfee0;
  return code < 128 ? code : 0;
}
