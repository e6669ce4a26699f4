import type { Loop } from "./loop.ts";

/** Reports carry it where a loop file names none. */
export const FEEDBACK_LABEL = "feedback";

/**
 * The label of the discussions that a loop asks for; undefined where it asks for none. What is no label or no yes is not asked
 * for: the gatherer refuses it with its own check.
 */
export function discussionsAsked({ gather }: Pick<Loop, "gather">): string | undefined {
  const { use, with: told = {} } = gather;
  if (use !== "feedback" || told.discussions !== true) return undefined;
  return typeof told.label === "string" ? told.label : FEEDBACK_LABEL;
}
