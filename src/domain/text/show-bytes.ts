/** Whether all bytes are valid UTF-8. */
export function isUtf8Text(bytes: Uint8Array): boolean {
  return decoded(bytes) !== undefined;
}

/**
 * Bytes as text without loss: bytes that are no UTF-8 become `\x{fc}`, because a replacement character would make them
 * all look alike.
 */
export function showBytes(bytes: Uint8Array): string {
  const whole = decoded(bytes);
  // Stryker disable next-line ConditionalExpression: it saves time alone
  if (whole !== undefined) return whole;
  const parts: string[] = [];
  let plain = 0;
  for (let at = 0; at < bytes.length; ) {
    const length = sequenceAt(bytes, at);
    if (length === 0) {
      parts.push(decoded(bytes.subarray(plain, at)) ?? "", escapeOf(bytes[at] ?? 0));
      plain = at + 1;
    }
    at += Math.max(length, 1);
  }
  return [...parts, decoded(bytes.subarray(plain)) ?? ""].join("");
}

/** The bytes without an unfinished character at their end. */
export function withoutCutCharacter(bytes: Uint8Array): Uint8Array {
  // Stryker disable next-line MethodExpression: a character that begins further back is not cut
  for (let back = 1; back <= Math.min(3, bytes.length); back += 1) {
    const lead = bytes[bytes.length - back] ?? 0;
    if (lead < 0x80) return bytes;
    if (lead >= 0xc2 && lead <= 0xf4) {
      const isWhole = sequenceAt(bytes, bytes.length - back) > 0;
      return isWhole || back >= expectedOf(lead) ? bytes : bytes.subarray(0, -back);
    }
  }
  return bytes;
}

const STRICT = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });

function decoded(bytes: Uint8Array): string | undefined {
  try {
    return STRICT.decode(bytes);
  } catch {
    return undefined;
  }
}

/** A byte that is no character, so one of two digits. */
function escapeOf(byte: number): string {
  return `\\x{${byte.toString(16)}}`;
}

/** Number of bytes of a character of several that begins with this one. */
function expectedOf(lead: number): number {
  if (lead < 0xe0) return 2;
  return lead < 0xf0 ? 3 : 4;
}

/** Range of the second byte if narrower than that of later ones: no overlong form, no surrogate, no end. */
const SECOND: Readonly<Record<number, readonly [number, number]>> = {
  224: [0xa0, 0xbf],
  237: [0x80, 0x9f],
  240: [0x90, 0xbf],
  244: [0x80, 0x8f],
};

/** Length of the character that begins here; 0 for an invalid byte. */
function sequenceAt(bytes: Uint8Array, at: number): number {
  const lead = bytes[at] ?? 0;
  if (lead < 0x80) return 1;
  if (lead < 0xc2 || lead > 0xf4) return 0;
  const length = expectedOf(lead);
  for (let index = 1; index < length; index += 1) {
    const [least, most] = (index === 1 ? SECOND[lead] : undefined) ?? [0x80, 0xbf];
    const byte = bytes[at + index] ?? 0;
    if (byte < least || byte > most) return 0;
  }
  return length;
}
