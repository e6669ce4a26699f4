import { withoutEscapes } from "../../../../domain/text/without-escapes.ts";

/** One line of text without colors and control characters. */
export function plain(text: string): string {
  return withoutEscapes(text)
    .replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]+/gu, " ")
    .trim();
}
