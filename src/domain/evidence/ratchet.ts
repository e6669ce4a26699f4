import { z } from "zod";

/** What a change did to a test, to what checks it, or for being tested alone, that makes the tests prove less. */
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
  /** In the change; in the base where the change has nothing any more. */
  line: z.int().positive(),
  rule: z.enum(RATCHET_RULES),
  /** What stood there, cut; empty where there was nothing. */
  before: z.string().max(300),
  after: z.string().max(300),
});
export type RatchetFinding = z.infer<typeof RatchetFinding>;
