import { z } from "zod";
import { FEEDBACK_LABEL } from "../../domain/loop/discussions-asked.ts";

const Word = z.string().min(1).max(200);

/** A committed file of reports: CSV with a header line, or JSON with a list of objects. */
const File = z.strictObject({
  path: z.string().regex(/\.(?:csv|json)$/, "expected a path that ends in .csv or .json"),
  /** Names of columns. */
  page: Word,
  choice: Word,
  title: Word.optional(),
  on: Word.optional(),
});
export type FeedbackFile = z.infer<typeof File>;

export const FeedbackOptions = z.strictObject({
  /** Issues with this label are reports, as */
  label: Word.default(FEEDBACK_LABEL),
  /** are discussions with it, if a loop asks for them. */
  discussions: z.boolean().default(false),
  /** Labels of the form's fields. */
  fields: z.strictObject({ page: Word.default("Page"), choice: Word.default("Kind") }).prefault({}),
  files: z.array(File).max(20).default([]),
  /** At least this many reports make a pattern. */
  least: z.int().min(1).max(1_000).default(2),
});
export type FeedbackOptions = z.infer<typeof FeedbackOptions>;
