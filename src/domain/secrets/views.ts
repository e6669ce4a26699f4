/** Readings of a text under which a secret may hide: escapes resolved, compressed parts opened, everything else dropped. */

/** Unpacks gzip or zlib bytes, cut or with other bytes behind them; undefined when they are neither. Bounded by itself. */
export type Inflate = (bytes: Uint8Array) => Uint8Array | undefined;

const encoder = new TextEncoder();
const latin1 = new TextDecoder("latin1");
/** Escapes upon escapes are resolved this often. */
const ROUNDS = 3;
/** How gzip and zlib begin in base64, with what may follow them, wrapped or not. */
const PACKED = /(?:H4sI|eJ[w-z]|eN[o-t]|eA[EF]|eF[45])[\w+/=\r\n\t -]{24,}/g;
const MOST_PACKED = 50;
const MOST_PACKED_CHARACTERS = 4_000_000;

/**
 * The text as it is, then as it reads once escapes are resolved, then what its compressed parts hold: UTF-8, in which
 * other styles of the ASCII letters (ｓｋ, 𝐬𝐤) have become those. The first has the lines of the text.
 */
export function viewsOf(text: string, inflate?: Inflate): readonly Uint8Array[] {
  const views: Uint8Array[] = [encoder.encode(plainLetters(text))];
  for (let round = 0; round < ROUNDS; round += 1) {
    const resolved = resolveEscapes(views.at(-1) ?? new Uint8Array());
    if (resolved === undefined) break;
    views.push(resolved);
  }
  if (inflate === undefined) return views;
  return [...views, ...views.flatMap((view) => unpack(view, inflate))];
}

function plainLetters(text: string): string {
  return text.replace(/[\u0080-\u{10ffff}]+/gu, (run) => run.normalize("NFKC"));
}

/** For each byte what is kept of it: a letter in lower case, a digit, or nothing. */
const KEPT = Uint8Array.from({ length: 256 }, (_, byte) => {
  const character = String.fromCharCode(byte);
  return /[A-Za-z0-9]/.test(character) ? character.toLowerCase().charCodeAt(0) : 0;
});

/** ASCII letters and digits alone, in lower case. */
export function squeeze(view: Uint8Array): Uint8Array {
  const out = new Uint8Array(view.length);
  let end = 0;
  // Written without a branch: what is dropped is overwritten by what follows.
  for (let at = 0; at < view.length; at += 1) {
    const kept = KEPT[view[at] ?? 0] ?? 0;
    out[end] = kept;
    end += kept === 0 ? 0 : 1;
  }
  return out.subarray(0, end);
}

/** The line, from 1, in which the letter or digit stands that `squeeze` puts at `position`. */
export function lineOfSqueezed(view: Uint8Array, position: number): number {
  let line = 1;
  let seen = 0;
  for (const byte of view) {
    if (byte === 10) line += 1;
    if ((KEPT[byte] ?? 0) === 0) continue;
    if (seen === position) break;
    seen += 1;
  }
  return line;
}

const LINE_FEED = 10;
const NOTHING = 0xff;
/** The value of a byte as a digit, `NOTHING` for any other byte. */
const DIGIT = Uint8Array.from({ length: 256 }, (_, byte) => {
  const value = Number.parseInt(String.fromCharCode(byte), 16);
  return Number.isNaN(value) ? NOTHING : value;
});

/** What may follow a lead: how many digits of which base, and what closes them. The longest beginning stands first. */
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
/** The notations by their first byte: what begins none costs one look. */
const LEADS: readonly (readonly Notation[] | undefined)[] = Array.from(
  { length: 256 },
  (_, byte) => {
    const own = NOTATIONS.filter(({ start }) => start.charCodeAt(0) === byte);
    return own.length === 0 ? undefined : own;
  },
);
const BREAKS = new Set(encoder.encode("abefnrtv"));
const [BACKSLASH] = encoder.encode("\\");

/** The text with `%73`, `\x73`, `\u0073`, `\u{73}`, `\163`, `\n`, `&#115;`, `&#x73;` and `0x73` resolved; undefined without any. */
function resolveEscapes(view: Uint8Array): Uint8Array | undefined {
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

/** One escape: the ASCII character that it stands for, 0 for any other, and how many bytes it takes. */
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

/** ASCII stays, full-width forms become ASCII, anything else is nothing that a secret is made of. */
function fold(code: number): number {
  if (code >= 0xff01 && code <= 0xff5e) return code - 0xfee0;
  return code < 128 ? code : 0;
}

function unpack(view: Uint8Array, inflate: Inflate): readonly Uint8Array[] {
  const found: Uint8Array[] = [];
  for (const [run] of latin1.decode(view).matchAll(PACKED)) {
    if (found.length === MOST_PACKED) break;
    const unpacked = inflate(bytesOfBase64(run.slice(0, MOST_PACKED_CHARACTERS)));
    if (unpacked !== undefined) found.push(unpacked);
  }
  return found;
}

/** The bytes that base64 of either alphabet stands for, padded or not; blanks between do not matter. */
export function bytesOfBase64(text: string): Uint8Array {
  const digits = text
    .replace(/[^A-Za-z0-9+/_-]/g, "")
    .replaceAll("-", "+")
    .replaceAll("_", "/");
  // One digit of a last group is less than a byte; two and three are bytes, whose loss would hide the end of a secret.
  const whole = digits.length % 4 === 1 ? digits.slice(0, -1) : digits;
  return Uint8Array.from(atob(whole), (one) => one.charCodeAt(0));
}
