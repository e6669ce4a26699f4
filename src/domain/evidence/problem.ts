import { z } from "zod";

/** How many places one check names. */
export const MOST_PROBLEMS = 100;
/** How much of a path and of a message is kept. */
export const PROBLEM_PATH = 300;
export const PROBLEM_MESSAGE = 500;

/** A place of which a tool said something in what it printed. Words of a tool: nothing is decided by them. */
export const Problem = z.strictObject({
  /** A file of the tree, from its root. */
  path: z.string().min(1).max(PROBLEM_PATH),
  line: z.int().positive().max(10_000_000),
  column: z.int().positive().max(10_000_000).optional(),
  level: z.enum(["failure", "warning", "notice"]),
  message: z.string().min(1).max(PROBLEM_MESSAGE),
});
export type Problem = z.infer<typeof Problem>;
