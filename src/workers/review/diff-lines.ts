/** Lines of one changed file that a finding may name, by number. */
export interface DiffFile {
  readonly path: string;
  /** Line numbers on the new side of every hunk: added lines and their context. For a deleted file: its old numbers. */
  readonly lines: ReadonlySet<number>;
  /** Added lines with their text, for deterministic findings. */
  readonly added: readonly { readonly line: number; readonly text: string }[];
}

interface Draft {
  path: string;
  readonly lines: Set<number>;
  readonly added: { line: number; text: string }[];
}

/** The next line of a hunk on both sides, and the end of each side. */
interface Hunk {
  oldLine: number;
  newLine: number;
  readonly oldEnd: number;
  readonly newEnd: number;
  /** The new side is empty: the file was deleted or emptied, and only old lines can be named. */
  readonly onlyOld: boolean;
}

interface Cursor {
  readonly files: Map<string, Draft>;
  oldPath: string | undefined;
  file: Draft | undefined;
  hunk: Hunk | undefined;
}

/**
 * The changed files of a unified diff as git writes it without renames. Hunks are read by their counts, so that no line
 * of a file can pose as a header. A truncated diff ends early, and its missing part cannot be named.
 */
export function readDiff(diff: string): ReadonlyMap<string, DiffFile> {
  const cursor: Cursor = { files: new Map(), oldPath: undefined, file: undefined, hunk: undefined };
  for (const line of diff.replace(/\n$/, "").split("\n")) {
    const { hunk, file } = cursor;
    const inHunk = hunk !== undefined && (hunk.oldLine < hunk.oldEnd || hunk.newLine < hunk.newEnd);
    if (inHunk && file !== undefined) readHunkLine(line, hunk, file);
    else readHeader(line, cursor);
  }
  return cursor.files;
}

function readHeader(line: string, cursor: Cursor): void {
  if (line.startsWith("--- ")) {
    cursor.oldPath = pathOf(line.slice(4), "a/");
  } else if (line.startsWith("+++ ")) {
    const path = pathOf(line.slice(4), "b/") ?? cursor.oldPath;
    cursor.file = path === undefined ? undefined : draftOf(cursor.files, path);
  } else {
    cursor.hunk = hunkOf(line);
  }
}

function draftOf(files: Map<string, Draft>, path: string): Draft {
  const draft = files.get(path) ?? { path, lines: new Set(), added: [] };
  files.set(path, draft);
  return draft;
}

function hunkOf(line: string): Hunk | undefined {
  const match = /^@@ -(\d+)(?:,(\d+))? \+(\d+)(?:,(\d+))? @@/.exec(line);
  if (match === null) return undefined;
  const oldLine = Number(match[1]);
  const newLine = Number(match[3]);
  return {
    oldLine,
    newLine,
    oldEnd: oldLine + Number(match[2] ?? 1),
    newEnd: newLine + Number(match[4] ?? 1),
    onlyOld: match[4] === "0",
  };
}

function readHunkLine(line: string, hunk: Hunk, file: Draft): void {
  if (line.startsWith("\\")) return;
  if (line.startsWith("-")) {
    if (hunk.onlyOld) file.lines.add(hunk.oldLine);
    hunk.oldLine += 1;
    return;
  }
  file.lines.add(hunk.newLine);
  if (line.startsWith("+")) file.added.push({ line: hunk.newLine, text: line.slice(1) });
  else hunk.oldLine += 1;
  hunk.newLine += 1;
}

/** A path in a `---` or `+++` line; undefined for /dev/null. Git quotes unusual names like C strings, in octal bytes. */
function pathOf(text: string, prefix: "a/" | "b/"): string | undefined {
  const name = text.startsWith('"') ? unquote(text) : text.replace(/\t$/, "");
  if (name === "/dev/null") return undefined;
  return name.startsWith(prefix) ? name.slice(prefix.length) : name;
}

const ESCAPES: Readonly<Record<string, number>> = {
  a: 7,
  b: 8,
  t: 9,
  n: 10,
  v: 11,
  f: 12,
  r: 13,
  '"': 34,
  "\\": 92,
};

function unquote(quoted: string): string {
  const inner = quoted.slice(1).replace(/"\s*$/, "");
  const encoder = new TextEncoder();
  const bytes = [...inner.matchAll(/\\([0-7]{3})|\\(.)|[^\\]+/g)].flatMap(
    ([whole, octal, letter]) => {
      if (octal !== undefined) return [Number.parseInt(octal, 8)];
      if (letter !== undefined) return [ESCAPES[letter] ?? letter.charCodeAt(0)];
      return [...encoder.encode(whole)];
    },
  );
  return new TextDecoder().decode(new Uint8Array(bytes));
}
