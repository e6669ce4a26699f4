const ESCAPE = String.fromCharCode(0x1b);
/** Control sequences as ECMA-48 §5.4 has them, as far as test runners colour with them. */
const COLOURS = new RegExp(`${ESCAPE}\\[[0-9;:]*[A-Za-z]`, "g");

/** A line of a report for people: without its colours, and no longer than `maximum`. */
export function plainLine(line: string, maximum: number): string {
  return line.slice(0, maximum).replace(COLOURS, "");
}
