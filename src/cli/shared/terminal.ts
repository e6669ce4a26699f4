import { styleText } from "node:util";
import { wrapWords } from "./wrap-words.ts";

type Style = Parameters<typeof styleText>[0];

/** What lines for people are written with. Color only on a terminal, and never with NO_COLOR (no-color.org). */
export interface Lines {
  /** A sentence or a row, broken between words where it is longer than the terminal is wide. */
  line(text?: string): void;
  /** What somebody copies, such as a command or a diff: never broken. */
  verbatim(text: string): void;
  style(style: Style, text: string): string;
}

/** Where progress goes, and beside it what was asked for. `--quiet` hides the progress. */
export interface Terminal extends Lines {
  /** What the caller asked for, such as a verdict or a list of findings: `--quiet` shows it, too. */
  readonly results: Lines;
  /** A line that the next one replaces; nothing where the output is no terminal. */
  transient(text: string): void;
  /** A line for where `transient` shows nothing; nothing on a terminal. */
  steady(text: string): void;
}

/** @param options `quiet` hides progress; `silent` hides results, too */
export function createTerminal(
  stream: NodeJS.WriteStream,
  options: { readonly quiet: boolean; readonly silent?: boolean },
): Terminal {
  const interactive = stream.isTTY === true && !options.quiet;
  let pending = false;
  const clear = () => {
    if (pending) stream.write("\r\u001b[2K");
    pending = false;
  };
  const linesOf = (isHidden: boolean): Lines => {
    const verbatim = (text: string) => {
      if (isHidden) return;
      clear();
      stream.write(`${text}\n`);
    };
    return {
      verbatim,
      line(text = "") {
        // Asked for each line: a person changes the size of a terminal while something runs.
        const width = widthOf(stream);
        const broken = text.split("\n").map((one) => wrapWords(one, width));
        verbatim(broken.join("\n"));
      },
      style: (style, text) => (stream.isTTY ? styleText(style, text, { stream }) : text),
    };
  };
  const progress = linesOf(options.quiet);
  return {
    ...progress,
    results: linesOf(options.silent ?? false),
    transient(text) {
      if (!interactive) return;
      clear();
      stream.write(text.slice(0, Math.max(20, (widthOf(stream) ?? NARROWEST) - 1)));
      pending = true;
    },
    steady(text) {
      if (!interactive) progress.line(text);
    },
  };
}

/** For what is played inside something else, which says itself what came of it. */
export function silentTerminal(): Terminal {
  return createTerminal(process.stderr, { quiet: true, silent: true });
}

/** For a line that is replaced, on a terminal that does not tell its width (characters). */
const NARROWEST = 40;

/**
 * How many characters a line has: those of the terminal, else as many as COLUMNS asks for, as `ls` and `git` read it. Undefined
 * where nobody says: what a program reads is not broken.
 */
export function widthOf(stream: Pick<NodeJS.WriteStream, "isTTY" | "columns">): number | undefined {
  if (stream.isTTY && stream.columns > 0) return stream.columns;
  const asked = process.env.COLUMNS ?? "";
  return /^[1-9][0-9]{0,3}$/.test(asked) ? Number(asked) : undefined;
}
