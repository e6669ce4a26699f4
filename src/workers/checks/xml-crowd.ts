/** The most tags and attributes of a document: ten times the need of the largest test report, or a coverage report of some 700,000 lines. */
export const MOST_PARTS = 3_000_000;
/** The most attributes of one tag, because the parser slows down with each. */
export const MOST_ATTRIBUTES = 1_000;
const [GREATER, EQUALS, QUOTE, APOSTROPHE] = [0x3e, 0x3d, 0x22, 0x27];

/** A tag, or a part that is text for us. Ends at -1 if it never ends; the parser reports that better. */
interface Part {
  readonly end: number;
  readonly attributes: number;
  readonly tags: 0 | 1;
}

/**
 * Whether a document has more parts than a report can need, before objects are created: 32 MB of empty elements would
 * take minutes and gigabytes. Text in CDATA, comments and quotes does not count.
 */
export function isCrowded(text: string): boolean {
  let parts = 0;
  let at = text.indexOf("<");
  while (at !== -1) {
    const { end, attributes, tags } = readPart(text, at);
    parts += tags + attributes;
    if (parts > MOST_PARTS || attributes > MOST_ATTRIBUTES) return true;
    at = end === -1 ? -1 : text.indexOf("<", end);
  }
  return false;
}

function readPart(text: string, start: number): Part {
  if (text.startsWith("<!--", start)) return untilWords(text, "-->", start);
  return text.startsWith("<![CDATA[", start)
    ? untilWords(text, "]]>", start)
    : readTag(text, start);
}

function untilWords(text: string, words: string, start: number): Part {
  return { end: text.indexOf(words, start), attributes: 0, tags: 0 };
}

function readTag(text: string, start: number): Part {
  let attributes = 0;
  for (let at = start + 1; at < text.length; at += 1) {
    const unit = text.charCodeAt(at);
    if (unit === GREATER) return { end: at, attributes, tags: 1 };
    if (unit === EQUALS) attributes += 1;
    if (unit !== QUOTE && unit !== APOSTROPHE) continue;
    at = text.indexOf(unit === QUOTE ? '"' : "'", at + 1);
    if (at === -1) break;
  }
  return { end: -1, attributes, tags: 1 };
}
