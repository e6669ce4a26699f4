import { z } from "zod";
import { digestOfValue, ObjectId } from "./digest.ts";

/** Tries of a probe that does not pass at once. */
export const PROBE_TRIES = 3;

/** Identifies a probe by its request and expectation, so that an earlier result is compared only with the same question. */
export const ProbeId = z.string().regex(/^[0-9a-f]{16}$/, "expected 16 hexadecimal digits");
export type ProbeId = z.infer<typeof ProbeId>;

/** `from`: for a program, the commit that it comes from. A script that another change rewrote asks another question. */
export function probeIdOf(probe: unknown, from?: ObjectId): ProbeId {
  return digestOfValue(from === undefined ? probe : { probe, from }).slice(0, 16);
}

/**
 * Result of one smoke test of one merge:
 *
 * - `passed`: every probe passed. The merge is called live only if `liveSha` is its commit, too.
 * - `failed`: a probe failed at every one of its tries. Only `brokenByMerge` says that the merge broke it.
 * - `flaky`: a probe passed at some tries and not at others; none failed at all of them. Never a reason to revert.
 * - `unreachable`: nobody could look. Neither a pass nor a failure: it says nothing about the merge.
 * - `red-before`: what fails failed before the merge, too, and all else passed. It neither blames nor clears the merge.
 * - `not-deployed`: the commit was not seen live in time, or another replaced it while it was probed. The deploy did
 * not report, which is no failure of the merge and says nothing about how it works.
 * - `waiting`: the deploy waits for a person or for its turn, as GitHub says. Not final: it is looked for again, without limit.
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

/** One try. `slow`: as expected, but too late. `unreachable`: nobody answered, or a program could not run. */
export const ProbeTry = z.strictObject({
  status: z.enum(["passed", "slow", "failed", "unreachable"]),
  found: z.string().max(500),
  durationMs: z.number().nonnegative(),
});
export type ProbeTry = z.infer<typeof ProbeTry>;

/** Final status of a probe, each word as in `SmokeStatus`. */
const ProbeStatus = z.enum(["passed", "failed", "flaky", "unreachable", "red-before"]);
export type ProbeStatus = z.infer<typeof ProbeStatus>;

/**
 * Result of the same probe before the merge, at the commit that was live then: seen in this job while that one was still
 * live, or recorded by that commit's smoke test. `unknown`: nobody looked, or something changed meanwhile.
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
 * The program of a probe: the commit whose tree it comes from, which has no byte of the change, and whether the change
 * rewrites that script. For a command, its files are unknown.
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
  /** Absent for an address, and if no program was available. */
  program: ProbeProgram.optional(),
  status: ProbeStatus,
  /** Observation of the deciding try. */
  found: z.string().max(500),
  durationMs: z.number().nonnegative(),
  /** In order; only one if the first try passed and nothing had to be repeated. */
  tries: z.array(ProbeTry).min(1).max(PROBE_TRIES),
  before: Before,
});
export type ProbeResult = z.infer<typeof ProbeResult>;

/** How the live commit was determined: by an address that names it, or by the status of a deployment. */
export const LookedFor = z.strictObject({
  where: z.string().max(500),
  found: z.string().max(500),
  tries: z.int().positive(),
});
export type LookedFor = z.infer<typeof LookedFor>;

export const SmokeResult = z.strictObject({
  mergeSha: ObjectId,
  /** The commit that was seen live. Null: none was seen, and nothing is called live. */
  liveSha: z.string().max(64).nullable(),
  status: SmokeStatus,
  waitedMs: z.number().nonnegative(),
  /** Null if the config names no place to look. */
  lookedFor: LookedFor.nullable(),
  /** Empty if nothing was probed. */
  probes: z.array(ProbeResult).max(20),
  /** Configured probes that this merge cannot be tested by, with the reason. They say nothing about it, and block nothing. */
  leftOut: z
    .array(z.strictObject({ what: z.string().max(500), why: z.string().max(500) }))
    .max(20)
    .optional(),
});
export type SmokeResult = z.infer<typeof SmokeResult>;

/** The overall status: the worst one, where unseen is worse than already red before. */
export function statusOfProbes(probes: readonly Pick<ProbeResult, "status">[]): SmokeStatus {
  const worst = (["failed", "unreachable", "red-before", "flaky"] as const).find((wanted) =>
    probes.some(({ status }) => status === wanted),
  );
  return worst ?? (probes.length === 0 ? "nothing-to-probe" : "passed");
}

/** Whether the merge itself was seen live, whatever its probes said. Always false without a configured deploy. */
export function wasSeenLive({ liveSha, mergeSha }: Pick<SmokeResult, "liveSha" | "mergeSha">) {
  return liveSha === mergeSha;
}

/**
 * Probes that the merge broke: they passed at its parent, and failed at every try at the merge itself while it was live.
 * Any other failure is a question for a person: another merge may lie between, or nobody looked.
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
