import { z } from "zod";

/** Who wrote the tests of a criterion: a tester that never saw the change, or the coder with its change. */
export const Writer = z.enum(["tester", "coder"]);
export type Writer = z.infer<typeof Writer>;

/**
 * The names that the writer of the tests gives for one criterion: a claim for verify to check, never evidence. Tests
 * have the ids of the runner's report; a removal names old tests and symbols; a command names checks of the config.
 */
export const Naming = z.strictObject({
  criterion: z.string().max(20),
  tests: z.array(z.string().min(1).max(500)).max(20),
  symbols: z.array(z.string().min(1).max(200)).max(20),
  checks: z.array(z.string().min(1).max(60)).max(10),
  /** Added by trusted code, which knows whose answer it was; absent in proposals older than the tester. */
  by: Writer.optional(),
});
export type Naming = z.infer<typeof Naming>;

/** One naming for each criterion of the contract and no other, so that each keeps its own bound. */
export const Namings = z.array(Naming).max(15);
