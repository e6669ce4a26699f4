import { z } from "zod";
import { MOST_SCOPES } from "./config/scoped-checks.ts";
import { Digest, ObjectId } from "./digest.ts";
import { NoticedFields } from "./evidence/noticed.ts";
import { MOST_PROBLEMS, Problem } from "./evidence/problem.ts";
import { ProofFields } from "./evidence/proof.ts";
import { RatchetFinding } from "./evidence/ratchet.ts";
import { FurtherRun, Repeated } from "./evidence/repeats.ts";
import { Summed } from "./evidence/summed.ts";

/** The exact bytes a fact is about. Evidence for other bytes is worth nothing. */
export const Subject = z.strictObject({ base: ObjectId, tree: ObjectId });
export type Subject = z.infer<typeof Subject>;

export const TestStatus = z.enum(["passed", "failed", "skipped"]);
export type TestStatus = z.infer<typeof TestStatus>;

/** How many results of one name had each outcome. */
export const Tally = z.strictObject({
  passed: z.int().nonnegative(),
  failed: z.int().nonnegative(),
  skipped: z.int().nonnegative(),
});
export type Tally = z.infer<typeof Tally>;

/** One test by its full name (file or class, then title), as its runner reports it. */
export const TestResult = z.strictObject({
  name: z.string().min(1).max(500),
  /** The worst of them where the name stands for several. */
  status: TestStatus,
  durationMs: z.number().nonnegative().optional(),
  /** Present where the report gave several results this name: nobody can tell which of them is which test. */
  several: Tally.optional(),
});
export type TestResult = z.infer<typeof TestResult>;

export const CheckStatus = z.enum(["passed", "failed", "timed-out"]);
export type CheckStatus = z.infer<typeof CheckStatus>;

/**
 * One command that ran in the sandbox. `subject` is what the whole verification is about; `on` says which of its trees
 * this command saw: `base`, the base with the changed test files put on it, the change, the change with the test files of
 * the base, or of a pull request that is mended its `head` and where it left the base. `setup` always runs on base bytes; its `on` names the workspace it prepared.
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
  /** Bytes of output in all, before the bound. */
  outputBytes: z.int().nonnegative(),
  /** Per-test results where a report could be read; absent means that only the exit code speaks. */
  tests: z.array(TestResult).max(50_000).optional(),
  /** What trusted code found beyond the exit code: an unreadable report, no tests in it, a report that contradicts the exit code. */
  note: z.string().max(500).optional(),
  summed: Summed.optional(),
  /** Globs that the commands are about which ran, where the config scopes them; absent: about everything. */
  scopes: z.array(z.string().max(200)).max(MOST_SCOPES).optional(),
  /** What a compiler said that it cannot build, for people to read; absent where none said so. */
  notBuilt: z.array(z.string().max(200)).max(10).optional(),
  /** Places that its output names, on the change; absent where it names none. */
  problems: z.array(Problem).max(MOST_PROBLEMS).optional(),
  /** Those beyond the bound. */
  moreProblems: z.int().positive().optional(),
  /** Further runs of it on the same bytes, in their order; absent where there was none. */
  again: z.array(FurtherRun).max(4).optional(),
});
export type CheckRun = z.infer<typeof CheckRun>;

