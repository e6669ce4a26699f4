import { encoder, resolveEscapes } from "./escapes.ts";

/** Readings of a text in which a secret may hide: escapes resolved, compressed parts opened, everything else dropped. */

/** Unpacks gzip or zlib bytes, even truncated or with trailing bytes; undefined if they are neither. Limits its output itself. */
export type Inflate = (bytes: Uint8Array) => Uint8Array | undefined;

const latin1 = new TextDecoder("latin1");

/** How often nested escapes are resolved. */
const ROUNDS = 3;

/** How gzip and zlib begin in base64, with what may follow, wrapped or not. */
const PACKED = /(?:H4sI|eJ[w-z]|eN[o-t]|eA[EF]|eF[45])[\w+/=\r\n\t -]{24,}/g;

const MOST_PACKED = 50;

const MOST_PACKED_CHARACTERS = 4_000_000;

/**
 * The text as it is, then with escapes resolved, then its decompressed parts: UTF-8, with other styles of ASCII letters
 * (ｓｋ, 𝐬𝐤) converted. The first has the lines of the text.
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
 * Normalizes each character alone, so that a following one cannot remove a letter, and a run of combining marks, which
 * Unicode sorts in quadratic time, costs no more than other text.
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

/** The kept form of each byte: a lower-case letter, a digit, or nothing. */
const KEPT = Uint8Array.from({ length: 256 }, (_, byte) => {
  const character = String.fromCharCode(byte);
  return /[A-Za-z0-9]/.test(character) ? character.toLowerCase().charCodeAt(0) : 0;
});

/** Keeps only ASCII letters and digits, in lower case. */
export function squeeze(view: Uint8Array): Uint8Array {
  const out = new Uint8Array(view.length);
  let end = 0;
  // Written without a branch: a dropped byte is overwritten by the next.
  for (let at = 0; at < view.length; at += 1) {
    const kept = KEPT[view[at] ?? 0] ?? 0;
    out[end] = kept;
    end += kept === 0 ? 0 : 1;
  }
  return out.subarray(0, end);
}

/** The line, from 1, of the letter or digit that `squeeze` puts at `position`. */
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

/** Decodes base64 of either alphabet, padded or not; blanks inside do not matter. */
export function bytesOfBase64(text: string): Uint8Array {
  const digits = text
    .replace(/[^A-Za-z0-9+/_-]/g, "")
    .replaceAll("-", "+")
    .replaceAll("_", "/");
  // One digit of a last group is less than a byte. Two and three are bytes, whose loss would hide the end of a secret.
  const whole = digits.length % 4 === 1 ? digits.slice(0, -1) : digits;
  return Uint8Array.from(atob(whole), (one) => one.charCodeAt(0));
}
