import { Buffer } from "node:buffer";

/** Replaces every known secret, and its common encodings, by ***. */
export interface Masker {
  add(value: string): void;
  mask(text: string): string;
  /** Whether the text contains a secret in any known form. */
  reveals(text: string): boolean;
}

/** Shorter values are masked only as they are; their encodings would hide ordinary text. */
const SHORTEST_ENCODED = 4;

export function createMasker(values: readonly string[] = []): Masker {
  let forms: readonly string[] = [];

  function add(value: string): void {
    const lines = value.split(/\r\n|\n|\r/).filter((line) => line.trim() !== "");
    const parts = lines.length > 1 ? [value.trim(), ...lines] : lines;
    const found = new Set([...forms, ...parts.flatMap((part) => formsOf(part))]);
    // Longer forms first: a secret that contains another must not leave its rest behind.
    forms = [...found].sort((left, right) => right.length - left.length);
  }

  for (const value of values) {
    add(value);
  }
  return {
    add,
    mask: (text) => forms.reduce((masked, form) => masked.replaceAll(form, "***"), text),
    reveals: (text) => forms.some((form) => text.includes(form)),
  };
}

/** The value encoders of actions/runner: as it is, JSON, URI, and base64 at each of its three offsets. */
function formsOf(value: string): readonly string[] {
  if (value.length < SHORTEST_ENCODED) {
    return [value];
  }
  const bytes = Buffer.from(value);
  const shifted = [0, 1, 2].map((skip) => {
    const whole = Math.floor((bytes.length - skip) / 3) * 3;
    return bytes.subarray(skip, skip + whole).toString("base64");
  });
  return [
    value,
    JSON.stringify(value).slice(1, -1),
    encodeURIComponent(value.toWellFormed()),
    bytes.toString("base64"),
    ...shifted.filter((form) => form.length >= 8),
  ];
}
