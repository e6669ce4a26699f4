import { styleText } from "node:util";
import { wrapWords } from "./wrap-words.ts";

type Style = Parameters<typeof styleText>[0];

/** Where progress goes. Color only on a terminal, and never with NO_COLOR (no-color.org). */
export interface Terminal {
  /** A sentence or a row, broken between words where it is longer than the terminal is wide. */
  line(text?: string): void;
  /** What somebody copies, such as a command or a diff: never broken. */
  verbatim(text: string): void;
  style(style: Style, text: string): string;
  /** A line that the next one replaces; nothing where the output is no terminal. */
  transient(text: string): void;
  /** A line for where `transient` shows nothing; nothing on a terminal. */
  steady(text: string): void;
}

export function createTerminal(
  stream: NodeJS.WriteStream,
  options: { readonly quiet: boolean },
): Terminal {
  const interactive = stream.isTTY === true && !options.quiet;
  let pending = false;
  const clear = () => {
    if (pending) stream.write("\r\u001b[2K");
    pending = false;
  };
  const verbatim = (text: string) => {
    if (options.quiet) return;
    clear();
    stream.write(`${text}\n`);
  };
  const line = (text = "") => {
    // Asked for each line: a person changes the size of a terminal while something runs.
    const width = widthOf(stream);
    verbatim(
      text
        .split("\n")
        .map((one) => wrapWords(one, width))
        .join("\n"),
    );
  };
  return {
    line,
    verbatim,
    style: (style, text) => (stream.isTTY ? styleText(style, text, { stream }) : text),
    transient(text) {
      if (!interactive) return;
      clear();
      stream.write(text.slice(0, Math.max(20, (widthOf(stream) ?? NARROWEST) - 1)));
      pending = true;
    },
    steady(text) {
      if (!interactive) line(text);
    },
  };
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
