import { ObjectId as Commit } from "../../domain/digest.ts";
import type { ReleaseOrder } from "../../domain/order.ts";
import type { Before, ProbeId, ProbeResult } from "../../domain/smoke.ts";
import type { Probed } from "./probe.ts";

/** What each probe came to before the merge; a probe that is not in it was not seen. */
export type Earlier = ReadonlyMap<ProbeId, Before>;

export const NOTHING_SEEN: Earlier = new Map();

/** What was seen in this job, while the commit of before was still live. */
export function seenInThisJob(commit: string | null, probed: readonly Probed[]): Earlier {
  const known = Commit.safeParse(commit);
  if (!known.success) return NOTHING_SEEN;
  return new Map(
    probed.map(({ id, status }) => [id, { status, commit: known.data, seen: "in-this-job" }]),
  );
}

/**
 * The result with what is known of before. A look of this job goes before a record, which is older. What failed before as
 * it fails now was not broken by the merge, whoever says so.
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
  // That a probe is not among those that passed may mean that it is new: only a pass is a record.
  if (recorded?.passed.includes(id) !== true) return { status: "unknown" };
  const { commit, at } = recorded;
  return { status: "passed", commit, seen: "recorded", ...(at === undefined ? {} : { at }) };
}
