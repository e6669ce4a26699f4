import { z } from "zod";
import { Writer } from "./naming.ts";

/** A test that the coder wanted to have corrected, and what came of it. */
export const Correction = z.strictObject({
  test: z.string().min(1).max(500),
  /** Why, in the coder's words. */
  reason: z.string().min(1).max(400),
  /** What the tester did; `not-asked` where the rounds for it were used up. */
  decision: z.enum(["corrected", "kept", "not-asked"]),
  /** Why, in the tester's words. */
  because: z.string().max(400),
  /** What changed of the tester's files, as git shows it, cut. Absent: not a byte. */
  diff: z.string().max(4_000).optional(),
});
export type Correction = z.infer<typeof Correction>;

/** What one role spent, beside the bound that code held it to. */
export const Share = z.strictObject({
  role: z.enum(["architect", "tester", "coder"]),
  /** Conversations. */
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
 * Why the coder writes the tests of a criterion. `shape-open`: the contract says that they cannot come first. `left-open`: the
 * tester says so, in its own words. The others are facts of config and contract.
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
  /** The tester's words, where it left the criterion open. */
  because: z.string().max(400).optional(),
});
export type WrittenFor = z.infer<typeof WrittenFor>;

/** Who did what in one attempt: the tester before the change, the coder with it. For people; the proof is verify's. */
export const TestsWritten = z.strictObject({
  criteria: z.array(WrittenFor).max(15),
  /** Paths that the tester wrote and the coder could not touch. */
  files: z.array(z.string().max(300)).max(100),
  /** What the tester says of its tests. */
  summary: z.string().max(2_000).optional(),
  corrections: z.array(Correction).max(10),
  /** What the coder touched once and trusted code put back. */
  takenBack: z.array(z.string().max(300)).max(50),
  shares: z.array(Share).max(3),
});
export type TestsWritten = z.infer<typeof TestsWritten>;
