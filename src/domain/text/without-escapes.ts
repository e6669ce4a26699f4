const [ESCAPE, CONTROL_SEQUENCE, BELL] = ["\\u001b", "\\u009b", "\\u0007"];

/**
 * Escape sequences for a terminal: control sequences (colors, the cursor), operating system commands (titles, links) and
 * two-character escapes, by ECMA-48 §5.4, §8.3.89 and §5.3. No part of a match can contain the start of another, so the
 * search is linear.
 */
const ESCAPES = new RegExp(
  [
    `(?:${ESCAPE}\\[|${CONTROL_SEQUENCE})[0-?]*[ -/]*[@-~]`,
    `${ESCAPE}\\][^${BELL}${ESCAPE}\\n]*(?:${BELL}|${ESCAPE}\\\\)`,
    `${ESCAPE}[ -/]+[0-~]`,
    `${ESCAPE}[0-Z\\\\^_\`a-z{|}~]`,
  ].join("|"),
  "gu",
);

/** A command's output as text, without terminal escapes. */
export function withoutEscapes(text: string): string {
  return text.replace(ESCAPES, "");
}
