import { z } from "zod";

/** The most places of one check. */
export const MOST_PROBLEMS = 100;
/** The most characters of a path and of a message. */
export const PROBLEM_PATH = 300;
export const PROBLEM_MESSAGE = 500;

/** A place that a tool's output is about. Only for display: nothing is decided by a tool's words. */
export const Problem = z.strictObject({
  /** Path of a file in the tree, from its root. */
  path: z.string().min(1).max(PROBLEM_PATH),
  line: z.int().positive().max(10_000_000),
  column: z.int().positive().max(10_000_000).optional(),
  level: z.enum(["failure", "warning", "notice"]),
  message: z.string().min(1).max(PROBLEM_MESSAGE),
});
export type Problem = z.infer<typeof Problem>;
