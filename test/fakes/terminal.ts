import type { Lines, Terminal } from "../../src/cli/shared/terminal.ts";

type Kind = "line" | "verbatim" | "transient" | "steady" | "result";

/** A terminal without width or colors that hands over what it is told. */
export function toldTerminal(take: (text: string, kind: Kind) => void): Terminal {
  const linesOf = (line: Kind, verbatim: Kind): Lines => ({
    line: (text = "") => take(text, line),
    verbatim: (text) => take(text, verbatim),
    style: (_style, text) => text,
  });
  return {
    ...linesOf("line", "verbatim"),
    results: linesOf("result", "result"),
    transient: (text) => take(text, "transient"),
    steady: (text) => take(text, "steady"),
  };
}
