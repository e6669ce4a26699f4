import { z } from "zod";

/** What a change did to a test, to its checks, or to testable code, so that the tests prove less. */
export const RATCHET_RULES = [
  "test-deleted",
  "test-skipped",
  "test-conditional",
  "test-focused",
  "assertions-removed",
  "assertion-vacuous",
  "assertion-weakened",
  "tolerance-loosened",
  "snapshots-rewritten",
  "sleep-added",
  "retry-added",
  "suppression-added",
  "check-lowered",
  "unit-mocked",
  "source-grep",
  "base-told",
  "unreadable",
  "test-detected",
] as const;
export type RatchetRule = (typeof RATCHET_RULES)[number];

export const RatchetFinding = z.strictObject({
  path: z.string().max(300),
  /** Line in the change, or in the base if the change removed it. */
  line: z.int().positive(),
  rule: z.enum(RATCHET_RULES),
  /** The earlier text, cut; empty if there was none. */
  before: z.string().max(300),
  after: z.string().max(300),
});
export type RatchetFinding = z.infer<typeof RatchetFinding>;
