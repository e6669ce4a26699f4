import type { Effect } from "../../../domain/github/effect.ts";
import type { Refusal } from "../../../domain/refusal.ts";
import { LEFT_BEHIND_MARKER, renderLeftBehind } from "../../../wording/pull-request/left-behind.ts";
import type { View } from "../../observed/issue-view.ts";
import type { Decision } from "../../observed/situation.ts";
import { conclude, stayQuiet } from "../../outcome/conclude.ts";

/**
 * Nothing can be written on an issue that is gone, and what its attempts hold is a person's. Whoever is rung for says so once, on
 * each open pull request of it; any other run says it in its summary alone.
 */
export function decideGone(view: View, refusal: Refusal): Decision {
  const { trigger, input, snapshot } = view;
  const number = trigger?.kind === "doorbell" ? trigger.issue : undefined;
  const gone = snapshot.gone?.find((one) => one.number === number);
  const { pulls = [], branches = [], url } = gone ?? {};
  if (input.task !== "route" || number === undefined || pulls.length === 0) {
    return stayQuiet(view, [refusal]);
  }
  const effects = pulls.slice(0, 3).map(
    (pullRequest): Effect => ({
      kind: "write-comment",
      key: `left-behind/${pullRequest}`,
      issue: pullRequest,
      marker: LEFT_BEHIND_MARKER,
      body: renderLeftBehind({
        ...{ issue: number, branches, prefix: view.prefix },
        ...(url === undefined ? {} : { url }),
      }),
      comment: null,
    }),
  );
  return conclude(view, { headline: "left-behind", effects, remarks: [refusal] });
}
