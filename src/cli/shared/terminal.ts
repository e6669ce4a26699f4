import { styleText } from "node:util";

type Style = Parameters<typeof styleText>[0];

/** Where progress goes. Color only on a terminal, and never with NO_COLOR (no-color.org). */
export interface Terminal {
  /** How many characters a line has; absent where the output is no terminal. */
  readonly width?: number | undefined;
  line(text?: string): void;
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
  const line = (text = "") => {
    if (options.quiet) return;
    clear();
    stream.write(`${text}\n`);
  };
  return {
    width: stream.isTTY ? stream.columns : undefined,
    line,
    style: (style, text) => (stream.isTTY ? styleText(style, text, { stream }) : text),
    transient(text) {
      if (!interactive) return;
      clear();
      stream.write(text.slice(0, Math.max(20, stream.columns - 1)));
      pending = true;
    },
    steady(text) {
      if (!interactive) line(text);
    },
  };
}
