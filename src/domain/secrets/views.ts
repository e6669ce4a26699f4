import { encoder, resolveEscapes } from "./escapes.ts";

/** Readings of a text under which a secret may hide: escapes resolved, compressed parts opened, everything else dropped. */

/** Unpacks gzip or zlib bytes, cut or with other bytes behind them; undefined when they are neither. Bounded by itself. */
export type Inflate = (bytes: Uint8Array) => Uint8Array | undefined;

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

/**
 * Each character for itself: what follows it cannot take a letter away, and a run of combining marks, which Unicode sorts
 * in quadratic time, costs no more than any other text.
 */
function plainLetters(text: string): string {
  return text.replace(/[\u0080-\u{10ffff}]/gu, (letter) => {
    let plain = PLAIN.get(letter);
    if (plain === undefined) {
      plain = letter.normalize("NFKC");
      PLAIN.set(letter, plain);
    }
    return plain;
  });
}

const PLAIN = new Map<string, string>();

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
