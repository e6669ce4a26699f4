/** Thrown inside the parser only: a recursive descent that every level would have to unwind by hand otherwise. */
export class SyntaxFault extends Error {
  readonly at: number;
  constructor(message: string, at: number) {
    super(message);
    this.at = at;
  }
}

export interface Cursor {
  readonly letters: readonly string[];
  at: number;
}

export function peek(cursor: Cursor): string | undefined {
  return cursor.letters[cursor.at];
}

export function take(cursor: Cursor, letter: string): boolean {
  if (peek(cursor) !== letter) return false;
  cursor.at += 1;
  return true;
}
