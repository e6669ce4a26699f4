const [ESCAPE, CONTROL_SEQUENCE, BELL] = ["\\u001b", "\\u009b", "\\u0007"];

/**
 * What programs write for a terminal and nobody reads: control sequences (colours, the cursor), operating system commands
 * (titles, links) and the two-character escapes, as ECMA-48 §5.4, §8.3.89 and §5.3 have them. No part of a match can hold
 * the start of another, so that the search is linear.
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

/** The output of a command as text: without what steers a terminal. */
export function withoutEscapes(text: string): string {
  return text.replace(ESCAPES, "");
}
