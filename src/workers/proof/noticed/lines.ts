/**
 * Lines of a file, each with its own end, byte for byte. One character stands for one byte, so that the joined lines are
 * the file again, whatever its encoding and line ends.
 */
export function linesOf(bytes: Uint8Array): readonly string[] {
  const text = Buffer.from(bytes).toString("latin1");
  return text.match(/[^\n]*\n|[^\n]+$/g) ?? [];
}

export function bytesOfLines(lines: readonly string[]): Uint8Array {
  return new Uint8Array(Buffer.from(lines.join(""), "latin1"));
}

/** As git decides: a NUL among the first 8,000 bytes. */
export function isBinary(bytes: Uint8Array): boolean {
  return bytes.subarray(0, 8_000).includes(0);
}
