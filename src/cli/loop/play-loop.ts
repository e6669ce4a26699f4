import type { Context } from "../command/context.ts";
import { endOf, untilInterrupted } from "../command/until-interrupted.ts";
import type { LoopArguments } from "./arguments.ts";
import { lintLoops, listLoops, sayTried } from "./loop.ts";

/** Checks, lists or tries loops, and answers the exit code. */
export async function playLoop(asked: LoopArguments, context: Context): Promise<number> {
  const { environment, millwright } = context;
  const write = asked.json ? context.write : context.say;
  if (asked.what === "lint") return lintLoops(asked, write);
  if (asked.what === "list") return listLoops(asked, write);
  const { tryLoop } = await import("./try-loop.ts");
  const path = environment.PATH ?? "";
  const model = {
    apiKey: environment.ANTHROPIC_API_KEY ?? "",
    baseUrl: environment.ANTHROPIC_BASE_URL,
  };
  return untilInterrupted(
    asked,
    async ({ signal, terminal }) => {
      const tried = await tryLoop(asked, { signal, path, millwright, model });
      sayTried(tried, (line) => terminal.results.line(line));
      return tried;
    },
    endOf,
  );
}
