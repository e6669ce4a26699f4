import type { ObjectId } from "../../../domain/digest.ts";
import { wasDone } from "../../../domain/github/receipt.ts";
import type { LineOrder } from "../../../domain/order.ts";
import type { Refusal } from "../../../domain/refusal.ts";
import type { OnIssue, View } from "../../observed/issue-view.ts";
import { type EntryOf, lastOf } from "../../observed/ledger/ledger.ts";
import { pullBranchOf } from "../../observed/pull-requests.ts";
import { mergedAlready } from "./publish.ts";

/** The fact of a lease that shows that another run holds it. */
const HELD = 2;

/** Refuses unless this run still holds the claim: by the ledger, and by a branch that nobody else moved. */
export function refuseLease(view: OnIssue, order: LineOrder): Refusal | undefined {
  const claimed = lastOf(view.ledger.entries, "claimed");
  const branch = view.branches.find(({ name }) => name === claimed?.event.branch);
  const published = view.snapshot.pullRequests.find(
    ({ head }) => head.branch === claimed?.event.branch && head.sha === branch?.sha,
  );
  const facts: readonly (readonly [boolean, string])[] = [
    [view.stage === "building", `the issue stands at ${view.stage}`],
    [
      claimed?.event.attempt === order.attempt,
      `the ledger names attempt ${claimed?.event.attempt ?? 0}`,
    ],
    [claimed?.run === view.input.run.id, `run ${claimed?.run ?? 0} holds it`],
    [claimed?.event.base === order.base, "it was claimed on another base"],
    [
      mergedAlready(view, pullBranchOf(claimed)) ||
        branch?.sha === order.base ||
        published !== undefined ||
        wasPublishedHere(view, branch?.sha),
      branch === undefined ? "its branch is gone" : `its branch was moved to ${branch.sha}`,
    ],
  ];
  const broken = facts.find(([holds]) => !holds);
  return broken === undefined
    ? undefined
    : {
        code: facts.indexOf(broken) === HELD ? "claim-taken" : lostBy(view, claimed),
        subject: `attempt ${order.attempt}`,
        found: broken[1],
        accepted: "the claim of this run, untouched",
        hint: "nothing-was-published",
      };
}

/** GitHub's list of pull requests lags behind. A run knows by its receipt what it published itself. */
function wasPublishedHere({ receipts }: View, head: ObjectId | undefined): boolean {
  return receipts.some(
    (receipt) => receipt.kind === "publish-commit" && wasDone(receipt) && receipt.sha === head,
  );
}

function lostBy({ ledger: { entries } }: View, claimed: EntryOf<"claimed"> | undefined) {
  const said = lastOf(entries, "commanded");
  const stopped = said?.event.command === "stop" && said.sequence > (claimed?.sequence ?? 0);
  return stopped ? "stopped-by-person" : "claim-lost";
}

/**
 * Whether the ledger says that this run holds the issue for this attempt. Nobody else takes it on then, so it must not
 * stay at building. A later round of this run is not this attempt's to end.
 */
export function isHeldHere({ stage, ledger, input }: View, { attempt }: LineOrder): boolean {
  const claimed = lastOf(ledger.entries, "claimed");
  const isOfLaterRound = claimed !== undefined && claimed.event.attempt > attempt;
  return stage === "building" && claimed?.run === input.run.id && !isOfLaterRound;
}
