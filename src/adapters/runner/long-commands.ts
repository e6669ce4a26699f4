import type { Runner } from "../../ports/runner.ts";
import type { WatchCommand } from "../../ports/sandbox.ts";

/** Time before a running command is reported, and the interval of further reports (ms). */
const FIRST_MS = 5_000;
const EVERY_MS = 30_000;

/**
 * Reports in the job's log which command runs, for how long, and its last output, so that people see that a running job
 * works, and on what. Both are foreign text.
 */
export function tellLongCommands(runner: Pick<Runner, "info" | "quote">): WatchCommand {
  return ({ command, lastLine }) => {
    const since = performance.now();
    const tell = () => {
      runner.info(`running for ${Math.round((performance.now() - since) / 1_000)} s:`);
      runner.quote(`$ ${command}`);
      if (lastLine().trim() !== "") runner.quote(lastLine());
    };
    let again: NodeJS.Timeout | undefined;
    const first = setTimeout(() => {
      tell();
      again = setInterval(tell, EVERY_MS).unref();
    }, FIRST_MS).unref();
    return () => {
      clearTimeout(first);
      clearInterval(again);
    };
  };
}
