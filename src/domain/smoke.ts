import { z } from "zod";
import { digestOfValue, ObjectId } from "./digest.ts";

/** Tries of a probe that does not pass at once. */
export const PROBE_TRIES = 3;

/** Names a probe by what it asks and expects, so that a look of yesterday is compared with the same question alone. */
export const ProbeId = z.string().regex(/^[0-9a-f]{16}$/, "expected 16 hexadecimal digits");
export type ProbeId = z.infer<typeof ProbeId>;

/** `from`: of a program the commit that it comes from. A script that another change wrote anew asks another question. */
export function probeIdOf(probe: unknown, from?: ObjectId): ProbeId {
  return digestOfValue(from === undefined ? probe : { probe, from }).slice(0, 16);
}

/**
 * What one smoke test of one merge came to:
 *
 * - `passed`: every probe passed. Live is said of the merge only where `liveSha` is its commit, too.
 * - `failed`: a probe failed at every one of its tries. That the merge broke it is said only by `brokenByMerge`.
 * - `flaky`: a probe passed at some tries and not at others; none failed at all of them. Never a reason to revert.
 * - `unreachable`: nobody could look. Neither a pass nor a failure: nothing is said of the merge.
 * - `red-before`: what fails failed before the merge, too, and all else passed. Not the merge's doing, nor that it is well.
 * - `not-deployed`: the commit was not seen live in time, or another took its place while it was probed. A deploy that did
 *   not report, which is no failure of the merge; nothing is said of how it works.
 * - `waiting`: the deploy waits for a person or for its turn, as GitHub says. Not an end: it is looked for again, without limit.
 * - `nothing-to-probe`: the config names no probe. Never called passed.
 */
export const SmokeStatus = z.enum([
  "passed",
  "failed",
  "flaky",
  "unreachable",
  "red-before",
  "not-deployed",
  "waiting",
  "nothing-to-probe",
]);
export type SmokeStatus = z.infer<typeof SmokeStatus>;

/** One try. `slow`: as expected, but for the time that it took. `unreachable`: nobody answered, or a program could not run. */
export const ProbeTry = z.strictObject({
  status: z.enum(["passed", "slow", "failed", "unreachable"]),
  found: z.string().max(500),
  durationMs: z.number().nonnegative(),
});
export type ProbeTry = z.infer<typeof ProbeTry>;

/** How a probe ended, each word as in `SmokeStatus`. */
const ProbeStatus = z.enum(["passed", "failed", "flaky", "unreachable", "red-before"]);
export type ProbeStatus = z.infer<typeof ProbeStatus>;

/**
 * What the same probe came to before the merge, at the commit that was live then: seen in this job while that one was still
 * live, or recorded by the smoke test of that commit. `unknown`: nobody looked, or something moved while they did.
 */
export const Before = z.discriminatedUnion("status", [
  z.strictObject({ status: z.literal("unknown") }),
  z.strictObject({
    status: z.enum(["passed", "failed", "flaky", "unreachable"]),
    commit: ObjectId,
    seen: z.enum(["in-this-job", "recorded"]),
    /** When it was recorded. */
    at: z.iso.datetime().optional(),
  }),
]);
export type Before = z.infer<typeof Before>;

/**
 * The program of a probe: the commit whose tree it comes from, which has no byte of the change, and whether the change writes
 * that script anew. For a command nobody knows which files it is.
 */
export const ProbeProgram = z.strictObject({
  from: ObjectId,
  changed: z.enum(["yes", "no", "unknown"]),
});
export type ProbeProgram = z.infer<typeof ProbeProgram>;

export const ProbeResult = z.strictObject({
  id: ProbeId,
  /** What was asked: an address, or the words of a program. */
  url: z.string().max(500),
  /** Absent for an address, and where no program could be had. */
  program: ProbeProgram.optional(),
  status: ProbeStatus,
  /** What the try that decides saw. */
  found: z.string().max(500),
  durationMs: z.number().nonnegative(),
  /** In the order in which they were made; one where the first try passed and nothing had to be repeated. */
  tries: z.array(ProbeTry).min(1).max(PROBE_TRIES),
  before: Before,
});
export type ProbeResult = z.infer<typeof ProbeResult>;

/** How the commit that is live was looked for: an address that names it, or the status of a deployment. */
export const LookedFor = z.strictObject({
  where: z.string().max(500),
  found: z.string().max(500),
  tries: z.int().positive(),
});
export type LookedFor = z.infer<typeof LookedFor>;

export const SmokeResult = z.strictObject({
  mergeSha: ObjectId,
  /** The commit that was seen live. Null: nobody saw one, and nothing is called live. */
  liveSha: z.string().max(64).nullable(),
  status: SmokeStatus,
  waitedMs: z.number().nonnegative(),
  /** Null where the config names no place to look. */
  lookedFor: LookedFor.nullable(),
  /** Empty where nothing was probed. */
  probes: z.array(ProbeResult).max(20),
  /** Probes of the config that this merge cannot be asked by, and why. They say nothing of it, and hold nothing up. */
  leftOut: z
    .array(z.strictObject({ what: z.string().max(500), why: z.string().max(500) }))
    .max(20)
    .optional(),
});
export type SmokeResult = z.infer<typeof SmokeResult>;

/** What stands for the whole: the worst that was seen, where not to have seen is worse than to have seen it red before. */
export function statusOfProbes(probes: readonly Pick<ProbeResult, "status">[]): SmokeStatus {
  const worst = (["failed", "unreachable", "red-before", "flaky"] as const).find((wanted) =>
    probes.some(({ status }) => status === wanted),
  );
  return worst ?? (probes.length === 0 ? "nothing-to-probe" : "passed");
}

/** Whether the merge itself was seen live, whatever its probes said. Where no deploy is configured that is never so. */
export function wasSeenLive({ liveSha, mergeSha }: Pick<SmokeResult, "liveSha" | "mergeSha">) {
  return liveSha === mergeSha;
}

/**
 * The probes that the merge broke: seen passing at its parent, and failing at every try at the merge itself, while that one
 * was seen live. Everything else that fails is a question for a person: another merge may lie between, or nobody looked.
 */
export function brokenByMerge(
  smoke: Pick<SmokeResult, "liveSha" | "mergeSha" | "probes">,
  parent: ObjectId | undefined,
): readonly ProbeResult[] {
  if (parent === undefined || !wasSeenLive(smoke)) return [];
  return smoke.probes.filter(
    ({ status, tries, before }) =>
      status === "failed" &&
      tries.length === PROBE_TRIES &&
      before.status === "passed" &&
      before.commit === parent,
  );
}
