import type { Loop } from "./loop.ts";

/** Default label of reports, if a loop file names none. */
export const FEEDBACK_LABEL = "feedback";

/**
 * The label of the discussions that a loop asks for; undefined if none. Invalid values ask for nothing here: the
 * gatherer refuses them with its own check.
 */
export function discussionsAsked({ gather }: Pick<Loop, "gather">): string | undefined {
  const { use, with: told = {} } = gather;
  if (use !== "feedback" || told.discussions !== true) return undefined;
  return typeof told.label === "string" ? told.label : FEEDBACK_LABEL;
}
