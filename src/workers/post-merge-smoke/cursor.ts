/** Thrown inside the parser only: a recursive descent that every level would have to unwind by hand otherwise. */
export class SyntaxFault extends Error {
  readonly at: number;
  constructor(message: string, at: number) {
    super(message);
    this.at = at;
  }
}

/** A place in the text of a pattern. */
export interface Cursor {
  readonly letters: readonly string[];
  at: number;
}

/** The character at the cursor; undefined at the end. */
export function peek(cursor: Cursor): string | undefined {
  return cursor.letters[cursor.at];
}

/** Goes past a text where it stands at the cursor, and says whether it did. */
export function take(cursor: Cursor, letter: string): boolean {
  if (peek(cursor) !== letter) return false;
  cursor.at += 1;
  return true;
}
