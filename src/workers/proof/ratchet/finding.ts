/** What a change did to a test that makes it prove less. */
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
] as const;
export type RatchetRule = (typeof RATCHET_RULES)[number];

export interface RatchetFinding {
  readonly path: string;
  /** In the change; in the base where the change has nothing any more. */
  readonly line: number;
  readonly rule: RatchetRule;
  /** What stood there, cut; empty where there was nothing. */
  readonly before: string;
  readonly after: string;
}

/** A file as it is on the base and on the change; absent where it does not exist. */
export interface FileChange {
  readonly path: string;
  readonly before?: string;
  readonly after?: string;
}
