/** Thrown inside the parser only, because every level of the recursive descent would have to unwind by hand otherwise. */
export class SyntaxFault extends Error {
  readonly at: number;
  constructor(message: string, at: number) {
    super(message);
    this.at = at;
  }
}

/** A position in the text of a pattern. */
export interface Cursor {
  readonly letters: readonly string[];
  at: number;
}

/** The character at the cursor; undefined at the end. */
export function peek(cursor: Cursor): string | undefined {
  return cursor.letters[cursor.at];
}

/** Skips a text at the cursor, and says whether it was there. */
export function take(cursor: Cursor, letter: string): boolean {
  if (peek(cursor) !== letter) return false;
  cursor.at += 1;
  return true;
}
