import type { Runner } from "../../ports/runner.ts";
import type { WatchCommand } from "../../ports/sandbox.ts";

/** After how long a command is worth a word, and how often it is worth another one (ms). */
const FIRST_MS = 5_000;
const EVERY_MS = 30_000;

/**
 * Says in the log of the job which command runs, for how long, and what it printed last: whoever opens a running job sees
 * that it works, and on what. Both are text of others.
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
