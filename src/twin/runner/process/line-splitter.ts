import { StringDecoder } from "node:string_decoder";

/** Longest line that is kept whole, in characters; a longer one is cut into several. */
const LONGEST_LINE = 64 * 1024;

export interface LineSplitter {
  write(chunk: Buffer): void;
  /** Passes on the rest when the stream ends. */
  end(): void;
}

/**
 * Splits a byte stream into lines as the runner's reader does: at \n, \r\n and also at a lone \r,
 * so that a command cannot hide behind a carriage return.
 */
export function createLineSplitter(onLine: (line: string) => void): LineSplitter {
  const decoder = new StringDecoder("utf8");
  let rest = "";

  function take(text: string): void {
    rest += text;
    // A \r at the very end may be the first half of \r\n: it waits for the next chunk.
    const complete = rest.endsWith("\r") ? rest.slice(0, -1) : rest;
    const lines = complete.split(/\r\n|\n|\r/);
    const last = lines.pop() ?? "";
    rest = last + rest.slice(complete.length);
    for (const line of lines) {
      onLine(line);
    }
    while (rest.length > LONGEST_LINE) {
      onLine(rest.slice(0, LONGEST_LINE));
      rest = rest.slice(LONGEST_LINE);
    }
  }

  return {
    write: (chunk) => take(decoder.write(chunk)),
    end() {
      take(decoder.end());
      const last = rest.replace(/\r$/, "");
      if (rest !== "") {
        onLine(last);
      }
      rest = "";
    },
  };
}
