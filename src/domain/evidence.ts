import { z } from "zod";
import { MOST_SCOPES } from "./config/scoped-checks.ts";
import { Digest, ObjectId } from "./digest.ts";
import { NoticedFields } from "./evidence/noticed.ts";
import { MOST_PROBLEMS, Problem } from "./evidence/problem.ts";
import { ProofFields } from "./evidence/proof.ts";
import { RatchetFinding } from "./evidence/ratchet.ts";
import { FurtherRun, Repeated } from "./evidence/repeats.ts";
import { Summed } from "./evidence/summed.ts";

/** The exact bytes that a fact is about. Evidence for other bytes does not count. */
export const Subject = z.strictObject({ base: ObjectId, tree: ObjectId });
export type Subject = z.infer<typeof Subject>;

export const TestStatus = z.enum(["passed", "failed", "skipped"]);
export type TestStatus = z.infer<typeof TestStatus>;

/** Number of results of one name for each outcome. */
export const Tally = z.strictObject({
  passed: z.int().nonnegative(),
  failed: z.int().nonnegative(),
  skipped: z.int().nonnegative(),
});
export type Tally = z.infer<typeof Tally>;

/** One test by its full name (file or class, then title), as its runner reports it. */
export const TestResult = z.strictObject({
  name: z.string().min(1).max(500),
  /** The worst outcome, if the name stands for several results. */
  status: TestStatus,
  durationMs: z.number().nonnegative().optional(),
  /** Present if the report gave several results this name, so they cannot be distinguished. */
  several: Tally.optional(),
});
export type TestResult = z.infer<typeof TestResult>;

export const CheckStatus = z.enum(["passed", "failed", "timed-out"]);
export type CheckStatus = z.infer<typeof CheckStatus>;

/**
 * One command that ran in the sandbox. `subject` is the subject of the whole verification. `on` names the tree that this command saw:
 * `base`, the base with the changed test files, the change, or the change with the test files of the base. For a pull request to mend, it
 * may be its `head` or its merge base. `setup` always runs on base bytes; its `on` names the workspace that it prepared.
 */
export const CheckRun = z.strictObject({
  kind: z.literal("check"),
  name: z.string().min(1).max(60),
  on: z.enum([
    "base",
    "change",
    "base-with-changed-tests",
    "change-with-base-tests",
    "head",
    "merge-base",
  ]),
  subject: Subject,
  command: z.string().max(2_000),
  status: CheckStatus,
  exitCode: z.int().nullable(),
  durationMs: z.number().nonnegative(),
  /** The end of its output, bounded; never shown without the renderer. */
  tail: z.string().max(8_000),
  /** Total bytes of output, before the bound. */
  outputBytes: z.int().nonnegative(),
  /** Per-test results, if a report could be read. If absent, only the exit code counts. */
  tests: z.array(TestResult).max(50_000).optional(),
  /** Findings of trusted code beyond the exit code: an unreadable report, no tests in it, or a report that contradicts the exit code. */
  note: z.string().max(500).optional(),
  summed: Summed.optional(),
  /** Globs that the commands cover, if the config scopes them; absent: everything. */
  scopes: z.array(z.string().max(200)).max(MOST_SCOPES).optional(),
  /** The compiler's message about code that does not build, for people; absent if there is none. */
  notBuilt: z.array(z.string().max(200)).max(10).optional(),
  /** Places that its output names, on the change; absent if none. */
  problems: z.array(Problem).max(MOST_PROBLEMS).optional(),
  /** Number of places beyond the bound. */
  moreProblems: z.int().positive().optional(),
  /** Further runs on the same bytes, in order; absent if none. */
  again: z.array(FurtherRun).max(4).optional(),
});
export type CheckRun = z.infer<typeof CheckRun>;

