import { createTerminal, type Terminal } from "../shared/terminal.ts";

/** What every command can be asked for about its output. */
export interface Output {
  /** One document on standard output; what a person reads goes to standard error. */
  readonly json: boolean;
  /** No progress. With `json`, nothing but the document. */
  readonly quiet: boolean;
}

/** What was typed of the two options that `declareCommand` gives to each command. */
export function outputOf(options: {
  readonly json?: boolean | undefined;
  readonly quiet?: boolean | undefined;
}): Output {
  return { json: options.json ?? false, quiet: options.quiet ?? false };
}

/** Where a command says what a person reads. */
export function terminalFor({ json, quiet }: Output): Terminal {
  if (!json) return createTerminal(process.stdout, { quiet });
  // The document is the result: who reads it and asked for quiet reads no other.
  return createTerminal(process.stderr, { quiet, silent: quiet });
}
