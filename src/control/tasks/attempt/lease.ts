import type { ObjectId } from "../../../domain/digest.ts";
import { wasDone } from "../../../domain/github/receipt.ts";
import type { LineOrder } from "../../../domain/order.ts";
import type { Refusal } from "../../../domain/refusal.ts";
import type { OnIssue, View } from "../../observed/issue-view.ts";
import { type EntryOf, lastOf } from "../../observed/ledger/ledger.ts";
import { pullBranchOf } from "../../observed/pull-requests.ts";
import { mergedAlready } from "./publish.ts";

/** Which of the facts of a lease says that another run was seen to hold it. */
const HELD = 2;

/** The claim must still be this run's: by the ledger, and by the branch that nobody else moved. */
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

/** A list of pull requests lags behind what was just opened: what this run published itself it knows by its receipt. */
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
 * Whether the ledger says that this run holds the issue for this attempt: then nobody else takes it on, and it must not stay
 * at building. What a later round of this run holds is not this attempt's to end.
 */
export function isHeldHere({ stage, ledger, input }: View, { attempt }: LineOrder): boolean {
  const claimed = lastOf(ledger.entries, "claimed");
  const isOfLaterRound = claimed !== undefined && claimed.event.attempt > attempt;
  return stage === "building" && claimed?.run === input.run.id && !isOfLaterRound;
}