/** What comparing the two runs of the tests proved (fail-to-pass and pass-to-pass as in SWE-bench, arXiv 2310.06770). */
export const TestComparison = z.strictObject({
  kind: z.literal("test-comparison"),
  subject: Subject,
  source: z.enum(["per-test", "exit-code"]),
  /** Passed on the change; failed on the base with the changed tests put on it, or its file did not even load there. */
  failToPass: z.array(z.string()),
  /** Passed on the change and was never seen failing: nobody could run it without the rest of the change. Absent: none. */
  new: z.array(z.string()).optional(),
  /**
   * Passed on the base and no longer does as it stood there, although the change's own version passes; or a file in which
   * nobody can tell. Absent: none, so that only what needs a person is said.
   */
  altered: z.array(z.string()).optional(),
  /** Passed on both. */
  passToPass: z.array(z.string()),
  /** Passed on the base, and fails or is skipped on the change, or its file does not load there: a regression. */
  passToFail: z.array(z.string()),
  /** Fails on the change, and was not there before. Absent: none, as below. */
  newFailing: z.array(z.string()).optional(),
  /** Passed on the base and exists no longer, and nothing shows that the change took it out of a test file: a regression. */
  gone: z.array(z.string()).optional(),
  /** Passed on the base, and the change took it out of a test file: it was removed or has another name. For a person. */
  removed: z.array(z.string()).optional(),
  /** Names that change with each run, by the two runs on the base: they prove nothing and are missed by nobody. */
  unstable: z.array(z.string()).optional(),
  /** Failed once and passed once on the same bytes, of whichever tree: they prove nothing, and passed nothing. */
  flaky: z.array(z.string()).optional(),
  /** Those of them that did so on the change. */
  flakyOnChange: z.array(z.string()).optional(),
  /** How often each test that is named for a criterion of kind `changes` was seen to turn; absent: none was. */
  repeated: z.array(Repeated).max(300).optional(),
  /** Failed on both: known before work started, never counted against the change. */
  failToFail: z.array(z.string()),
  summed: Summed.optional(),
});
export type TestComparison = z.infer<typeof TestComparison>;

/** A criterion of the contract, what was named for it and what was seen of that. */
export const CriterionProof = z.strictObject({
  kind: z.literal("criterion"),
  subject: Subject,
  ...ProofFields,
});
export type CriterionProof = z.infer<typeof CriterionProof>;

/** Lines that the tests ran through, from the coverage report that they wrote (lcov or Cobertura). */
export const Coverage = z.strictObject({
  kind: z.literal("coverage"),
  subject: Subject,
  /** The report it was read from, a path in the workspace. */
  source: z.string().max(300),
  files: z
    .array(
      z.strictObject({
        path: z.string().max(300),
        /** Lines run at least once, of `total` lines that could be run. */
        covered: z.int().nonnegative(),
        total: z.int().nonnegative(),
      }),
    )
    .max(20_000),
});
export type Coverage = z.infer<typeof Coverage>;

/** A package that the approved lockfile adds, fetched by trusted code. What the registry did not tell is null: not known. */
export const AddedPackage = z.strictObject({
  name: z.string().min(1).max(214),
  version: z.string().min(1).max(100),
  /** Host and port it was fetched from. */
  host: z.string().max(300),
  integrity: z.string().max(200),
  /** When this version was published, ISO 8601. */
  publishedAt: z.iso.datetime().nullable(),
  /** Downloads of all its versions in the last week. */
  weeklyDownloads: z.int().nonnegative().nullable(),
  /** A known package that its name is easily taken for; null when there is none. */
  lookAlike: z.string().max(214).nullable(),
  /** Whether it wants to run a script when it is installed; none was run. */
  installScript: z.boolean(),
});
export type AddedPackage = z.infer<typeof AddedPackage>;

/** What an approved lockfile brought in. */
export const Dependencies = z.strictObject({
  kind: z.literal("dependencies"),
  subject: Subject,
  /** The digest that a person approved. */
  digest: Digest,
  /** Lockfiles that were fetched for and installed from, scripts off. */
  lockfiles: z.array(z.string().max(300)).max(50),
  added: z.array(AddedPackage).max(500),
});
export type Dependencies = z.infer<typeof Dependencies>;

/** What the change takes away from tests, read from their syntax trees. Absent where nothing was found. */
export const Ratchet = z.strictObject({
  kind: z.literal("ratchet"),
  subject: Subject,
  findings: z.array(RatchetFinding).max(100),
  /** Those beyond the bound. */
  more: z.int().nonnegative(),
});
export type Ratchet = z.infer<typeof Ratchet>;

/** Which parts of the change's source are missed when they are taken back, one at a time. */
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

/** Whether every piece is about these very bytes; an empty list proves nothing and is false. */
export function isEvidenceFor(evidence: readonly Evidence[], subject: Subject): boolean {
  return (
    evidence.length > 0 &&
    evidence.every(
      (piece) => piece.subject.base === subject.base && piece.subject.tree === subject.tree,
    )
  );
}
