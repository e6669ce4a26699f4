import { z } from "zod";
import { ObjectId } from "../digest.ts";
import { CheckRun, CheckStatus } from "../evidence.ts";
import { RepositoryName } from "../order.ts";
import { Refusal } from "../refusal.ts";
import { NoticedLines } from "./noticed.ts";
import { RatchetFinding } from "./ratchet.ts";

/**
 * What came of a proof without a contract. `proven`: nothing got worse, and a test fails without the change. `unproven`:
 * nothing got worse, and no test was seen failing without it. `broken`: something that held on the base does not hold on the
 * change, or a check fails there. `not-measured`: nobody could tell.
 */
export const PROOF_OUTCOMES = ["proven", "unproven", "broken", "not-measured"] as const;
export type ProofOutcome = (typeof PROOF_OUTCOMES)[number];

/** How many names of a list are written down; how long it is stands beside them. */
export const MOST_NAMES = 30;

/** How much of a name is written down. */
export const NAME_CHARACTERS = 300;

/** The first names of a list, and how many it has. */
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
  /** Whether it counts as passed: it passed, or fails by nothing but what fails on the base. Said of the change alone. */
  counts: z.boolean().optional(),
  durationMs: z.number().nonnegative(),
  /** How many tests its report names; absent without a report. */
  tests: z.int().nonnegative().optional(),
  note: z.string().max(500).optional(),
});
export type ProvenCheck = z.infer<typeof ProvenCheck>;

/** The lists of a comparison of tests, in the order in which they are told. */
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

/** Every test list by its name, and whether a report named the tests or only exit codes speak. */
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

/** Which changed lines of the source are missed by a test or the compiler when they are taken back, part by part. */
export const ProvenNoticing = z.strictObject({
  lines: NoticedLines,
  /** Parts that nobody notices. */
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

/** What the tests prove of one change, without a contract and without a model: per test, not per criterion. */
export const ChangeProof = z.strictObject({
  version: z.literal(1),
  /** Where the change left the other branch; its config is what ran. */
  base: ObjectId,
  head: ObjectId,
  outcome: z.enum(PROOF_OUTCOMES),
  /** Why nobody could tell; absent where somebody could. */
  refusal: Refusal.optional(),
  changed: z.strictObject({ files: z.int().nonnegative(), lines: z.int().nonnegative() }),
  checks: z.array(ProvenCheck).max(60),
  /** Null where no tests of base and change were compared. */
  tests: ProvenTests.nullable(),
  /** Null where nothing was taken back. */
  noticed: ProvenNoticing.nullable(),
  /** What the change takes away from tests. */
  ratchet: z.strictObject({
    findings: z.array(RatchetFinding).max(MOST_NAMES),
    more: z.int().nonnegative(),
  }),
  /** The repository whose `factory.yml` the config extends, where nobody read that file: what only it states does not count. */
  unread: RepositoryName.optional(),
  durationMs: z.number().nonnegative(),
});
export type ChangeProof = z.infer<typeof ChangeProof>;

/** The lists in which a test stands that got worse. */
const WORSE = ["passToFail", "newFailing", "gone"] as const satisfies readonly TestList[];

/** The one rule by which a proof has an outcome. What cannot be told is not measured, never proven. */
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

/** More than the largest that can be written, in bytes: control reads so many and no more. */
export const PROOF_BYTES = 1_000_000;

/** What the job that proves a pull request hands on. To whoever reads it, it is a stranger's file. */
export const PullRequestProof = z.strictObject({
  version: z.literal(1),
  repository: RepositoryName,
  pullRequest: z.int().positive(),
  proof: ChangeProof,
});
export type PullRequestProof = z.infer<typeof PullRequestProof>;
