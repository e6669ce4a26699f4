import type { Context } from "../command/context.ts";
import { refuseScript } from "../command/refuse-script.ts";
import { endOf, untilInterrupted } from "../command/until-interrupted.ts";
import type { RehearseArguments } from "./arguments.ts";
import { runRehearsal } from "./rehearse.ts";

/** Plays the rehearsal and answers the exit code. */
export function playRehearsal(asked: RehearseArguments, context: Context): Promise<number> {
  const { millwright, environment, parts } = context;
  if (asked.script !== undefined) refuseScript(asked.script);
  const given = { arguments: asked, millwright, environment, ...parts };
  return untilInterrupted(asked, (live) => runRehearsal({ ...given, ...live }), endOf);
}
