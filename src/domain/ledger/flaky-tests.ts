import { z } from "zod";

/** The most flaky tests that an entry names, and the longest name. */
export const FLAKY_NAMED = 5;
export const FLAKY_LENGTH = 200;

/** Tests that failed once and passed once on the same bytes, as verify saw them in one attempt. */
export const FlakyTests = z.strictObject({
  all: z.int().positive(),
  tests: z.array(z.string().max(FLAKY_LENGTH)).max(FLAKY_NAMED),
});
export type FlakyTests = z.infer<typeof FlakyTests>;
