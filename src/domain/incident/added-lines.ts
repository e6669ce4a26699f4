/** The head of a hunk, with the line numbers after the change. */
const HUNK = /^@@ -[0-9]+(?:,[0-9]+)? \+([0-9]+)(?:,[0-9]+)? @@/;

/** Whether a patch of one file, as GitHub shows it, adds the line with this number, counted after the change. */
export function addsLine(patch: string, line: number): boolean {
  let at = 0;
  for (const text of patch.split("\n")) {
    const hunk = HUNK.exec(text);
    if (hunk !== null) at = Number(hunk[1]);
    else if (text.startsWith("+")) {
      if (at === line) return true;
      at += 1;
    } else if (text.startsWith(" ")) at += 1;
  }
  return false;
}
