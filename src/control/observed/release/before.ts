import type { ObjectId } from "../../../domain/digest.ts";
import type { Scope } from "../../../domain/github/snapshot.ts";
import type { SealedEntry } from "../../../domain/ledger.ts";
import type { ReleaseOrder } from "../../../domain/order.ts";
import type { View } from "../issue-view.ts";
import { entriesOf, isLater, lastOf, readLedger } from "../ledger/ledger.ts";
import { listedPull } from "../listed-pull.ts";
import { lastLanding } from "./landing.ts";

type Recorded = NonNullable<ReleaseOrder["release"]["before"]>;

/**
 * The first parent of a merge of this issue, if control knows it. The factory merges only on the very base that it
 * claimed. For any other merge only GitHub knows the parent.
 */
export function parentOfMerge(
  { ledger, snapshot }: Pick<View, "ledger" | "snapshot">,
  merge: ObjectId,
): ObjectId | undefined {
  const landing = lastLanding(ledger.entries)?.event;
  const isAttempt =
    landing?.kind === "merged" && landing.by === "factory" && landing.commit === merge;
  const claimed = isAttempt ? lastOf(ledger.entries, "claimed") : undefined;
  return claimed?.event.base ?? snapshot.before?.parent;
}

/**
 * The commit on which the merged or reverted change was made. Its tree has no byte of that change, however it was
 * merged. Undefined if no attempt is known.
 */
export function commitBefore(
  { ledger }: Pick<View, "ledger">,
  merge: ObjectId,
): ObjectId | undefined {
  const { entries } = ledger;
  const merged = entriesOf(entries, "merged").findLast(({ event }) => event.commit === merge);
  const claims = entriesOf(entries, "claimed").filter(
    ({ sequence }) => sequence < (merged?.sequence ?? Number.POSITIVE_INFINITY),
  );
  return claims.at(-1)?.event.base;
}

/**
 * The smoke test record of that commit, if it was seen live: in this issue's ledger, or in that of the issue that merged
 * it. An untrusted ledger records nothing.
 */
export function recordedAt(view: View, commit: ObjectId | undefined): Recorded | undefined {
  if (commit === undefined) return undefined;
  return passedAt(view.ledger.entries, commit) ?? passedAt(entriesBefore(view), commit);
}

function entriesBefore({ snapshot, input }: View): readonly SealedEntry[] {
  const issue = snapshot.before?.issue;
  if (issue === undefined) return [];
  const { entries } = readLedger(issue.comments, {
    identity: input.identity.id,
    place: { repositoryId: snapshot.repository.id, issue: issue.number },
    queued: false,
    ...(input.sealKey === undefined ? {} : { key: input.sealKey }),
  });
  return entries;
}

/** The last result counts. If a test passed once and failed later at the same commit, it did not pass before the merge. */
function passedAt(entries: readonly SealedEntry[], commit: ObjectId): Recorded | undefined {
  const last = entriesOf(entries, "smoked").findLast(({ event }) => event.commit === commit);
  if (last?.event.live !== true) return undefined;
  const { passed = [] } = last.event;
  return passed.length === 0 ? undefined : { commit, passed, at: last.at };
}

/** What to ask GitHub about the commit before a merge; nothing if there are no probes, or this ledger knows it. */
export function beforeToAsk(view: View): Scope["before"] {
  const merge = mergeToSmoke(view);
  if (merge === undefined || view.config.smoke.probes.length === 0) return undefined;
  const parent = parentOfMerge(view, merge);
  if (parent === undefined) return { merge };
  return passedAt(view.ledger.entries, parent) === undefined ? { parent } : undefined;
}

/** The merge to smoke-test after this ring: one that the ledger waits for, or one that a person has just made. */
function mergeToSmoke({ input, stage, ledger, trigger, snapshot }: View): ObjectId | undefined {
  if (input.task !== "route") return undefined;
  if (trigger?.kind === "pull-request-closed") {
    return listedPull(snapshot, trigger.pullRequest)?.mergeSha ?? undefined;
  }
  if (stage !== "smoking" && stage !== "needs-human") return undefined;
  const landing = lastLanding(ledger.entries);
  const claimed = lastOf(ledger.entries, "claimed");
  const isOver = isLater(claimed, landing);
  // A merge that takes another back is not taken back itself: nothing asks what was before.
  return landing?.event.kind === "merged" && !isOver ? landing.event.commit : undefined;
}
