import { dependencyKind } from "../../../../domain/dependencies/files.ts";
import type { ObjectId } from "../../../../domain/digest.ts";
import type { CommitTree } from "../../../../domain/github/commit-tree.ts";
import type { ReleaseOrder, RevertOrder } from "../../../../domain/order.ts";
import { foldPath } from "../../../../domain/path.ts";
import type { SmokeProposal } from "../../../../domain/proposal.ts";
import type { Refusal } from "../../../../domain/refusal.ts";
import { brokenByMerge, type ProbeResult } from "../../../../domain/smoke.ts";
import { mayMigrate } from "../../../../domain/trust/assess-risk.ts";
import type { OnIssue } from "../../../observed/issue-view.ts";
import { lastOf } from "../../../observed/ledger/ledger.ts";
import { listedPull } from "../../../observed/listed-pull.ts";
import { lastLanding } from "../../../observed/release/landing.ts";
import type { Wants } from "../../../observed/situation.ts";
import { commonOrder } from "../../../outcome/orders.ts";
import { makeStep } from "../../../three-way/make-step.ts";
import { type ConflictReason, changedPaths, WHY } from "../../../three-way/steps.ts";

/** The most conflicts that a refusal names. */
const MOST_NAMED = 5;

interface Smoked {
  readonly order: ReleaseOrder;
  readonly smoke: SmokeProposal;
}

/**
 * Decides about a merge whose smoke test failed: the order that reverts it, or why the factory does not revert. Returns
 * nothing if no probe is known to have passed at the merge's own parent. Asks for the trees and files that it needs.
 */
export function planRevert(
  view: OnIssue,
  { order, smoke }: Smoked,
): { readonly order: RevertOrder } | { readonly refusal: Refusal } | Wants | undefined {
  const { mergeSha } = order.release;
  // A probe that was not seen passing before does not blame a merge, whatever its parent is.
  if (!smoke.probes.some(({ before }) => before.status === "passed")) return undefined;
  const { head } = view.snapshot.repository;
  const merged = view.trees?.get(mergeSha);
  const now = view.trees?.get(head);
  if (merged === undefined || now === undefined) return { wants: [], trees: [mergeSha, head] };
  const [parent] = merged.parents;
  const broken = brokenByMerge(smoke, parent);
  if (parent === undefined || broken.length === 0) return undefined;
  const byHand = handBack(mergeSha, merged);
  const unknown = refuseMerge(view, order);
  if (unknown !== undefined) return { refusal: { ...unknown, hint: byHand } };
  const before = view.trees?.get(parent);
  if (before === undefined) return { wants: [], trees: [parent] };
  const made = compare(view, { parent, mergeSha, head }, { before, merged, now });
  if ("wants" in made) return made;
  if ("refusal" in made) return { refusal: { ...made.refusal, hint: byHand } };
  return { order: revertOrder(view, { release: order, broken, changeSet: made.changeSet }) };
}

function handBack(commit: ObjectId, { parents }: CommitTree) {
  return { code: "take-back-by-hand", commit, ofTwo: parents.length > 1 } as const;
}

/** The factory reverts only what it published, and only once. A failed revert needs a person. */
function refuseMerge(view: OnIssue, { release }: ReleaseOrder): Refusal | undefined {
  const landing = lastLanding(view.ledger.entries);
  const published = lastOf(view.ledger.entries, "published");
  const subject = `commit ${release.mergeSha}`;
  const forbid = (found: string, accepted: string): Refusal => ({
    code: "revert-forbidden",
    subject,
    found,
    accepted,
  });
  if (landing?.event.kind !== "merged") {
    return forbid("it takes a merge back itself", "the merge of an attempt");
  }
  const pull = listedPull(view.snapshot, landing.event.pullRequest);
  if (
    published?.event.pullRequest !== landing.event.pullRequest ||
    pull?.head.sha !== published.event.commit
  ) {
    return forbid("more was merged than the factory published", "the published commit alone");
  }
  return undefined;
}

interface Commits {
  readonly parent: ObjectId;
  readonly mergeSha: ObjectId;
  readonly head: ObjectId;
}
type Trees = Readonly<Record<"before" | "merged" | "now", CommitTree>>;

function compare(view: OnIssue, { parent, mergeSha, head }: Commits, trees: Trees) {
  const { before, merged, now } = trees;
  const [first, second, third] = [before.files, merged.files, now.files];
  if ("unknown" in first || "unknown" in second || "unknown" in third) {
    const refusal: Refusal = {
      code: "state-unknown",
      subject: "the files of the merge",
      found: "GitHub does not list them all",
    };
    return { refusal };
  }
  const changed = changedPaths(first.known, second.known);
  const forbidden = changed.find((path) => isForbidden(path));
  if (forbidden !== undefined) return { refusal: refusePath(forbidden) };
  const taken = makeStep(
    {
      commits: { from: mergeSha, to: parent, onto: head },
      trees: { from: second.known, to: first.known, onto: third.known },
    },
    view.files,
  );
  if ("wants" in taken) return taken;
  if ("conflicts" in taken) return { refusal: refuseConflicts(taken.conflicts) };
  if (taken.changeSet.files.length > 0) return taken;
  const refusal: Refusal = {
    code: "revert-forbidden",
    subject: `commit ${mergeSha}`,
    found: "nothing of it is left on the default branch",
  };
  return { refusal };
}

/** Whether a path may not be reverted. Removing a file does not undo what a deploy did with it, and people set up dependencies and workflows. */
function isForbidden(path: string): boolean {
  return (
    mayMigrate(path) ||
    dependencyKind(path) !== undefined ||
    foldPath(path).startsWith(".github/workflows/")
  );
}

function refusePath(path: string): Refusal {
  return {
    code: "revert-forbidden",
    subject: path.slice(0, 300),
    found: mayMigrate(path) ? "it may have changed stored data" : "it steers what runs",
    accepted: "a merge without migrations, dependencies and workflows",
  };
}

function refuseConflicts(
  conflicts: readonly { readonly path: string; readonly why: ConflictReason }[],
): Refusal {
  const named = conflicts.slice(0, MOST_NAMED).map(({ path, why }) => `${path}: ${WHY[why]}`);
  const more = conflicts.length > MOST_NAMED ? [`and ${conflicts.length - MOST_NAMED} more`] : [];
  return {
    code: "revert-conflicts",
    subject: conflicts[0]?.path.slice(0, 300) ?? "",
    found: [...named, ...more].join("; ").slice(0, 2_000),
  };
}

function revertOrder(
  view: OnIssue,
  about: {
    readonly release: ReleaseOrder;
    readonly broken: readonly ProbeResult[];
    readonly changeSet: RevertOrder["revert"]["changeSet"];
  },
): RevertOrder {
  const { release, broken, changeSet } = about;
  const published = lastOf(view.ledger.entries, "published");
  if (published === undefined) throw new Error("What was never published is not taken back.");
  const { attempt, pullRequest, risk } = published.event;
  return {
    ...commonOrder(view, "revert", release.actor),
    revert: {
      issue: view.issue.number,
      attempt,
      pullRequest,
      mergeSha: release.release.mergeSha,
      risk,
      changeSet,
      seen: broken.map(({ url, found }) => ({ subject: url, found })),
    },
  };
}
