import type { ObjectId } from "../../../domain/digest.ts";
import type { EffectOf } from "../../../domain/github/effect.ts";
import { unblockLabel } from "../../../domain/label.ts";
import { sealPullWork } from "../../../domain/ledger/pull-work.ts";
import type { UnblockOrder } from "../../../domain/order.ts";
import type { Refusal } from "../../../domain/refusal.ts";
import type { Usage } from "../../../domain/usage.ts";
import {
  renderUnblock,
  type UnblockStory,
  unblockMarker,
} from "../../../wording/pull-request/unblock.ts";
import {
  renderUnblockWork,
  unblockWorkMarker,
} from "../../../wording/pull-request/unblock-work.ts";
import { repositoryUrl, type View } from "../../observed/issue-view.ts";

interface About {
  readonly pullRequest: number;
  readonly head: ObjectId;
}

/** The result, on the pull request: one comment for each run, so that a new question gets a new answer. */
export function unblockComment(
  view: View,
  about: About & { readonly story: UnblockStory },
): EffectOf<"write-comment"> {
  const { pullRequest, head, story } = about;
  const run = view.input.run.id;
  const runUrl = `${repositoryUrl(view)}/actions/runs/${run}`;
  return {
    kind: "write-comment",
    key: `unblock/${pullRequest}/${head}/${run}`,
    issue: pullRequest,
    marker: unblockMarker({ head, run }),
    body: renderUnblock({ head, run, runUrl, story }),
    comment: null,
  };
}

export function refusalComment(
  view: View,
  about: About & { readonly refusals: readonly Refusal[] },
): EffectOf<"write-comment"> {
  const { refusals, ...rest } = about;
  return unblockComment(view, { ...rest, story: { kind: "refused", refusals } });
}

/**
 * The budget of one order, or its cost, in a comment of its own. It is written before any model is asked, so that a run
 * that dies is counted, and the person who asked sees that it has begun.
 */
export function workComment(
  view: View,
  order: UnblockOrder,
  usage?: Usage,
): EffectOf<"write-comment"> {
  const { unblock, runId: run, at, budget } = order;
  const { pullRequest, head } = unblock;
  const place = { repositoryId: view.snapshot.repository.id, issue: pullRequest };
  const work = sealPullWork(
    {
      work: "unblock",
      run,
      head,
      at,
      most: budget.usd,
      ...(usage === undefined ? {} : { usage }),
    },
    { place, key: view.input.sealKey },
  );
  const runUrl = `${repositoryUrl(view)}/actions/runs/${run}`;
  return {
    kind: "write-comment",
    key: `unblock-work/${pullRequest}/${run}/${at}/${usage === undefined ? "begun" : "ended"}`,
    issue: pullRequest,
    marker: unblockWorkMarker(work),
    body: renderUnblockWork({ work, runUrl }),
    comment: null,
  };
}

/** Removes the label once its person was answered, so that adding it again asks again. */
export function labelOff(
  { trigger, prefix, input }: View,
  pullRequest: number,
): readonly EffectOf<"set-labels">[] {
  if (trigger?.kind !== "labeled-pull" && trigger?.kind !== "doorbell") return [];
  const key = `unblock-label/${pullRequest}/${input.run.id}`;
  return [{ kind: "set-labels", key, issue: pullRequest, add: [], remove: [unblockLabel(prefix)] }];
}
