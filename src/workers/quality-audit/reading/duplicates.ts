/** The least size of a duplicate, as SonarQube counts it: this many lines, and this many tokens. */
const LINES = 10;
const TOKENS = 100;
const TOKEN = /[\p{L}\p{N}_$]+|[^\s]/gu;

export interface Repeated {
  /** Number of lines of the file that also occur elsewhere, there or in itself. */
  readonly lines: number;
  /** The first of them. */
  readonly first: number;
}

/** The non-blank lines of a file: a number for each text, its place, and its tokens. */
interface Lines {
  readonly path: string;
  readonly words: readonly number[];
  /** From 1. */
  readonly numbers: readonly number[];
  readonly tokens: readonly number[];
}

interface Window {
  readonly lines: Lines;
  readonly at: number;
}

/**
 * Lines that occur in two places, per file. A window of lines copies another one if they are equal except for blanks;
 * blank lines do not count. Each window is looked up once, whatever the number of files.
 */
export function repeatedLines(texts: ReadonlyMap<string, string>): ReadonlyMap<string, Repeated> {
  const known = new Map<string, number>();
  const windows = new Map<number, Window>();
  const repeated = new Map<string, Set<number>>();
  for (const [path, text] of texts) {
    const lines = linesOf(path, text, known);
    for (let at = 0; at + LINES <= lines.words.length; at += 1) {
      const window = { lines, at };
      if (tokensIn(window) < TOKENS) continue;
      const hash = hashOf(window);
      const earlier = windows.get(hash);
      if (earlier === undefined) windows.set(hash, window);
      else if (isCopy(earlier, window)) {
        mark(repeated, earlier);
        mark(repeated, window);
      }
    }
  }
  const told = [...repeated].map(([path, numbers]) => {
    const first = [...numbers].reduce((least, number) => Math.min(least, number));
    return [path, { lines: numbers.size, first }] as const;
  });
  return new Map(told);
}

/** Identical lines are a copy of themselves, one line on, which is no second place. */
function isCopy(earlier: Window, window: Window): boolean {
  if (earlier.lines === window.lines && earlier.at + LINES > window.at) return false;
  return wordsIn(earlier).every((word, index) => word === window.lines.words[window.at + index]);
}

function mark(repeated: Map<string, Set<number>>, { lines, at }: Window): void {
  const numbers = repeated.get(lines.path) ?? new Set();
  for (const number of lines.numbers.slice(at, at + LINES)) numbers.add(number);
  repeated.set(lines.path, numbers);
}

function linesOf(path: string, text: string, known: Map<string, number>): Lines {
  const lines = { path, words: [] as number[], numbers: [] as number[], tokens: [] as number[] };
  for (const [index, line] of text.split("\n").entries()) {
    const words = line.match(TOKEN);
    if (words === null) continue;
    const said = words.join(" ");
    const word = known.get(said) ?? known.size;
    known.set(said, word);
    lines.words.push(word);
    lines.numbers.push(index + 1);
    lines.tokens.push(words.length);
  }
  return lines;
}

function wordsIn({ lines, at }: Window): readonly number[] {
  return lines.words.slice(at, at + LINES);
}

function tokensIn({ lines, at }: Window): number {
  return lines.tokens.slice(at, at + LINES).reduce((sum, tokens) => sum + tokens);
}

/** Two windows with one hash are compared before they count as equal. */
function hashOf(window: Window): number {
  return wordsIn(window).reduce((hash, word) => (hash * 1_000_003 + word) % 8_589_934_583, 7);
}
