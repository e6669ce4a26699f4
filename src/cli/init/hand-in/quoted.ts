/** A word as a shell reads it: git allows signs in the name of a branch that mean something to a shell. */
export function quoted(word: string): string {
  return /^[\w./:@%+-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`;
}
