import type { Effect } from "../../../domain/github/effect.ts";
import type { Refusal } from "../../../domain/refusal.ts";
import { LEFT_BEHIND_MARKER, renderLeftBehind } from "../../../wording/pull-request/left-behind.ts";
import type { View } from "../../observed/issue-view.ts";
import type { Decision } from "../../observed/situation.ts";
import { conclude, stayQuiet } from "../../outcome/conclude.ts";

/**
 * A deleted issue cannot be written to, and what its attempts hold is for a person. The run of a ring says so once, on
 * each of its open pull requests. Any other run says it only in its summary.
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
