import { withoutEscapes } from "../../../domain/text/without-escapes.ts";

/** A line of a report for people: without colors, and no longer than `maximum`. */
export function plainLine(line: string, maximum: number): string {
  return withoutEscapes(line.slice(0, maximum));
}
