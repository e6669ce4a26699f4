import type { Context } from "../command/context.ts";
import { endOf, untilInterrupted } from "../command/until-interrupted.ts";
import type { RehearseArguments } from "./arguments.ts";
import { runRehearsal } from "./rehearse.ts";
import { rehearseWithoutModel } from "./without-model.ts";

/** Plays the rehearsal, or the part of it that needs no model where there is none, and answers the exit code. */
export function playRehearsal(asked: RehearseArguments, context: Context): Promise<number> {
  const { millwright, environment, parts } = context;
  const given = { arguments: asked, millwright, environment, ...parts };
  if (asked.script === undefined && !environment.ANTHROPIC_API_KEY) {
    return untilInterrupted(asked, (live) => rehearseWithoutModel({ ...given, ...live }), endOf);
  }
  return untilInterrupted(asked, (live) => runRehearsal({ ...given, ...live }), endOf);
}
