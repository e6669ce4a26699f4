import { decideClaim } from "./claim.ts";
import { decideHeartbeat } from "./heartbeat.ts";
import { decideNightlyOpen, decideNightlySettle } from "./nightly.ts";
import { decideOpen } from "./open.ts";
import { decidePropose } from "./propose.ts";
import { decideRecord } from "./record.ts";
import { decideReviewOpen, decideReviewSettle } from "./review.ts";
import { decideRoute } from "./route.ts";
import { decideSettle } from "./settle.ts";
import type { Decision, Situation } from "./situation.ts";
import { decideSmokeOpen } from "./smoke-alone.ts";
import { readSituation, type View } from "./view.ts";

const TABLE = {
  open: decideOpen,
  propose: decidePropose,
  route: decideRoute,
  claim: decideClaim,
  settle: decideSettle,
  record: decideRecord,
  "smoke-open": decideSmokeOpen,
  "review-open": decideReviewOpen,
  "review-settle": decideReviewSettle,
  heartbeat: decideHeartbeat,
  "nightly-open": decideNightlyOpen,
  "nightly-settle": decideNightlySettle,
} as const satisfies Record<Situation["input"]["task"], (view: View) => Decision>;

/**
 * What follows from a situation: a pure function. The same situation always gives the same decision, and a situation in
 * which everything decided was done gives the same decision without effects.
 */
export function decide(situation: Situation): Decision {
  return TABLE[situation.input.task](readSituation(situation));
}
