import { ObjectId as Commit } from "../../domain/digest.ts";
import type { ReleaseOrder } from "../../domain/order.ts";
import type { Before, ProbeId, ProbeResult } from "../../domain/smoke.ts";
import type { Probed } from "./probe.ts";

/** Result of each probe before the merge; a missing probe was not run. */
export type Earlier = ReadonlyMap<ProbeId, Before>;

export const NOTHING_SEEN: Earlier = new Map();

/** Results of this job, from while the previous commit was still live. */
export function seenInThisJob(commit: string | null, probed: readonly Probed[]): Earlier {
  const known = Commit.safeParse(commit);
  if (!known.success) return NOTHING_SEEN;
  return new Map(
    probed.map(({ id, status }) => [id, { status, commit: known.data, seen: "in-this-job" }]),
  );
}

/**
 * The result with earlier results. A result of this job is preferred to a record, which is older. A probe that failed
 * before in the same way was not broken by the merge.
 */
export function compareWithBefore(
  probed: Probed,
  known: { readonly earlier: Earlier; readonly recorded: ReleaseOrder["release"]["before"] },
): ProbeResult {
  const before = known.earlier.get(probed.id) ?? recordedOf(probed.id, known.recorded);
  const wasRed = probed.status === "failed" && before.status === "failed";
  return { ...probed, status: wasRed ? "red-before" : probed.status, before };
}

function recordedOf(id: ProbeId, recorded: ReleaseOrder["release"]["before"]): Before {
  // A probe that is missing among those that passed may be new, so only a pass counts as a record.
  if (recorded?.passed.includes(id) !== true) return { status: "unknown" };
  const { commit, at } = recorded;
  return { status: "passed", commit, seen: "recorded", ...(at === undefined ? {} : { at }) };
}
