/** Words that are prose and nothing else: letters, digits and punctuation that Markdown does not read. */
const PROSE = /^[\p{L}\p{M}\p{N}.,;:'’"“”„()!?%/…€£–—+=-]+$/u;
/** What GitHub links or replaces by a picture inside prose: issue and commit references, hosts, `:shipit:`. */
const LINKED =
  /gh-\d|:\/\/|www\.|(?<![0-9a-z])[0-9a-f]{7,}(?![0-9a-z])|[\p{L}\p{N}-]\.[\p{L}]{2}|^(https?|ftp|mailto|xmpp):|:[a-z0-9+-]+:/iu;

/** What ends a sentence or a part of one behind a word that stands in code. */
export const SENTENCE_MARKS = /[.,;:!?]$/u;
/** What starts a block at a line's beginning, and the slash by which bots are commanded there (`/merge`, `/lgtm`). */
export const BLOCK_START = /^(\d+[.)]|[-+=/])/u;

/** Whether GitHub shows this word as it stands, outside code too. */
export function isInert(word: string): boolean {
  return PROSE.test(word) && !LINKED.test(word);
}

/** A code span whose fence is longer than any run of backticks inside (CommonMark 0.31 §6.1); blanks pad it always. */
export function codeSpan(text: string, shortest = 1): string {
  const longest = Math.max(shortest - 1, ...(text.match(/`+/g) ?? []).map((run) => run.length));
  const fence = "`".repeat(longest + 1);
  return `${fence} ${text} ${fence}`;
}
