import { z } from "zod";
import { Writer } from "./naming.ts";

/** A test that the coder asked to have corrected, and the result. */
export const Correction = z.strictObject({
  test: z.string().min(1).max(500),
  /** The coder's reason, in its words. */
  reason: z.string().min(1).max(400),
  /** The tester's action; `not-asked` if the rounds for it were used up. */
  decision: z.enum(["corrected", "kept", "not-asked"]),
  /** The tester's reason, in its words. */
  because: z.string().max(400),
  /** Changes to the tester's files, as git shows them, cut. Absent: no byte changed. */
  diff: z.string().max(4_000).optional(),
});
export type Correction = z.infer<typeof Correction>;

/** Cost of one role, and the bound that code enforced. */
export const Share = z.strictObject({
  role: z.enum(["architect", "tester", "coder"]),
  /** Number of conversations. */
  rounds: z.int().nonnegative(),
  turns: z.int().nonnegative(),
  tokens: z.int().nonnegative(),
  usd: z.number().nonnegative(),
  limit: z.strictObject({
    turns: z.int().nonnegative(),
    tokens: z.int().nonnegative(),
    usd: z.number().nonnegative(),
  }),
});
export type Share = z.infer<typeof Share>;

/**
 * Why the coder writes the tests of a criterion. `shape-open`: the contract says that they cannot come first.
 * `left-open`: the tester says so, in its own words. The others are facts of config and contract.
 */
export const WhyCoder = z.enum([
  "shape-open",
  "left-open",
  "no-test-check",
  "no-report",
  "kind-not-said",
]);
export type WhyCoder = z.infer<typeof WhyCoder>;

/** Who wrote the tests of one criterion, and why it was not the tester. */
export const WrittenFor = z.strictObject({
  criterion: z.string().max(20),
  by: Writer,
  why: WhyCoder.optional(),
  /** The tester's words, if it left the criterion open. */
  because: z.string().max(400).optional(),
});
export type WrittenFor = z.infer<typeof WrittenFor>;

/** Who did what in one attempt: the tester before the change, the coder with it. For people; verify has the proof. */
export const TestsWritten = z.strictObject({
  criteria: z.array(WrittenFor).max(15),
  /** Paths that the tester wrote and the coder could not change. */
  files: z.array(z.string().max(300)).max(100),
  /** The tester's summary of its tests. */
  summary: z.string().max(2_000).optional(),
  corrections: z.array(Correction).max(10),
  /** Changes of the coder that trusted code undid. */
  takenBack: z.array(z.string().max(300)).max(50),
  shares: z.array(Share).max(3),
});
export type TestsWritten = z.infer<typeof TestsWritten>;