/** Result of comparing the two test runs (fail-to-pass and pass-to-pass as in SWE-bench, arXiv 2310.06770). */
export const TestComparison = z.strictObject({
  kind: z.literal("test-comparison"),
  subject: Subject,
  source: z.enum(["per-test", "exit-code"]),
  /** Passed on the change. On the base with the changed tests it failed, or its file did not load. */
  failToPass: z.array(z.string()),
  /** Passed on the change and was never seen failing, because it could not run without the rest of the change. Absent: none. */
  new: z.array(z.string()).optional(),
  /**
   * Passed on the base, and its old version no longer passes, although the change's version does; or a file in which
   * that is unknown. Absent: none.
   */
  altered: z.array(z.string()).optional(),
  /** Passed on both. */
  passToPass: z.array(z.string()),
  /** Passed on the base, and fails or is skipped on the change, or its file does not load there: a regression. */
  passToFail: z.array(z.string()),
  /** Fails on the change, and did not exist before. Absent: none, as below. */
  newFailing: z.array(z.string()).optional(),
  /** Passed on the base and no longer exists, and nothing shows that the change removed it from a test file: a regression. */
  gone: z.array(z.string()).optional(),
  /** Passed on the base, and the change removed it from a test file or renamed it. For a person. */
  removed: z.array(z.string()).optional(),
  /** Names that change with each run, by the two runs on the base. They prove nothing, and their absence is no regression. */
  unstable: z.array(z.string()).optional(),
  /** Failed once and passed once on the same bytes, of any tree. They prove nothing, and do not count as passed. */
  flaky: z.array(z.string()).optional(),
  /** Those of them that were flaky on the change. */
  flakyOnChange: z.array(z.string()).optional(),
  /** How often each test named for a criterion of kind `changes` was seen to turn; absent if none. */
  repeated: z.array(Repeated).max(300).optional(),
  /** Failed on both: known before work started, never counted against the change. */
  failToFail: z.array(z.string()),
  summed: Summed.optional(),
});
export type TestComparison = z.infer<typeof TestComparison>;

/** A criterion of the contract, its named tests, and what was observed of them. */
export const CriterionProof = z.strictObject({
  kind: z.literal("criterion"),
  subject: Subject,
  ...ProofFields,
});
export type CriterionProof = z.infer<typeof CriterionProof>;

/** Lines that the tests ran, from their coverage report (lcov or Cobertura). */
export const Coverage = z.strictObject({
  kind: z.literal("coverage"),
  subject: Subject,
  /** Path of the report in the workspace. */
  source: z.string().max(300),
  files: z
    .array(
      z.strictObject({
        path: z.string().max(300),
        /** Lines run at least once, of `total` executable lines. */
        covered: z.int().nonnegative(),
        total: z.int().nonnegative(),
      }),
    )
    .max(20_000),
});
export type Coverage = z.infer<typeof Coverage>;

/** A package that the approved lockfile adds, fetched by trusted code. Null if the registry did not say. */
export const AddedPackage = z.strictObject({
  name: z.string().min(1).max(214),
  version: z.string().min(1).max(100),
  /** Host and port that it was fetched from. */
  host: z.string().max(300),
  integrity: z.string().max(200),
  /** When this version was published, ISO 8601. */
  publishedAt: z.iso.datetime().nullable(),
  /** Downloads of all its versions in the last week. */
  weeklyDownloads: z.int().nonnegative().nullable(),
  /** A known package with a confusingly similar name; null if there is none. */
  lookAlike: z.string().max(214).nullable(),
  /** Whether it wants to run an install script. None was run. */
  installScript: z.boolean(),
});
export type AddedPackage = z.infer<typeof AddedPackage>;

/** Packages that an approved lockfile added. */
export const Dependencies = z.strictObject({
  kind: z.literal("dependencies"),
  subject: Subject,
  /** The digest that a person approved. */
  digest: Digest,
  /** Lockfiles that were fetched and installed from, with scripts off. */
  lockfiles: z.array(z.string().max(300)).max(50),
  added: z.array(AddedPackage).max(500),
});
export type Dependencies = z.infer<typeof Dependencies>;

/** How the change weakens tests, read from their syntax trees. Absent if nothing was found. */
export const Ratchet = z.strictObject({
  kind: z.literal("ratchet"),
  subject: Subject,
  findings: z.array(RatchetFinding).max(100),
  /** Number beyond the bound. */
  more: z.int().nonnegative(),
});
export type Ratchet = z.infer<typeof Ratchet>;

/** Which parts of the change's source are missed when each is reverted alone. */
export const Noticed = z.strictObject({
  kind: z.literal("noticed"),
  subject: Subject,
  ...NoticedFields,
});
export type Noticed = z.infer<typeof Noticed>;

export const Evidence = z.discriminatedUnion("kind", [
  CheckRun,
  TestComparison,
  CriterionProof,
  Coverage,
  Dependencies,
  Ratchet,
  Noticed,
]);
export type Evidence = z.infer<typeof Evidence>;

/** Whether every piece is about these very bytes. An empty list proves nothing and is false. */
export function isEvidenceFor(evidence: readonly Evidence[], subject: Subject): boolean {
  return (
    evidence.length > 0 &&
    evidence.every(
      (piece) => piece.subject.base === subject.base && piece.subject.tree === subject.tree,
    )
  );
}
