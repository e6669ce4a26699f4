/** Quoted lines of a file. `line` is the first of them, from 1. */
interface Quoted {
  readonly line: number;
  readonly text: string;
}

/**
 * Whether the quote is in the text from its line on, ignoring blanks at line ends. A quote without a letter or a digit
 * proves nothing.
 */
export function isQuotedFrom(text: string, quote: Quoted): boolean {
  const wanted = quote.text.replace(/\n+$/, "").split("\n");
  const found = text.split("\n").slice(quote.line - 1, quote.line - 1 + wanted.length);
  if (found.length < wanted.length || !/[\p{L}\p{N}]/u.test(quote.text)) return false;
  return wanted.every((one, index) => one.trim() === found[index]?.trim());
}
