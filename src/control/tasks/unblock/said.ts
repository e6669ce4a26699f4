import type { ObjectId } from "../../../domain/digest.ts";
import type { EffectOf } from "../../../domain/github/effect.ts";
import type { Refusal } from "../../../domain/refusal.ts";
import {
  renderUnblock,
  type UnblockStory,
  unblockMarker,
} from "../../../wording/pull-request/unblock.ts";
import { repositoryUrl, type View } from "../../observed/issue-view.ts";

interface About {
  readonly pullRequest: number;
  readonly head: ObjectId;
}

/** What came of it, on the pull request: one comment for each head, so that a new question gets a new answer. */
export function unblockComment(
  view: View,
  about: About & { readonly story: UnblockStory },
): EffectOf<"write-comment"> {
  const { pullRequest, head, story } = about;
  const runUrl = `${repositoryUrl(view)}/actions/runs/${view.input.run.id}`;
  return {
    kind: "write-comment",
    key: `unblock/${pullRequest}/${head}`,
    issue: pullRequest,
    marker: unblockMarker(head),
    body: renderUnblock({ head, runUrl, story }),
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
