import type { Terminal } from "../shared/terminal.ts";
import { Interrupted } from "./exit-code.ts";
import { type Output, terminalFor } from "./output.ts";

const SIGNALS = ["SIGINT", "SIGTERM"] as const;

/** What a command that may be interrupted plays with. */
export interface Live {
  readonly signal: AbortSignal;
  readonly terminal: Terminal;
}

/** Runs until the end or Ctrl-C, which is passed on so that everything is taken down; then prints the object. */
export async function untilInterrupted<Result>(
  output: Output,
  play: (live: Live) => Promise<Result>,
  codeOf: (result: Result) => number,
): Promise<number> {
  const interrupted = new AbortController();
  // Not once: adapters that clean up on a signal ask who else listens, and end the process where nobody does any more.
  const interrupt = (signal: NodeJS.Signals) => interrupted.abort(signal);
  for (const signal of SIGNALS) process.on(signal, interrupt);
  const aborted = new Promise<never>((_, reject) => {
    interrupted.signal.addEventListener("abort", () => reject(new Interrupted()));
  });
  const terminal = terminalFor(output);
  const played = play({ signal: interrupted.signal, terminal });
  const result = await Promise.race([played, aborted])
    .catch(async (error: unknown) => {
      await played.catch(() => undefined);
      throw error;
    })
    .finally(() => {
      for (const signal of SIGNALS) process.off(signal, interrupt);
    });
  if (output.json) process.stdout.write(`${JSON.stringify(result)}\n`);
  return codeOf(result);
}

/** The exit code of what was played to an end. */
export function endOf({ ok }: { readonly ok: boolean }): number {
  return ok ? 0 : 1;
}
