import { encoder, type Form, formsOf, squeezeAscii } from "./written-forms.ts";

/**
 * Forms in which a known secret may leak: as it is, reversed, in another alphabet, or two of these combined (threats
 * OUT-05, I2). All are compared squeezed: letters and digits only, in lower case, so that separators, quotes, line
 * breaks and invisible characters inside a secret hide nothing.
 */

/** Consecutive letters and digits of a piece that count as found; for a form, multiplied by its length ratio. */
const WINDOW = 12;

/** Distance between lookups in a text, in characters. A piece of `WINDOW + STEP - 1` or more contains one of them. */
const STEP = 5;

const GRAM = 8;

/** A value with fewer letters and digits cannot be distinguished from ordinary text. */
export const LEAST_SECRET = WINDOW;

/** A value that must not leak. Refusals use its `name` instead, like `ANTHROPIC_API_KEY`. */
export interface KnownSecret {
  readonly name: string;
  readonly value: string;
}

export interface FoundSecret {
  readonly name: string;
  /** Like `base64 of reversed`. */
  readonly form: string;
  /** Where it begins in the squeezed text. */
  readonly at: number;
}

/** Finds all secrets in one pass over a squeezed text, in a time independent of their number. */
export type SecretIndex = (squeezed: Uint8Array) => FoundSecret | undefined;

/** The public part of a secret: `sk-ant-api03-`, `ghs_`; and of a three-part token all but the signature. */
const PUBLIC_BEGINNING = /^.*eyJ[\w-]*\.[\w-]*\.|^(?:[A-Za-z]{2,10}\d{0,2}[-_]){1,4}/s;

/** Runs of one case as long as a window are probably words. */
const WORDS = /(?:[a-z][-_. ]?){12,}|(?:[A-Z][-_. ]?){12,}/;

/**
 * Random pieces of a secret, of which a part is as good as the whole. A value made of words counts only whole, because
 * its words occur in ordinary text.
 */
function randomPieces(value: string): readonly string[] {
  const body = value.replace(PUBLIC_BEGINNING, "");
  return body.split(WORDS).filter((piece) => {
    const core = piece.replace(/[^A-Za-z0-9]/g, "");
    const changes = [...core].filter(
      (one, index) => index > 0 && kind(one) !== kind(core[index - 1]),
    );
    // A UUID of many digits changes case seldom, and no words contain so many digits.
    const digits = core.replace(/\D/g, "").length;
    return core.length >= WINDOW && (changes.length >= core.length / 5 || digits >= WINDOW);
  });
}

function kind(character: string | undefined): number {
  if (character === undefined) return 0;
  return character <= "9" ? 1 : character <= "Z" ? 2 : 3;
}

/** A stretch of a form that counts as found if a text contains it; `at` lists the bytes to look up. */
interface Stretch {
  readonly name: string;
  readonly form: string;
  readonly bytes: Uint8Array;
  readonly from: number;
  readonly to: number;
  readonly at: number;
}

/** Prepares the search. Values too short to be distinguished from ordinary text are left out. */
export function indexSecrets(secrets: readonly KnownSecret[]): SecretIndex {
  const stretches = new Map<number, Stretch[]>();
  const marks = new Uint8Array(MARKS);
  const add = (stretch: Stretch) => {
    const gram = gramAt(stretch.bytes, stretch.at);
    marks[gram & (MARKS - 1)] = 1;
    const known = stretches.get(gram);
    if (known === undefined) stretches.set(gram, [stretch]);
    else known.push(stretch);
  };
  for (const { name, value } of secrets) {
    if (squeezeAscii(value).length < LEAST_SECRET) continue;
    const pieces = randomPieces(value);
    for (const form of pieces.flatMap(formsOf)) addWindows(add, name, form);
    if (pieces.length > 0) continue;
    for (const form of formsOf(value)) addWhole(add, name, form);
  }
  return (squeezed) => search({ stretches, marks }, squeezed);
}

type Add = (stretch: Stretch) => void;

function addWhole(add: Add, name: string, form: Form): void {
  const bytes = encoder.encode(form.text);
  for (let at = 0; at < STEP && at + GRAM <= bytes.length; at += 1) {
    add({ name, form: form.name, bytes, from: 0, to: bytes.length, at });
  }
}

function addWindows(add: Add, name: string, form: Form): void {
  const bytes = encoder.encode(form.text);
  const length = Math.ceil(WINDOW * form.ratio);
  for (let from = 0; from + length <= bytes.length; from += 1) {
    add({ name, form: form.name, bytes, from, to: from + length, at: from });
  }
}

/** Size of the table that quickly excludes nearly every place of a text; a power of two. */
const MARKS = 1 << 20;

/** A hash of the eight bytes at a place. Collisions are resolved by comparing. */
function gramAt(bytes: Uint8Array, place: number): number {
  let hash = 0;
  for (let at = place; at < place + GRAM; at += 1) {
    hash = Math.imul(hash, 0x01000193) ^ (bytes[at] ?? 0);
  }
  return Math.imul(hash ^ (hash >>> 15), 0x2c1b3c6d) >>> 0;
}

function search(
  index: {
    readonly stretches: ReadonlyMap<number, readonly Stretch[]>;
    readonly marks: Uint8Array;
  },
  squeezed: Uint8Array,
): FoundSecret | undefined {
  for (let place = 0; place + GRAM <= squeezed.length; place += STEP) {
    const gram = gramAt(squeezed, place);
    if (index.marks[gram & (MARKS - 1)] === 0) continue;
    const found = index.stretches.get(gram)?.find((stretch) => stands(stretch, squeezed, place));
    if (found === undefined) continue;
    return { name: found.name, form: found.form, at: place - found.at + found.from };
  }
  return undefined;
}

function stands({ bytes, from, to, at }: Stretch, squeezed: Uint8Array, place: number): boolean {
  const shift = place - at;
  if (shift + from < 0 || shift + to > squeezed.length) return false;
  for (let here = from; here < to; here += 1) {
    if (bytes[here] !== squeezed[shift + here]) return false;
  }
  return true;
}
