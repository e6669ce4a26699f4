import { z } from "zod";
import { ObjectId } from "../digest.ts";
import { CheckRun, CheckStatus } from "../evidence.ts";
import { RepositoryName } from "../order.ts";
import { Refusal } from "../refusal.ts";
import { NoticedLines } from "./noticed.ts";
import { RatchetFinding } from "./ratchet.ts";

/**
 * Outcome of a proof without a contract. `proven`: nothing got worse, and a test fails without the change. `unproven`:
 * nothing got worse, and no test was seen failing without it. `broken`: something that held on the base does not hold on
 * the change, or a check fails there. `not-measured`: nobody could tell.
 */
export const PROOF_OUTCOMES = ["proven", "unproven", "broken", "not-measured"] as const;
export type ProofOutcome = (typeof PROOF_OUTCOMES)[number];

/** The most names of a list that are written; its length is beside them. */
export const MOST_NAMES = 30;

/** The most characters of a name that are written. */
export const NAME_CHARACTERS = 300;

/** The first names of a list, and its length. */
export const NameList = z.strictObject({
  total: z.int().nonnegative(),
  names: z.array(z.string().max(NAME_CHARACTERS)).max(MOST_NAMES),
});
export type NameList = z.infer<typeof NameList>;

/** One command that ran, without its output. */
export const ProvenCheck = z.strictObject({
  name: z.string().min(1).max(60),
  on: CheckRun.shape.on,
  status: CheckStatus,
  /** Whether it counts as passed: it passed, or fails only as on the base. Set for the change alone. */
  counts: z.boolean().optional(),
  durationMs: z.number().nonnegative(),
  /** Number of tests in its report; absent without a report. */
  tests: z.int().nonnegative().optional(),
  note: z.string().max(500).optional(),
});
export type ProvenCheck = z.infer<typeof ProvenCheck>;

/** Lists of a test comparison, in display order. */
export const TEST_LISTS = [
  "failToPass",
  "passToPass",
  "passToFail",
  "newFailing",
  "gone",
  "removed",
  "altered",
  "new",
  "flaky",
  "unstable",
  "failToFail",
] as const;
export type TestList = (typeof TEST_LISTS)[number];

/** Every test list by its name, and whether a report named the tests or only exit codes exist. */
export const ProvenTests = z.strictObject({
  source: z.enum(["per-test", "exit-code"]),
  lists: z.strictObject({
    failToPass: NameList,
    passToPass: NameList,
    passToFail: NameList,
    newFailing: NameList,
    gone: NameList,
    removed: NameList,
    altered: NameList,
    new: NameList,
    flaky: NameList,
    unstable: NameList,
    failToFail: NameList,
  } satisfies Record<TestList, typeof NameList>),
});
export type ProvenTests = z.infer<typeof ProvenTests>;

/** Which changed source lines a test or the compiler misses when they are reverted, part by part. */
export const ProvenNoticing = z.strictObject({
  lines: NoticedLines,
  /** Parts that nothing notices. */
  unnoticed: z
    .array(
      z.strictObject({
        path: z.string().max(300),
        from: z.int().positive(),
        to: z.int().positive(),
      }),
    )
    .max(MOST_NAMES),
  more: z.int().nonnegative(),
});
export type ProvenNoticing = z.infer<typeof ProvenNoticing>;

/** What the tests prove of one change, without a contract or a model: per test, not per criterion. */
export const ChangeProof = z.strictObject({
  version: z.literal(1),
  /** Merge base of the change and the other branch. Its config is what ran. */
  base: ObjectId,
  head: ObjectId,
  outcome: z.enum(PROOF_OUTCOMES),
  /** Why it is unknown; absent otherwise. */
  refusal: Refusal.optional(),
  changed: z.strictObject({ files: z.int().nonnegative(), lines: z.int().nonnegative() }),
  checks: z.array(ProvenCheck).max(60),
  /** Null if no tests of base and change were compared. */
  tests: ProvenTests.nullable(),
  /** Null if nothing was reverted. */
  noticed: ProvenNoticing.nullable(),
  /** How the change weakens tests. */
  ratchet: z.strictObject({
    findings: z.array(RatchetFinding).max(MOST_NAMES),
    more: z.int().nonnegative(),
  }),
  /** The repository whose `factory.yml` the config extends, if that file was not read. Its keys do not count then. */
  unread: RepositoryName.optional(),
  durationMs: z.number().nonnegative(),
});
export type ChangeProof = z.infer<typeof ChangeProof>;

/** Lists of tests that got worse. */
const WORSE = ["passToFail", "newFailing", "gone"] as const satisfies readonly TestList[];

/** The one rule for the outcome of a proof. Unknown is not measured, never proven. */
export function outcomeOf(proof: {
  readonly checks: readonly Pick<ProvenCheck, "counts">[];
  readonly tests: ProvenTests | null;
  readonly refusal?: Refusal | undefined;
}): ProofOutcome {
  const { checks, tests, refusal } = proof;
  if (refusal !== undefined || tests === null) return "not-measured";
  const worse = WORSE.some((list) => tests.lists[list].total > 0);
  if (worse || checks.some(({ counts }) => counts === false)) return "broken";
  if (tests.source === "exit-code") return "unproven";
  return tests.lists.failToPass.total > 0 ? "proven" : "unproven";
}

/** The proof of a change that could not be measured. */
export function notMeasured(
  change: { readonly base: ObjectId; readonly head: ObjectId },
  refusal: Refusal,
): ChangeProof {
  return {
    ...{ version: 1, base: change.base, head: change.head, outcome: "not-measured", refusal },
    changed: { files: 0, lines: 0 },
    checks: [],
    tests: null,
    noticed: null,
    ratchet: { findings: [], more: 0 },
    durationMs: 0,
  };
}

/** More than the largest proof that can be written, in bytes. Control reads no more. */
export const PROOF_BYTES = 1_000_000;

/** Output of the job that proves a pull request. Its reader treats it as untrusted. */
export const PullRequestProof = z.strictObject({
  version: z.literal(1),
  repository: RepositoryName,
  pullRequest: z.int().positive(),
  proof: ChangeProof,
});
export type PullRequestProof = z.infer<typeof PullRequestProof>;
