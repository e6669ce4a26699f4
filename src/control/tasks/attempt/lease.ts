import type { ObjectId } from "../../../domain/digest.ts";
import { wasDone } from "../../../domain/github/receipt.ts";
import type { LineOrder } from "../../../domain/order.ts";
import type { Refusal } from "../../../domain/refusal.ts";
import type { OnIssue, View } from "../../observed/issue-view.ts";
import { type EntryOf, isLater, lastOf } from "../../observed/ledger/ledger.ts";
import { pullBranchOf } from "../../observed/pull-requests.ts";
import { mergedAlready } from "./publish.ts";

/** The claim must still be this run's: by the ledger, and by the branch that nobody else moved. */
export function refuseLease(view: OnIssue, order: LineOrder): Refusal | undefined {
  const claimed = lastOf(view.ledger.entries, "claimed");
  const lost = claimed === undefined ? NOT_CLAIMED : lossOf(view, order, claimed);
  return lost === undefined
    ? undefined
    : {
        ...lost,
        subject: `attempt ${order.attempt}`,
        accepted: "the claim of this run, untouched",
        hint: "nothing-was-published",
      };
}

type Loss = Pick<Refusal, "code" | "found">;

const NOT_CLAIMED: Loss = { code: "claim-lost", found: "no attempt is claimed" };

/** The first thing that speaks against it, in the order in which a person would look. */
function lossOf(view: OnIssue, order: LineOrder, claimed: EntryOf<"claimed">): Loss | undefined {
  const { stage } = view;
  const { run, event } = claimed;
  const code = lostBy(view, claimed);
  if (stage !== "building") return { code, found: `the issue stands at ${stage}` };
  if (event.attempt !== order.attempt) {
    return { code, found: `the ledger names attempt ${event.attempt}` };
  }
  if (run !== view.input.run.id) return { code: "claim-taken", found: `run ${run} holds it` };
  if (event.base !== order.base) return { code, found: "it was claimed on another base" };
  const branch = view.branches.find(({ name }) => name === event.branch);
  if (isOurs(view, { order, claimed, head: branch?.sha })) return undefined;
  const found =
    branch === undefined ? "its branch is gone" : `its branch was moved to ${branch.sha}`;
  return { code, found };
}

/** Whether the branch stands where the claim made it, or where this attempt was published or merged. */
function isOurs(
  view: OnIssue,
  at: {
    readonly order: LineOrder;
    readonly claimed: EntryOf<"claimed">;
    readonly head: ObjectId | undefined;
  },
): boolean {
  const { order, claimed, head } = at;
  const isListed = view.snapshot.pullRequests.some(
    (pull) => pull.head.branch === claimed.event.branch && pull.head.sha === head,
  );
  return (
    head === order.base ||
    isListed ||
    mergedAlready(view, pullBranchOf(claimed)) ||
    wasPublishedHere(view, head)
  );
}

/** A list of pull requests lags behind what was just opened: what this run published itself it knows by its receipt. */
function wasPublishedHere({ receipts }: View, head: ObjectId | undefined): boolean {
  return receipts.some(
    (receipt) => receipt.kind === "publish-commit" && wasDone(receipt) && receipt.sha === head,
  );
}

function lostBy({ ledger: { entries } }: View, claimed: EntryOf<"claimed">) {
  const said = lastOf(entries, "commanded");
  const stopped = said?.event.command === "stop" && isLater(said, claimed);
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
