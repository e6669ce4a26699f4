export interface Form {
  readonly name: string;
  readonly text: string;
  /** Characters of the form for each one of the secret. */
  readonly ratio: number;
}

export const encoder = new TextEncoder();

const LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ";

const ALPHABETS = {
  "hex digits": "0123456789abcdef",
  "upper-case hex digits": "0123456789ABCDEF",
  base32: `${LETTERS}234567`,
  base64: `${LETTERS}${LETTERS.toLowerCase()}0123456789+/`,
  "base64 for URLs": `${LETTERS}${LETTERS.toLowerCase()}0123456789-_`,
} as const;

/**
 * The digits of a text's bytes in an alphabet of 2^n characters, wherever the text is in the encoded data: one reading
 * for each alignment of bytes and digits, without the digits shared with neighbors.
 */
function inAlphabet(name: keyof typeof ALPHABETS): (text: string) => readonly Form[] {
  const alphabet = ALPHABETS[name];
  const bits = Math.log2(alphabet.length);
  const skips = [...new Set([0, 1, 2, 3, 4].map((bytes) => (bytes * (bits - (8 % bits))) % bits))];
  return (text) => {
    const bytes = encoder.encode(text);
    return skips.map((skip) => {
      let digits = "";
      for (let at = skip; at + bits <= bytes.length * 8; at += bits) {
        digits += alphabet[bitsAt(bytes, at, bits)] ?? "";
      }
      return { name, text: digits, ratio: 8 / bits };
    });
  };
}

function bitsAt(bytes: Uint8Array, at: number, bits: number): number {
  const first = at >> 3;
  const word = ((bytes[first] ?? 0) << 8) | (bytes[first + 1] ?? 0);
  return (word >> (16 - bits - (at & 7))) & ((1 << bits) - 1);
}

function rotate(text: string): string {
  return text.replace(/[a-z]/gi, (letter) => {
    const first = letter <= "Z" ? 65 : 97;
    return String.fromCharCode(((letter.charCodeAt(0) - first + 13) % 26) + first);
  });
}

type Shape = (text: string) => readonly Form[];

const plain: Shape = (text) => [{ name: "", text, ratio: 1 }];

const reversed: Shape = (text) => [
  { name: "reversed", text: [...text].reverse().join(""), ratio: 1 },
];

const rotated: Shape = (text) => [{ name: "rot13", text: rotate(text), ratio: 1 }];

const decimal: Shape = (text) => [
  { name: "character codes", text: [...encoder.encode(text)].join(","), ratio: 2.5 },
];

/** Forms that may be encoded once more; only then do the case of hex digits and the last two characters of base64 matter. */
const INNER: readonly Shape[] = [
  plain,
  reversed,
  rotated,
  inAlphabet("hex digits"),
  inAlphabet("upper-case hex digits"),
  inAlphabet("base64"),
  inAlphabet("base64 for URLs"),
];

const OUTER: readonly Shape[] = [
  plain,
  reversed,
  rotated,
  inAlphabet("hex digits"),
  inAlphabet("base64"),
];

/** Not combined with others: that takes a program, which could as well use an unknown form. */
const ALONE: readonly Shape[] = [inAlphabet("base32"), decimal];

/** Every form of a text, squeezed, each once. */
export function formsOf(value: string): readonly Form[] {
  const forms = new Map<string, Form>();
  const add = (outer: Form, inner: Pick<Form, "name" | "ratio">) => {
    const text = squeezeAscii(outer.text);
    const name = [outer.name, inner.name].filter((part) => part !== "").join(" of ");
    if (!forms.has(text)) forms.set(text, { name, text, ratio: inner.ratio * outer.ratio });
  };
  for (const inner of INNER.flatMap((shape) => shape(value))) {
    for (const outer of OUTER.flatMap((shape) => shape(inner.text))) add(outer, inner);
  }
  for (const form of ALONE.flatMap((shape) => shape(value))) add(form, { name: "", ratio: 1 });
  return [...forms.values()];
}

export function squeezeAscii(text: string): string {
  return text.replace(/[^A-Za-z0-9]/g, "").toLowerCase();
}
