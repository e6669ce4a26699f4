import { unread } from "../observed/files.ts";
import { readSituation, type View } from "../observed/issue-view.ts";
import type { Decision, Situation, Wants } from "../observed/situation.ts";
import { decideClaim } from "../tasks/attempt/claim.ts";
import { decideEnd } from "../tasks/attempt/ring-next.ts";
import { decideBoard } from "../tasks/board/board.ts";
import { decideHeartbeat } from "../tasks/heartbeat/heartbeat.ts";
import { decideIncident } from "../tasks/incident.ts";
import { decideOpen } from "../tasks/intake/open.ts";
import { decidePropose } from "../tasks/intake/propose.ts";
import { decideLearn } from "../tasks/learn/learn.ts";
import { decideLoopOpen } from "../tasks/loops/open.ts";
import { decideLoopSettle } from "../tasks/loops/settle.ts";
import { decideNightlyOpen, decideNightlySettle } from "../tasks/nightly.ts";
import { decideOperationalReview } from "../tasks/operational-review/operational-review.ts";
import { decideProveReport } from "../tasks/prove-report.ts";
import { decideRecord } from "../tasks/release/record.ts";
import { decideRevert } from "../tasks/release/revert/settle-revert.ts";
import { decideSmokeOpen } from "../tasks/release/smoke-alone.ts";
import { decideReviewOpen, decideReviewSettle } from "../tasks/review.ts";
import { decideGone } from "../tasks/route/gone.ts";
import { decideRoute } from "../tasks/route/route.ts";
import { decideUnblockSettle } from "../tasks/unblock/settle.ts";
import { workflowsToRead } from "../vetoes/exposed-workflows.ts";
import { refuseGone } from "../vetoes/gone-issue.ts";

const TABLE = {
  open: decideOpen,
  propose: decidePropose,
  route: decideRoute,
  claim: decideClaim,
  settle: decideEnd,
  record: decideRecord,
  revert: decideRevert,
  "smoke-open": decideSmokeOpen,
  "review-open": decideReviewOpen,
  "review-settle": decideReviewSettle,
  "unblock-settle": decideUnblockSettle,
  "prove-report": decideProveReport,
  heartbeat: decideHeartbeat,
  incident: decideIncident,
  "nightly-open": decideNightlyOpen,
  "nightly-settle": decideNightlySettle,
  board: decideBoard,
  "operational-review": decideOperationalReview,
  "loop-open": decideLoopOpen,
  "loop-settle": decideLoopSettle,
  learn: decideLearn,
} as const satisfies Record<Situation["input"]["task"], (view: View) => Decision | Wants>;

/**
 * Decides what to do about a situation. A pure function: the same situation always gives the same decision. If every
 * effect was already carried out, the decision has none. If files have to be read first, the decision names them.
 */
export function decide(situation: Situation): Decision | Wants {
  const wants = unread(situation.files, workflowsToRead(situation));
  if (wants.length > 0) return { wants };
  const view = readSituation(situation);
  const gone = refuseGone(view);
  return gone === undefined ? TABLE[situation.input.task](view) : decideGone(view, gone);
}
