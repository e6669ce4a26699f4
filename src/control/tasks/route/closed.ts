import type { OnIssue } from "../../observed/issue-view.ts";
import { lastOf } from "../../observed/ledger.ts";
import type { Decision } from "../../observed/situation.ts";
import { halt } from "../../outcome/conclude.ts";

/**
 * A person closed the pull request without merging it, or its branch is gone, which closes it: nothing can be merged any more, so that
 * the question is another one. Undefined where that is not so.
 */
export function askAfterClosing(view: OnIssue): Decision | undefined {
  const { stage, issue, ledger, snapshot } = view;
  if (stage !== "gating" || issue.state !== "open") return undefined;
  const published = lastOf(ledger.entries, "published")?.event.pullRequest;
  const pull = snapshot.pullRequests.find(({ number }) => number === published);
  if (pull === undefined || pull.state === "open" || pull.merged) return undefined;
  return halt(view, {
    refusals: [
      {
        code: "stopped-by-person",
        subject: `pull request ${pull.number}`,
        found: "it is closed and was not merged",
        hint: "merge-or-rework",
      },
    ],
  });
}
