import { isUtf8Text } from "../../domain/text/show-bytes.ts";

export interface Edit {
  readonly oldText: string;
  readonly newText: string;
  readonly all: boolean;
}

/**
 * Replaces text in the bytes of a file; every other byte stays. A line break of the text matches the file's own, CRLF or
 * LF, and new ones are written like those around them. Throws with the reason if it cannot.
 */
export function editBytes(
  content: Buffer,
  edit: Edit,
): { readonly content: Buffer; readonly count: number } {
  // One character per byte: bytes are found and replaced, and patterns can find them.
  const text = content.toString("latin1");
  const [oldBytes, newBytes] = inFile(content, edit);
  const matches = [...text.matchAll(patternOf(oldBytes))];
  const chosen = choose(matches, { oldBytes, all: edit.all });
  if (chosen.length === 0) throw new Error(`old_string not found${reasonOf(content, edit)}`);
  if (chosen.length > 1 && !edit.all) {
    throw new Error(`old_string appears ${chosen.length} times (must be unique)`);
  }
  const parts: string[] = [];
  let kept = 0;
  for (const match of chosen) {
    const written = replacement(text, match, { oldBytes, newBytes });
    parts.push(text.slice(kept, match.index), written);
    kept = match.index + match[0].length;
  }
  parts.push(text.slice(kept));
  return { content: Buffer.from(parts.join(""), "latin1"), count: chosen.length };
}

/** If one place has the very bytes, it is meant, even if other places match except for their line ends. */
function choose(
  matches: readonly RegExpExecArray[],
  { oldBytes, all }: { readonly oldBytes: string; readonly all: boolean },
): readonly RegExpExecArray[] {
  const exact = matches.filter(([found]) => found === oldBytes);
  return !all && exact.length > 0 ? exact : matches;
}

function patternOf(text: string): RegExp {
  const lines = text.split(/\r?\n/).map((line) => line.replace(/[\\^$.*+?()[\]{}|/-]/g, "\\$&"));
  return new RegExp(lines.join("\\r?\\n"), "g");
}

function replacement(
  text: string,
  match: RegExpExecArray,
  { oldBytes, newBytes }: { readonly oldBytes: string; readonly newBytes: string },
): string {
  const end = lineEndAt(text, match.index);
  if (match[0] !== oldBytes) return newBytes.replace(/\r?\n/g, end);
  // An old text with CRLF means line ends, so the new text is used as it is.
  return oldBytes.includes("\r\n") ? newBytes : newBytes.replace(/(?<!\r)\n/g, end);
}

/** The line end of this line; for a last line without one, that of the line before. */
function lineEndAt(text: string, index: number): string {
  const next = text.indexOf("\n", index);
  const at = next >= 0 ? next : text.lastIndexOf("\n", index);
  return at > 0 && text[at - 1] === "\r" ? "\r\n" : "\n";
}

/** Both texts as the bytes that they are in this file. */
function inFile(content: Buffer, { oldText, newText }: Edit): readonly [string, string] {
  if (isUtf16(content)) throw new Error(`it is UTF-16; ${BY_COMMAND}`);
  if (isUtf8Text(content)) return [latin(oldText), latin(newText)];
  // The edit only carries this over from before.
  const carried = new Set(oldText);
  if ([...newText].some((character) => !isAscii(character) && !carried.has(character))) {
    throw new Error(`it is not UTF-8, and new_string holds characters beyond ASCII; ${BY_ESCAPE}`);
  }
  return [unescaped(content, oldText), unescaped(content, newText)];
}

function latin(text: string): string {
  return Buffer.from(text, "utf8").toString("latin1");
}

const ESCAPE = /\\x\{([0-9a-f]{2})\}/g;

/**
 * The bytes of a text for a file that is not UTF-8: `\x{fc}`, as such a file is read, becomes the byte again. A file
 * that contains such text itself keeps it.
 */
export function unescaped(content: Buffer, text: string): string {
  const bytes = latin(text);
  if (content.toString("latin1").search(ESCAPE) >= 0) return bytes;
  return bytes.replace(ESCAPE, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));
}

export const BY_ESCAPE = "write each byte that is not ASCII as \\x{…}, as `read` shows it";
export const BY_COMMAND = "change it by a bash command that writes the file's own bytes";

export function isUtf16(content: Buffer): boolean {
  return ["fffe", "feff"].includes(content.subarray(0, 2).toString("hex"));
}

export function isAscii(text: string): boolean {
  return /^\p{ASCII}*$/u.test(text);
}

function reasonOf(content: Buffer, { oldText }: Edit): string {
  if (!isUtf8Text(content) && !isAscii(oldText)) {
    return `: it is not UTF-8, so that only ASCII text can be found in it; ${BY_ESCAPE}`;
  }
  const plain = (text: string) => text.replace(/\r\n?/g, "\n");
  const isThere = plain(content.toString("latin1")).includes(plain(latin(oldText)));
  return isThere ? ": its lines end otherwise, with a carriage return that old_string has not" : "";
}
